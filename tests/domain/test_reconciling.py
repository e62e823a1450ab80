"""Reconciling: what doesn't add up, once it should."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reconciling import OVERDUE, Disagreement, Figures, compare

SECOND = timedelta(seconds=1)
EVERYTHING = Figures(silent=1, unlisted=1, disputed=1, expected=10, used=Decimal(9))


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        (Figures(silent=2), Disagreement.SILENT),
        (Figures(unlisted=2), Disagreement.UNLISTED),
        (Figures(disputed=2), Disagreement.DISPUTED),
        (Figures(expected=10, used=Decimal("9.5")), Disagreement.CREDIT),
    ],
)
def test_each_kind_is_found_by_itself(figures: Figures, kind: Disagreement) -> None:
    """One figure that is wrong makes no other wrong."""
    assert compare(figures, age=OVERDUE, is_over=False) == {kind}


def test_what_is_missing_together_is_found_together() -> None:
    """So that the thread hears of it in one message."""
    assert compare(EVERYTHING, age=OVERDUE, is_over=False) == set(Disagreement)


@given(st.booleans())
def test_news_has_two_hours(over: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    """Before that nobody is missing; a list is complete once the campaign is over."""
    found = compare(EVERYTHING, age=OVERDUE - SECOND, is_over=over)
    assert Disagreement.SILENT not in found
    assert (Disagreement.UNLISTED in found) is over
    assert {Disagreement.DISPUTED, Disagreement.CREDIT} <= found


@given(st.integers(0, 10_000))
def test_credit_adds_up_exactly_or_not_at_all(expected: int) -> None:
    """However it is written, and only where both ends are known."""
    for used, found in [
        (Decimal(expected), set()),
        (Decimal(f"{expected}.00"), set()),
        (Decimal(expected + 1), {Disagreement.CREDIT}),
        (None, set()),
    ]:
        figures = Figures(expected=expected, used=used)
        assert compare(figures, age=OVERDUE, is_over=True) == found


def test_where_everything_adds_up_there_is_nothing_to_tell() -> None:
    """However long ago it was."""
    figures = Figures(accepted=3, called_back=2, asked=1, expected=3, used=Decimal(3))
    assert compare(figures, age=10 * OVERDUE, is_over=True) == frozenset()
