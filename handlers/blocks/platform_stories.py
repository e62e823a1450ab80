"""Stories of the platform: what it took, what it refused, and what never left."""

from bot.domain.parts import PartState
from handlers.blocks import phrases
from handlers.blocks.escaping import quote
from handlers.blocks.message import Message
from handlers.blocks.story import Story

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


def part_dropped(story: Story) -> Message:
    """Say who doesn't get it: its time passed, the account is another one, or it was changed."""
    words = story.words
    facts = {
        "requester": story.person("requester"),
        "campaign": story.ref,
        "people": story.people(),
    }
    if "other account" in story.texts("reasons"):
        said = words.say(
            "{requester}, {campaign} doesn't go to {people}: it was approved for another account"
            " of the platform.",
            **facts,
        )
    elif "other door" in story.texts("reasons"):
        said = words.say(
            "{requester}, {campaign} doesn't go to {people}: it was approved for another way to the"
            " platform, which the settings have closed since.",
            **facts,
        )
    elif "changed" in story.texts("reasons"):
        said = words.say(
            "{requester}, {campaign} doesn't go to {people}: what was about to go isn't what was"
            " approved. Tell whoever runs Torpedo: this should never happen.",
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
