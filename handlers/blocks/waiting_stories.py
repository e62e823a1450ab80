"""Stories of a campaign that waits: it was changed, or is about to expire."""

from handlers.blocks import phrases
from handlers.blocks.change_lines import say_numbers
from handlers.blocks.message import Message
from handlers.blocks.ninth_digit import say_ninth_added
from handlers.blocks.story import Story


def edited(story: Story) -> Message:
    """Say that there is a new version; only those are pinged whose approval it made void."""
    words = story.words
    said = words.say(
        "✏️ Who wrote {campaign} changed it. Version {version} waits for approval; the card shows"
        " what is new.",
        campaign=story.ref,
        version=words.number(story.count("version")),
    )
    numbers = say_numbers(story.count("added"), story.count("removed"), words)
    ninth = say_ninth_added(story.count("ninth"), words)
    return story.told(said, numbers, ninth, _call_back(story))


def _call_back(story: Story) -> str:
    """Ask those to look again who had approved the version before."""
    words, voided_by = story.words, story.texts("voided_by")
    if not voided_by:
        return ""
    people = phrases.listed([phrases.mention(one) for one in voided_by], words)
    return words.count(
        len(voided_by),
        "{people}, your approval was of the older version and counts no more. Please look again.",
        "{people}, your approvals were of the older version and count no more. Please look again.",
        people=people,
    )


def reminder(story: Story) -> Message:
    """Bring to mind, once, what soon expires, and say who can do what about it."""
    words, campaign = story.words, story.view.campaign
    missing = max(1, story.count("missing"))
    said = words.count(
        missing,
        "⏰ {requester}, {campaign} still waits for {n} approval. It expires {time}.",
        "⏰ {requester}, {campaign} still waits for {n} approvals. It expires {time}.",
        requester=story.person("requester"),
        campaign=story.ref,
        time=words.moment(campaign.expires_at, story.zone),
    )
    todo = words.say("Whoever may approve it: please press Approve or Reject on the card.")
    return story.told(said, todo)
