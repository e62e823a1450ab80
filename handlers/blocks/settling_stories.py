"""Stories of a part of unknown fate: what was decided, and what was learnt of it later."""

from collections.abc import Mapping

from handlers.blocks import phrases
from handlers.blocks.escaping import code
from handlers.blocks.message import Message
from handlers.blocks.story import Story

WORDS_LIMIT = 200


def part_again(story: Story) -> Message:
    """Say who had it sent once more, and to how many."""
    words = story.words
    said = words.say(
        "🔁 {person}: {which} goes once more, to {people}.",
        person=story.person(),
        people=story.people(),
        which=_name(story),
    )
    held = words.say("{campaign} is on hold, so it waits until that is let go.", campaign=story.ref)
    later = words.say("If the earlier request went after all, I tell it here.")
    return story.told(said, held if story.view.campaign.hold else "", later)


def part_left(story: Story) -> Message:
    """Say who left it, and that its people may or may not have it."""
    words = story.words
    said = words.say(
        "{person} left {which} as it is. {people} may or may not have it, and nothing more of"
        " {campaign} goes to them.",
        person=story.person(),
        people=story.people(),
        campaign=story.ref,
        which=_name(story),
    )
    return story.told(said, words.say("If news of it comes late, I tell it here."))


def part_found(story: Story) -> Message:
    """Say that a part of unknown fate did go after all, whatever somebody had decided.

    ``later`` is 1 where the request that is proven now was sent again since: that second one may
    have gone as well.
    """
    words = story.words
    said = words.say(
        "✅ It did go: {which}, to {people}. The platform has reported on it.",
        people=story.people(),
        which=_name(story),
    )
    found = story.count("gateway_id")
    number = words.say("Platform number {number}.", number=found) if found else ""
    later = words.say("A later request of it may have gone, too: if it did, I tell it here.")
    return story.told(said, _say_decided(story), number, later if story.count("later") else "")


def _say_decided(story: Story) -> str:
    words, decided = story.words, story.text("decided")
    if decided == "left":
        return words.say("{person} had left it as it was.", person=story.person())
    if decided == "again":
        return words.say(
            "{person} had decided to send it once more. That's off now, so nobody gets it twice.",
            person=story.person(),
        )
    return ""


def claim_refuted(story: Story) -> Message:
    """Say that the number somebody gave is another campaign's, and how that is known."""
    words = story.words
    said = words.say(
        "{person}, number {number} at the platform isn't {which}: {why}.",
        person=story.person(),
        number=story.count("gateway_id"),
        why=_say_why_not(story),
        which=_name(story),
    )
    theirs = story.text("words")
    quoted = words.say("The platform says: {words}", words=code(theirs, limit=WORDS_LIMIT))
    todo = words.say("Please look again. It's still open; the buttons are on the message above.")
    return story.told(said, quoted if theirs else "", todo)


def _say_why_not(story: Story) -> str:
    words = story.words
    whys: Mapping[str, str] = {
        "other_people": words.say("its list there has other people"),
        "too_old": words.say("what it lists was there before this was sent"),
    }
    return whys.get(story.text("why"), words.say("the platform knows no such campaign"))


def late_evidence(story: Story) -> Message:
    """Say what came to light after a person had decided."""
    words = story.words
    found = story.count("gateway_id")
    if story.text("kind") == "other_number":
        return story.told(
            words.say(
                "The platform's number for {which} is {number}, and not {was} as {person} said."
                " From now on {number} counts.",
                number=found,
                was=story.count("was"),
                person=story.person(),
                which=_name(story),
            )
        )
    said = words.say(
        "⚠️ The earlier request of {which} went, and so did the one sent again. Up to {people} may"
        " have it twice.",
        people=story.people(),
        which=_name(story),
    )
    number = words.say("The earlier one's platform number is {number}.", number=found)
    return story.told(said, number if found else "")


def _name(story: Story) -> str:
    return phrases.which(story.count("part"), story.count("parts"), story.ref, story.words)
