"""A part of unknown fate: what a person may decide about it, and what the platform's list says."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import Campaign, State
from bot.domain.ids import GatewayId, Number
from bot.domain.parts import Part, PartState
from bot.domain.refusals import NotUnknown, QuietHours, TooLate
from bot.domain.unknown import (
    CLOCKS_DISAGREE,
    LEFT,
    Listed,
    Verdict,
    check_unknown,
    claim,
    is_doubtful,
    judge,
    leave,
    say_go_again,
    send_again,
)
from tests.builders import (
    BIA,
    CAIO,
    HOUR,
    NIGHT,
    NOON,
    ONE,
    THREE,
    TWO,
    make_campaign,
    make_part,
    make_policy,
)

UNKNOWN = make_part(state=PartState.UNKNOWN, reason="time-out", attempts=3)
SENDING = make_campaign(state=State.SENDING)
WITHOUT_NINE = Number(f"{ONE[:2]}{ONE[3:]}")


@given(st.sampled_from(PartState), st.integers(0, 2), st.integers(0, 2))
def test_only_a_decision_about_this_very_try_counts(
    state: PartState, resent: int, pressed: int
) -> None:
    """A button about an earlier try, or about a part that is settled, decides nothing."""
    part = make_part(state=state, resent=resent, settled_by=CAIO, position=3)
    if state is PartState.UNKNOWN and resent == pressed:
        check_unknown(SENDING, part, resent=pressed)
        return
    with pytest.raises(NotUnknown) as refused:
        check_unknown(SENDING, part, resent=pressed)
    told = refused.value
    assert (told.campaign, told.part, told.state, told.by) == (42, 3, state, CAIO)


def test_a_claim_is_a_word_and_no_proof() -> None:
    """The part stays unknown, and the word has its giver and its time."""
    claimed = claim(UNKNOWN, GatewayId(9), by=BIA, at=NOON)
    assert (claimed.state, claimed.gateway_id) == (PartState.UNKNOWN, None)
    assert (claimed.claimed_id, claimed.claimed_by, claimed.claimed_at) == (9, BIA, NOON)


def test_what_is_sent_again_starts_anew_under_another_address() -> None:
    """It keeps who decided it and how often it was; the word about the first is forgotten."""
    again = send_again(claim(UNKNOWN, GatewayId(9), by=CAIO, at=NOON), "nova", by=BIA)
    assert again.state is PartState.READY
    assert (again.key, again.attempts, again.reason, again.not_before) == ("nova", 0, "", None)
    assert (again.settled_by, again.resent, again.claimed_id) == (BIA, 1, None)


def test_what_is_left_is_settled_and_says_by_whom() -> None:
    """It is neither sent nor believed not to have gone."""
    left = leave(UNKNOWN, by=BIA, at=NOON + HOUR)
    assert (left.state, left.reason) == (PartState.DROPPED, LEFT)
    assert (left.settled_by, left.settled_at) == (BIA, NOON + HOUR)


@pytest.mark.parametrize(
    ("part", "doubtful"),
    [
        (make_part(state=PartState.UNKNOWN), True),
        (make_part(state=PartState.IN_FLIGHT), True),
        (make_part(state=PartState.DROPPED, reason=LEFT), True),
        (make_part(state=PartState.ACCEPTED, resent=1), True),
        (make_part(state=PartState.READY, resent=1), True),
        (make_part(state=PartState.ACCEPTED), False),
        (make_part(state=PartState.REFUSED), False),
        (make_part(state=PartState.DROPPED, reason="late"), False),
        (make_part(), False),
    ],
)
def test_a_request_is_doubtful_where_it_may_have_gone_without_our_knowing(
    part: Part, *, doubtful: bool
) -> None:
    """So is the first request of what was sent again, whatever became of the second."""
    assert is_doubtful(part) is doubtful


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([], Verdict.HOLDS),
        ([Listed(None, None)], Verdict.HOLDS),
        ([Listed(ONE, None)], Verdict.HOLDS),
        ([Listed(WITHOUT_NINE, NOON)], Verdict.HOLDS),
        ([Listed(ONE, NOON - CLOCKS_DISAGREE), Listed(TWO, NOON + HOUR)], Verdict.HOLDS),
        ([Listed(ONE, NOON), Listed(THREE, NOON)], Verdict.OTHER_PEOPLE),
        ([Listed(ONE, NOON - CLOCKS_DISAGREE - timedelta(seconds=1))], Verdict.TOO_OLD),
        ([Listed(THREE, NOON - 48 * HOUR)], Verdict.OTHER_PEOPLE),
    ],
)
def test_the_platforms_list_bears_a_word_out_or_not(rows: list[Listed], verdict: Verdict) -> None:
    """Other people, or a time before the request left: another campaign. Silence is no no."""
    assert judge(rows, [ONE, TWO], left_at=NOON) is verdict


def test_sending_again_is_a_new_go() -> None:
    """What counts as prompt is counted from it."""
    later = NOON + 30 * HOUR
    assert say_go_again(SENDING, at=later, policy=make_policy()).go_at == later


@pytest.mark.parametrize(
    "campaign",
    [
        make_campaign(state=State.SENDING, send_at=NOON),
        make_campaign(state=State.SENT),
        make_campaign(state=State.DONE),
    ],
)
def test_nothing_is_sent_again_late(campaign: Campaign) -> None:
    """Not at its chosen time or after it, and not once it is over."""
    with pytest.raises(TooLate):
        say_go_again(campaign, at=NOON, policy=make_policy())


@pytest.mark.parametrize("send_at", [None, NOON + 10 * HOUR])
def test_nothing_is_sent_again_into_the_night(send_at: object) -> None:
    """Neither now, nor at the time it was approved for."""
    campaign = make_campaign(state=State.SENDING, send_at=send_at)
    with pytest.raises(QuietHours):
        say_go_again(campaign, at=NOON + 9 * HOUR, policy=make_policy(quiet=NIGHT))
