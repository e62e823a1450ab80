"""Where a campaign stands for people, worked out from its facts."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import Hold, State
from bot.domain.credit import Balance
from bot.domain.parts import Brake, PartState
from bot.domain.receipts import Status
from bot.domain.standing import BalanceView, CampaignView, Counts, Standing
from tests.builders import BIA, HOUR, NOON, make_campaign, make_part

counts = st.dictionaries(st.sampled_from(Status), st.integers(0, 100_000)).map(Counts)
HELD = Hold(BIA, NOON)


def _stands(
    *parts: tuple[PartState, Brake],
    counted: dict[Status, int] | None = None,
    **facts: Any,  # noqa: ANN401 - any field of a campaign
) -> Standing:
    view = CampaignView(
        campaign=make_campaign(**facts),
        parts=tuple(make_part(state=state, brake=brake) for state, brake in parts),
        counts=Counts(counted or {}),
    )
    return view.standing(NOON)


ACCEPTED = (PartState.ACCEPTED, Brake.OFF)
READY = (PartState.READY, Brake.OFF)
UNKNOWN = (PartState.UNKNOWN, Brake.OFF)


@pytest.mark.parametrize("state", [State.WAITING, State.REJECTED, State.CANCELLED, State.EXPIRED])
def test_what_never_went_stands_as_its_state_says(state: State) -> None:
    """Nothing at the platform could change what people read."""
    assert _stands(state=state).value == state.value


def test_trouble_comes_before_everything() -> None:
    """A part of unknown fate needs a person, held or not."""
    assert _stands(ACCEPTED, UNKNOWN, state=State.SENDING) is Standing.NEEDS_YOU
    assert _stands(ACCEPTED, UNKNOWN, state=State.SENDING, hold=HELD) is Standing.NEEDS_YOU


@pytest.mark.parametrize(
    ("brake", "standing"),
    [
        (Brake.OFF, Standing.HOLDING),
        (Brake.ASKED, Standing.HOLDING),
        (Brake.RELEASING, Standing.HOLDING),
        (Brake.HELD, Standing.ON_HOLD),
        (Brake.TOO_LATE, Standing.ON_HOLD),
    ],
)
def test_a_hold_is_told_apart_asked_from_confirmed(brake: Brake, standing: Standing) -> None:
    """On hold is said only once the platform has confirmed every part it has."""
    held = (PartState.ACCEPTED, Brake.HELD)
    assert _stands(held, (PartState.ACCEPTED, brake), state=State.SENT, hold=HELD) is standing


def test_a_request_under_way_is_not_on_hold_yet() -> None:
    """It may be accepted any moment, and has to be held then."""
    flying = (PartState.IN_FLIGHT, Brake.ASKED)
    assert _stands(flying, READY, state=State.SENDING, hold=HELD) is Standing.HOLDING


@pytest.mark.parametrize("parts", [(), (READY, READY), ((PartState.REFUSED, Brake.OFF), READY)])
def test_what_the_platform_does_not_have_is_held_at_once(
    parts: tuple[tuple[PartState, Brake], ...],
) -> None:
    """The brake at our own door needs no confirmation."""
    state = State.SENDING if parts else State.APPROVED
    assert _stands(*parts, state=state, hold=HELD) is Standing.ON_HOLD


def test_letting_go_is_told_until_the_platform_confirms() -> None:
    """Until then people may still be waiting for their text."""
    freed = (PartState.ACCEPTED, Brake.RELEASING)
    assert _stands(freed, ACCEPTED, state=State.SENT) is Standing.RELEASING


def test_progress_follows_the_campaign() -> None:
    """Approved, sending, delivering, done."""
    assert _stands(state=State.APPROVED) is Standing.APPROVED
    assert _stands(ACCEPTED, READY, state=State.SENDING) is Standing.SENDING
    assert _stands(ACCEPTED, state=State.SENT) is Standing.DELIVERING
    assert _stands(ACCEPTED, state=State.DONE) is Standing.DONE


def test_what_the_platform_keeps_for_later_is_scheduled() -> None:
    """Until its time comes, or the first news shows that it went."""
    later: dict[str, Any] = {"state": State.SENT, "send_at": NOON + HOUR}
    assert _stands(ACCEPTED, **later) is Standing.SCHEDULED
    assert _stands(ACCEPTED, counted={Status.SENT: 2}, **later) is Standing.SCHEDULED
    assert _stands(ACCEPTED, counted={Status.DELIVERED: 1}, **later) is Standing.DELIVERING
    assert _stands(ACCEPTED, state=State.SENT, send_at=NOON) is Standing.DELIVERING


@pytest.mark.parametrize("state", [State.SENT, State.DONE])
def test_what_the_platform_never_took_is_not_called_sent(state: State) -> None:
    """Refused or dropped to the last part: nobody got anything."""
    refused, dropped = (PartState.REFUSED, Brake.OFF), (PartState.DROPPED, Brake.OFF)
    assert _stands(refused, dropped, state=state) is Standing.NOT_SENT
    assert _stands(refused, ACCEPTED, state=state) is not Standing.NOT_SENT


@given(counts)
def test_everybody_is_counted_once(counted: Counts) -> None:
    """Delivered, failed and waiting make up everyone it is meant for."""
    assert counted.delivered + counted.failed + counted.waiting == counted.people
    everyone = sum(counted.by_status.values())
    assert counted.people + counted.of(Status.SUPPRESSED) == everyone


def test_the_price_is_people_times_segments() -> None:
    """Whoever was left out costs nothing."""
    view = CampaignView(
        campaign=make_campaign(text="a" * 161),
        counts=Counts({Status.QUEUED: 10, Status.SUPPRESSED: 3}),
    )
    assert view.price == 20


def test_free_credit_is_what_stays_after_all_promises() -> None:
    """It may be below nothing; without a balance nobody knows."""
    known = BalanceView(balance=Balance(Decimal("10.5"), NOON), waiting=8, approved=3)
    assert known.free == Decimal("-0.5")
    assert BalanceView(balance=None, waiting=0, approved=0).free is None
