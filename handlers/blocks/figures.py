"""A campaign in figures: what was handed over, what is final by whose word, what it cost."""

from decimal import Decimal

from bot.domain.reconciling import Figures
from handlers.blocks import phrases
from handlers.blocks.words import Words


def say_figures(figures: Figures, words: Words) -> str:
    """Say a campaign's figures in one line; credit only where the platform has told it."""
    said = [
        words.count(figures.accepted, "{n} accepted", "{n} accepted"),
        words.count(figures.called_back, "{n} final by call-back", "{n} final by call-back"),
        words.count(figures.asked, "{n} final by asking", "{n} final by asking"),
        words.count(figures.silent, "{n} without a final status", "{n} without a final status"),
    ]
    if figures.used is not None:
        said.append(say_credit(figures.used, figures.expected, words))
    return " · ".join(said)


def say_credit(used: Decimal, expected: int, words: Words) -> str:
    """Say what went by the platform's word, and what should have."""
    return words.say(
        "credit used: {used} of {expected} expected",
        used=words.number(used),
        expected=phrases.credit(expected, words),
    )
