"""Reconciling: what was handed over, what was told of it, and what it cost, side by side."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

OVERDUE = timedelta(hours=2)
"""How long people may be without a final status before the thread hears of it."""


class Disagreement(StrEnum):
    """What doesn't add up. Each is told once for a campaign."""

    SILENT = "silent"
    UNLISTED = "unlisted"
    DISPUTED = "disputed"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A campaign in figures: people, unless said otherwise.

    Attributes:
        accepted: In parts that the platform accepted.
        called_back: Final by a call-back.
        asked: Final by ``getstatus``.
        silent: Accepted, and without a final status.
        unlisted: Missing from the platform's own lists, of the parts it was asked about.
        disputed: Told one final status by a call-back and another by ``getstatus``.
        expected: Credits that the accepted parts take, and other campaigns' in that time.
        used: Credits that went by the platform's word; ``None`` while that isn't known.
    """

    accepted: int = 0
    called_back: int = 0
    asked: int = 0
    silent: int = 0
    unlisted: int = 0
    disputed: int = 0
    expected: int = 0
    used: Decimal | None = None


def compare(figures: Figures, *, age: timedelta, is_over: bool) -> frozenset[Disagreement]:
    """Find what doesn't add up, once it should.

    News takes its time, so people count as missing two hours after it went, or when it is
    over; credit counts as soon as both ends are known.
    """
    found = {
        Disagreement.SILENT: figures.silent and age >= OVERDUE,
        Disagreement.UNLISTED: figures.unlisted and (is_over or age >= OVERDUE),
        Disagreement.DISPUTED: figures.disputed,
        Disagreement.CREDIT: figures.used is not None and figures.used != figures.expected,
    }
    return frozenset(kind for kind, is_wrong in found.items() if is_wrong)
