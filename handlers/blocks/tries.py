"""What people said of a part of unknown fate: a word not checked yet, and another try."""

from bot.domain.ids import UserId
from bot.domain.parts import Part, PartState
from bot.domain.unknown import LEFT
from handlers.blocks import phrases
from handlers.blocks.words import Words


def resender(part: Part) -> UserId | None:
    """Who had it sent again last; ``None`` where somebody may have decided about it since."""
    if not part.resent or part.state is PartState.ACCEPTED or is_left(part):
        return None
    return part.settled_by


def is_left(part: Part) -> bool:
    """Whether somebody left it as it is, so that its people may have it."""
    return part.state is PartState.DROPPED and part.reason == LEFT


def say_claim(part: Part, words: Words) -> str:
    """Say whose word is being checked; empty where there is none."""
    if part.claimed_id is None:
        return ""
    return words.say(
        "{person} says it went as {number}: I'm asking the platform about that.",
        person=phrases.person(part.claimed_by),
        number=part.claimed_id,
    )


def say_tries(part: Part, words: Words) -> str:
    """Say that somebody had it sent again; empty where nothing left, or goes, a second time."""
    if not part.resent or (part.state is PartState.ACCEPTED and not part.attempts):
        return ""
    by = resender(part)
    if by is None:
        return words.say("sent again")
    return words.say("once more, as {person} decided", person=phrases.mention(by))
