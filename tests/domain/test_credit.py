"""What the credit says of a request whose answer was lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credit import Balance, Claim, CreditEvidence, Shortage, first_short
from bot.domain.ids import CampaignId
from tests.builders import MINUTE, NOON

credits_ = st.integers(0, 10_000)


def _evidence(used: int, *, takes: int, others: int = 0, doubtful: int = 0) -> CreditEvidence:
    return CreditEvidence(
        before=Balance(Decimal(5000), NOON),
        after=Balance(Decimal(5000 - used), NOON + MINUTE),
        takes=takes,
        others=others,
        doubtful=doubtful,
    )


@pytest.mark.parametrize(
    ("used", "others", "doubtful", "verdict"),
    [
        (10, 0, 0, True),
        (0, 0, 0, False),
        (17, 7, 0, True),
        (7, 7, 0, False),
        (15, 0, 5, True),
        (10, 0, 5, None),
        (5, 0, 5, None),
        (0, 0, 5, False),
        (10, 0, 10, None),
        (3, 0, 0, None),
        (-90, 0, 0, None),
    ],
)
def test_only_an_exact_sum_says_anything(
    used: int, others: int, doubtful: int, *, verdict: bool | None
) -> None:
    """A top-up, or somebody else on the account, leaves another; doubtful ones go all or none."""
    evidence = _evidence(used, takes=10, others=others, doubtful=doubtful)
    assert evidence.used == used
    assert evidence.says_it_went is verdict


@given(credits_, st.integers(1, 10_000), credits_, credits_)
def test_a_yes_and_a_no_never_look_alike(used: int, takes: int, others: int, doubtful: int) -> None:
    """Whoever is told that it didn't go has a credit that no request of ours explains."""
    verdict = _evidence(used, takes=takes, others=others, doubtful=doubtful).says_it_went
    assert (verdict is True) is (used == others + takes + doubtful)
    assert (verdict is False) is (used == others)


def test_cents_count() -> None:
    """The platform may write 10 as 10.00, and half a credit is another sum."""
    before = Balance(Decimal("20.00"), NOON)
    for left, verdict in [("10", True), ("20", False), ("10.50", None)]:
        after = Balance(Decimal(left), NOON + MINUTE)
        assert CreditEvidence(before=before, after=after, takes=10).says_it_went is verdict


@pytest.mark.parametrize("missing", ["before", "after"])
def test_one_word_about_credit_says_nothing(missing: str) -> None:
    """It takes two to compare."""
    known = {"before": Balance(Decimal(20), NOON), "after": Balance(Decimal(10), NOON)}
    del known[missing]
    evidence = CreditEvidence(before=known.get("before"), after=known.get("after"), takes=10)
    assert (evidence.used, evidence.says_it_went) == (None, None)


def test_a_part_that_takes_nothing_leaves_no_sign() -> None:
    """Gone or not, the credit is the same."""
    assert _evidence(0, takes=0).says_it_went is None


def test_the_first_that_does_not_fit_is_short_by_what_it_lacks() -> None:
    """Claims are taken off in the order given; what fits exactly isn't short."""
    first = Claim(campaign=CampaignId(1), credits=7, send_at=None)
    second = Claim(campaign=CampaignId(2), credits=5, send_at=NOON)
    assert first_short(Decimal(12), [first, second]) is None
    short = Shortage(campaign=CampaignId(2), send_at=NOON, missing=Decimal("0.5"))
    assert first_short(Decimal("11.5"), [first, second, first]) == short
    assert first_short(Decimal(0), []) is None
