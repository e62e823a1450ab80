"""Polling: who is asked about next; whoever is asked about is asked in vain as seldom as can be."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import GatewayId, PartId
from bot.domain.parts import PartState
from bot.domain.polling import LONGEST, MOVING, PATIENCE, SHORTEST, WANTED, Askable, rank
from tests.builders import HOUR, MINUTE, NOON, make_part

SECOND = timedelta(seconds=1)
NOW = NOON + 24 * HOUR

ages = st.none() | st.timedeltas(-2 * HOUR, 24 * HOUR)
"""How long ago something was, by a clock that may have been put back since."""


def _ago(age: timedelta | None) -> datetime | None:
    return None if age is None else NOW - age


@st.composite
def askables(draw: st.DrawFn, *, claims: bool = True) -> Askable:
    """Any part that could be asked about, with any history."""
    claimed = _ago(draw(ages)) if claims else None
    part = make_part(
        id=PartId(draw(st.integers(1, 3))),
        state=PartState.ACCEPTED if claimed is None else PartState.UNKNOWN,
        asked_at=_ago(draw(ages)),
        called_back_at=_ago(draw(ages)),
        moved_at=_ago(draw(ages)),
        claimed_id=None if claimed is None else GatewayId(9),
        claimed_at=claimed,
    )
    return Askable(part, NOW - draw(st.timedeltas(-2 * HOUR, 24 * HOUR)), _ago(draw(ages)))


def _asked(since: timedelta, *, moved: timedelta | None = None, **facts: Any) -> Askable:  # noqa: ANN401 - any field
    """Build one that was handed over a day ago, and asked about so long ago."""
    part = make_part(state=PartState.ACCEPTED, asked_at=NOW - since, moved_at=_ago(moved))
    return Askable(replace(part, **facts), NOON)


def _first(*candidates: Askable) -> Askable:
    return rank(candidates, now=NOW)[0]


@given(st.lists(askables()))
def test_those_that_are_due_are_put_in_order_and_none_is_lost(candidates: list[Askable]) -> None:
    """Whoever isn't due isn't asked about, whatever the platform's minute would allow."""
    ranked = rank(candidates, now=NOW)
    due = [each for each in candidates if each.is_due(NOW)]
    assert len(ranked) == len(due)
    assert all(each in due for each in ranked)
    urgencies = [each.urgency(NOW) for each in ranked]
    assert urgencies == sorted(urgencies, reverse=True)


@given(askables(claims=False), askables())
def test_nothing_waits_for_ever(patient: Askable, busy: Askable) -> None:
    """However wanted another is, or vouched for, asked about each minute it falls behind."""
    patient = replace(patient, part=replace(patient.part, id=PartId(1)))
    busy = replace(busy, part=replace(busy.part, id=PartId(2)))
    now = NOW
    for _ in range(3 * 24 * 60):
        now += MINUTE
        busy = replace(busy, wanted_at=now)
        ranked = rank([patient, busy], now=now)
        if ranked and ranked[0].part.id == 1:
            return
        if ranked:
            busy = replace(busy, part=replace(busy.part, asked_at=now, moved_at=now))
    pytest.fail("it was never asked about")


@given(askables())
def test_the_word_of_a_person_is_checked_first(other: Askable) -> None:
    """Somebody waits to hear whether it holds; of two such, the older part."""
    claimed = _asked(
        SECOND, state=PartState.UNKNOWN, claimed_id=GatewayId(9), claimed_at=NOW, id=PartId(0)
    )
    assert claimed.is_due(NOW)
    assert _first(other, claimed) == claimed


def test_a_word_that_the_platform_gave_no_answer_about_waits_its_minute() -> None:
    """It stays wanted, and holds up no other for ever."""
    in_vain: dict[str, Any] = {
        "state": PartState.UNKNOWN,
        "claimed_id": GatewayId(9),
        "claimed_at": NOW - HOUR,
    }
    assert not _asked(SHORTEST - SECOND, **in_vain).is_due(NOW)
    assert _asked(SHORTEST, **in_vain).is_due(NOW)
    assert _first(stale := _asked(LONGEST), _asked(SHORTEST, **in_vain)) == stale
    assert _first(_asked(LONGEST), wanted := _asked(LONGEST, **in_vain)) == wanted


def test_what_somebody_wants_to_know_comes_before_what_is_as_stale() -> None:
    """For ten minutes; then nobody is waiting for it any more."""
    other = _asked(LONGEST)
    wanted = replace(other, wanted_at=NOW - WANTED)
    assert _first(other, wanted) == wanted
    assert not replace(other, wanted_at=NOW - WANTED - SECOND).is_wanted(NOW)


def test_what_moves_comes_before_what_stands_still() -> None:
    """There is more to hear of it."""
    still, moving = _asked(LONGEST), _asked(LONGEST, moved=MOVING)
    assert _first(still, moving) == moving
    assert not _asked(LONGEST, moved=MOVING + SECOND).is_moving(NOW)


def test_of_equals_the_older_part_is_first() -> None:
    """So that the order is always the same."""
    older, newer = _asked(LONGEST, id=PartId(1)), _asked(LONGEST, id=PartId(2))
    assert _first(newer, older) == older


def test_call_backs_have_half_a_minute_to_begin() -> None:
    """Most often they do, and no question is needed."""
    new = Askable(make_part(state=PartState.ACCEPTED), NOW - PATIENCE)
    assert new.is_due(NOW)
    assert not new.is_due(NOW - SECOND)


def test_while_call_backs_keep_coming_nothing_is_asked() -> None:
    """They tell the same, and cost no minute."""
    called_back = {"called_back_at": NOW - SHORTEST + SECOND}
    assert not _asked(HOUR, moved=SECOND, **called_back).is_due(NOW)
    assert _asked(HOUR, moved=SECOND, called_back_at=NOW - SHORTEST).is_due(NOW)


@pytest.mark.parametrize(
    ("still_for", "pause"),
    [
        (SECOND, SHORTEST),
        (4 * MINUTE, MINUTE),
        (20 * MINUTE, 5 * MINUTE),
        (2 * HOUR, LONGEST),
        (20 * HOUR, LONGEST),
    ],
)
def test_the_longer_nothing_moves_the_seldomer_it_is_asked(
    still_for: timedelta, pause: timedelta
) -> None:
    """A quarter of the time, between a minute and half an hour."""
    assert _asked(pause, moved=still_for).is_due(NOW)
    assert not _asked(pause - SECOND, moved=still_for).is_due(NOW)


def test_what_is_wanted_is_asked_each_minute() -> None:
    """However long it has stood still."""
    wanted = replace(_asked(SHORTEST, moved=20 * HOUR), wanted_at=NOW)
    assert wanted.is_due(NOW)
    assert not wanted.is_due(NOW - SECOND)


@given(askables(), st.timedeltas(SECOND, 400 * 24 * HOUR))
def test_a_clock_that_was_put_back_makes_it_due(asked: Askable, back: timedelta) -> None:
    """Nobody waits until the clock has caught up."""
    assert asked.is_due(asked.last_news() - back)
