"""A part's one request: what is certain about it, and what may still happen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import ImpossibleMoveError
from bot.domain.ids import GatewayId
from bot.domain.parts import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    PART_TRANSITIONS,
    Part,
    PartState,
    accept,
    depart,
    drop,
    growing_pause,
    lose,
    refuse,
    wait_again,
)
from tests.builders import BIA, MINUTE, NOON, make_part

Move = Callable[[Part], Part]
MOVES: dict[PartState, Move] = {
    PartState.IN_FLIGHT: lambda part: depart(part, at=NOON),
    PartState.ACCEPTED: lambda part: accept(part, GatewayId(7001), at=NOON),
    PartState.REFUSED: lambda part: refuse(part, "SALDO", at=NOON),
    PartState.UNKNOWN: lambda part: lose(part, "time-out", at=NOON),
    PartState.READY: lambda part: wait_again(part, "away", at=NOON),
    PartState.DROPPED: lambda part: drop(part, "late", at=NOON),
}


@given(st.lists(st.sampled_from(PartState)))
def test_a_walk_keeps_to_the_table(wishes: list[PartState]) -> None:
    """Whatever is heard in whatever order, only the table's moves happen."""
    part = make_part()
    for wish in wishes:
        if wish in PART_TRANSITIONS[part.state]:
            part = MOVES[wish](part)
            assert part.state is wish
        elif wish is PartState.ACCEPTED:
            assert MOVES[wish](part) == part
        else:
            with pytest.raises(ImpossibleMoveError):
                MOVES[wish](part)


@given(st.lists(st.sampled_from(PartState)))
def test_what_was_accepted_never_leaves_again(wishes: list[PartState]) -> None:
    """Nothing is sent twice: the platform's yes is the end of its one request."""
    part = make_part(state=PartState.ACCEPTED, gateway_id=GatewayId(7001))
    for wish in wishes:
        if wish is PartState.ACCEPTED:
            assert MOVES[wish](part) == part
        else:
            with pytest.raises(ImpossibleMoveError):
                MOVES[wish](part)


def test_only_a_ready_part_departs() -> None:
    """What is unknown has to be made ready by a person first."""
    leads_out = {state for state in PartState if PartState.IN_FLIGHT in PART_TRANSITIONS[state]}
    assert leads_out == {PartState.READY}


@given(st.sampled_from(PartState))
def test_proof_that_it_went_is_taken_in_every_state(state: PartState) -> None:
    """A fact is never refused, least of all where the program believed that nothing had left."""
    proved = accept(make_part(state=state), GatewayId(7001), at=NOON)
    assert proved.state is PartState.ACCEPTED
    assert proved.gateway_id == 7001


def test_departing_is_counted_and_forgets_the_last_try() -> None:
    """How often it was tried decides how long the next pause is."""
    waiting = make_part(attempts=2, not_before=NOON, reason="away")
    leaving = depart(waiting, at=NOON + MINUTE)
    assert leaving.attempts == 3
    assert leaving.submitted_at == NOON + MINUTE
    assert (leaving.not_before, leaving.reason) == (None, "")


def test_an_accepted_part_may_still_learn_its_number() -> None:
    """A call-back without the campaign's id may be quicker than the answer that has it."""
    proved = accept(make_part(state=PartState.IN_FLIGHT), None, at=NOON)
    assert proved.gateway_id is None
    answered = accept(proved, GatewayId(7001), at=NOON + MINUTE)
    assert (answered.gateway_id, answered.settled_at) == (7001, NOON)
    assert accept(answered, GatewayId(9), at=NOON).gateway_id == 7001
    assert accept(answered, None, at=NOON).gateway_id == 7001


def test_a_part_that_is_settled_keeps_nobodys_word() -> None:
    """Proof or a decision takes the place of what somebody said about it."""
    claimed = make_part(
        state=PartState.UNKNOWN, claimed_id=GatewayId(9), claimed_by=BIA, claimed_at=NOON
    )
    for settled in (accept(claimed, GatewayId(7001), at=NOON), drop(claimed, "late", at=NOON)):
        assert (settled.claimed_id, settled.claimed_by, settled.claimed_at) == (None, None, None)


def test_a_lost_answer_leaves_a_part_unsettled() -> None:
    """Unknown is no end: evidence or a person has to come."""
    lost = lose(make_part(state=PartState.IN_FLIGHT), "time-out", at=NOON)
    assert (lost.reason, lost.lost_at, lost.settled_at) == ("time-out", NOON, None)
    assert not lost.is_settled


@given(st.sampled_from(PartState))
def test_settled_means_nothing_left_to_send_or_to_find_out(state: PartState) -> None:
    """A campaign is sent once all its parts are."""
    open_states = {PartState.READY, PartState.IN_FLIGHT, PartState.UNKNOWN}
    assert make_part(state=state).is_settled is (state not in open_states)


@given(st.integers(0, 10_000), st.none() | st.floats(0, 86_400))
def test_pauses_grow_up_to_a_limit(attempts: int, asked: float | None) -> None:
    """A platform that is away isn't hammered, nor forgotten; what it asks for is kept, up to it."""
    pause = growing_pause(attempts, asked)
    assert FIRST_PAUSE <= pause <= LONGEST_PAUSE
    assert pause >= min(LONGEST_PAUSE, timedelta(seconds=asked or 0))
    assert pause <= growing_pause(attempts + 1, asked)


def test_pauses_double() -> None:
    """Five seconds, then twice as long each time, five minutes at most."""
    seconds = [growing_pause(attempts).total_seconds() for attempts in range(1, 9)]
    assert seconds == [5, 10, 20, 40, 80, 160, 300, 300]


def test_a_request_that_never_left_keeps_its_place() -> None:
    """It is tried again after its pause, not at once."""
    part = depart(make_part(), at=NOON)
    waiting = wait_again(part, "away", at=NOON, pause=90.0)
    assert waiting.state is PartState.READY
    assert waiting.not_before == NOON + timedelta(seconds=90)
