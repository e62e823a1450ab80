"""The story of what doesn't add up: handed over, told and paid, held against each other."""

from collections.abc import Callable
from decimal import Decimal

from bot.domain.reconciling import OVERDUE, Disagreement
from handlers.blocks.message import Message
from handlers.blocks.story import Story


def reconciled(story: Story) -> Message:
    """Tell each kind of disagreement in a line with its numbers; nobody is pinged for it."""
    head = story.words.say("The figures of {campaign} don't add up:", campaign=story.ref)
    found = set(story.texts("kinds"))
    return story.told(head, *(say(story) for kind, say in _LINES.items() if kind in found))


def _silent(story: Story) -> str:
    """Say who is without an end; asking goes on only while the campaign does."""
    words = story.words
    said = words.count(
        story.count("silent"),
        "{n} of {accepted} people has no final status {span} after it went.",
        "{n} of {accepted} people have no final status {span} after it went.",
        accepted=words.number(story.count("accepted")),
        span=words.lasting(OVERDUE),
    )
    if story.view.campaign.state.is_over:
        return said
    return f"{said} {words.say('I keep asking the platform.')}"


def _unlisted(story: Story) -> str:
    return story.words.count(
        story.count("unlisted"),
        "The platform's own list has {n} person less than was handed over.",
        "The platform's own list has {n} people fewer than were handed over.",
    )


def _disputed(story: Story) -> str:
    return story.words.count(
        story.count("disputed"),
        "For {n} person a call-back and the platform's list disagree; the first word stands.",
        "For {n} people a call-back and the platform's list disagree; the first word stands.",
    )


def _credit(story: Story) -> str:
    words = story.words
    return words.say(
        "The platform's credit went down by {used} in that time; what was handed over takes"
        " {expected}. A top-up, or somebody else on the same account, may be why.",
        used=words.number(Decimal(story.text("used") or 0)),
        expected=words.number(story.count("expected")),
    )


_LINES: dict[str, Callable[[Story], str]] = {
    Disagreement.SILENT: _silent,
    Disagreement.UNLISTED: _unlisted,
    Disagreement.DISPUTED: _disputed,
    Disagreement.CREDIT: _credit,
}
