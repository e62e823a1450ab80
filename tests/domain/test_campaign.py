"""A campaign's life: one way, along the table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import TRANSITIONS, ImpossibleMoveError, State, expiry
from tests.builders import HOUR, NOON, make_campaign

OVER = {State.REJECTED, State.CANCELLED, State.EXPIRED, State.DONE}
moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
)


@given(st.lists(st.sampled_from(State)))
def test_a_walk_keeps_to_the_table(wishes: list[State]) -> None:
    """Whatever is wanted in whatever order, only the table's moves happen."""
    campaign = make_campaign()
    for wish in wishes:
        if wish in TRANSITIONS[campaign.state]:
            campaign = campaign.to(wish)
            assert campaign.state is wish
        else:
            with pytest.raises(ImpossibleMoveError):
                campaign.to(wish)


@given(st.sampled_from(State), st.sampled_from(State))
def test_nothing_leaves_a_final_state(state: State, wish: State) -> None:
    """What is rejected, cancelled, expired or done stays so."""
    campaign = make_campaign(state=state)
    assert state.is_over is (state in OVER)
    if state.is_over:
        with pytest.raises(ImpossibleMoveError):
            campaign.to(wish)


@given(st.sampled_from(State))
def test_nothing_goes_back_to_waiting_or_round_in_circles(state: State) -> None:
    """A decision isn't taken back, so no state can be reached from itself."""
    reached: set[State] = set()
    ahead = set(TRANSITIONS[state])
    while ahead:
        reached |= ahead
        ahead = {later for each in ahead for later in TRANSITIONS[each]} - reached
    assert state not in reached
    assert State.WAITING not in reached


def test_only_approval_leads_to_sending() -> None:
    """Nobody is written to without a yes."""
    assert {state for state in State if State.SENDING in TRANSITIONS[state]} == {State.APPROVED}


@pytest.mark.parametrize(
    ("after", "late"), [(-timedelta(microseconds=1), False), (timedelta(0), True), (HOUR, True)]
)
def test_its_time_itself_is_late(after: timedelta, late: bool) -> None:  # noqa: FBT001 - a table
    """At the very moment chosen the platform could no longer be told in advance."""
    assert make_campaign(send_at=NOON).is_late(NOON + after) is late


def test_without_a_time_it_is_never_late() -> None:
    """As soon as approved has no moment to miss."""
    assert not make_campaign(send_at=None).is_late(NOON + timedelta(days=400))


@given(moments, st.none() | moments, st.integers(1, 24 * 365))
def test_an_approval_never_counts_past_the_chosen_time(
    created_at: datetime, send_at: datetime | None, hours: int
) -> None:
    """It counts for so many hours, or until the scheduled time if that comes first."""
    end = expiry(created_at, send_at, hours=hours)
    assert end <= created_at + timedelta(hours=hours)
    assert end in {send_at, created_at + timedelta(hours=hours)}
    assert send_at is None or end <= send_at
