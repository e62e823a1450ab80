"""Stories of the platform: what it took, what it refused, and what nobody can know."""

from bot.domain.parts import PartState
from handlers.blocks import phrases
from handlers.blocks.escaping import quote
from handlers.blocks.message import Message
from handlers.blocks.story import Story
from handlers.blocks.trouble_headlines import say_reason

MOST_IDS = 20
MOST_REASONS = 5
REASON_LIMIT = 1500


def submitted(story: Story) -> Message:
    """Say what the platform has, with the numbers to find it there."""
    words = story.words
    said = words.say(
        "📤 Sent to the platform: {people} in {parts}.",
        people=story.people(),
        parts=phrases.parts(story.count("parts"), words),
    )
    ids = [str(one) for one in story.texts("gateway_ids")]
    found = words.count(
        len(ids),
        "Platform number {numbers}.",
        "Platform numbers {numbers}.",
        numbers=phrases.listed(ids, words, most=MOST_IDS),
    )
    when = words.say("It sends it at {time}.", time=phrases.send_time(story.view, words))
    return story.told(said, found if ids else "", when if story.view.campaign.send_at else "")


def part_refused(story: Story) -> Message:
    """Say how many get nothing, and why in the platform's words."""
    words = story.words
    said = words.say(
        "{requester}, the platform refused {campaign} for {people}. In its own words:",
        requester=story.person("requester"),
        campaign=story.ref,
        people=story.people(),
    )
    todo = words.say(
        "They got nothing, and it isn't tried again by itself. Put right what it names, such as"
        " the credit, and write a new campaign to them."
    )
    reasons = "\n".join(story.texts("reasons")[:MOST_REASONS])
    return story.told(said, quoted=quote(reasons, limit=REASON_LIMIT), after=todo)


def part_unknown(story: Story) -> Message:
    """Say what may have happened, that it isn't repeated, and where a person can look."""
    words = story.words
    said = words.say(
        "⚠️ {requester}, part {part} of {parts} of {campaign} may or may not have gone to {people}:"
        " {why}.",
        requester=story.requester,
        part=words.number(story.count("part")),
        parts=words.number(story.count("parts")),
        campaign=story.ref,
        people=story.people(),
        why=say_reason(story.text("reason"), words),
    )
    at = story.moment("at")
    look = (
        words.say("Look in the platform's panel for a campaign with this text.")
        if at is None
        else words.say(
            "Look in the platform's panel for a campaign with this text, sent {time}, for the"
            " platform {there}.",
            time=words.second(at, story.zone),
            there=words.in_zone(at, story.view.platform_zone),
        )
    )
    never = words.say(
        "I never send it again by myself, so nobody gets it twice. If it did go, its first delivery"
        " or reply settles it here."
    )
    return story.told(said, never, look)


def part_found(story: Story) -> Message:
    """Say that a part of unknown fate did go after all."""
    words = story.words
    said = words.say(
        "✅ Part {part} of {parts} did go, to {people}: the platform has called back about it.",
        part=words.number(story.count("part")),
        parts=words.number(story.count("parts")),
        people=story.people(),
    )
    found = story.count("gateway_id")
    return story.told(said, words.say("Platform number {number}.", number=found) if found else "")


def part_dropped(story: Story) -> Message:
    """Say who doesn't get it because its time passed first, or the account is another one."""
    words = story.words
    facts = {
        "requester": story.person("requester"),
        "campaign": story.ref,
        "people": story.people(),
    }
    if "other account" in str(story.news.facts.get("reasons")):
        said = words.say(
            "{requester}, {campaign} doesn't go to {people}: it was approved for another account"
            " of the platform.",
            **facts,
        )
    else:
        said = words.say(
            "{requester}, {campaign} doesn't go to {people}: it couldn't leave before its time"
            " passed.",
            **facts,
        )
    todo = words.say("They got nothing. Write a new campaign to them if it still matters.")
    return story.told(said, todo)


def gateway_away(story: Story) -> Message:
    """Say that it waits for the platform, and that nothing is lost."""
    words = story.words
    said = words.say(
        "The platform can't be reached. {campaign} keeps its place and goes as soon as it's back;"
        " nothing is lost.",
        campaign=story.ref,
    )
    waiting = story.view.in_state(PartState.READY)
    people = phrases.people(sum(part.people for part in waiting), words)
    late = words.say(
        "{people} still to go. If its time passes first, it doesn't go, and you hear of it here.",
        people=people,
    )
    return story.told(said, late if waiting else "")
