"""How replies are told when many come at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.flood import (
    BESIDE,
    GROUP,
    LETTERS,
    LONGEST,
    LULL,
    LULL_REPLIES,
    MANY,
    MOST,
    Crowd,
    Form,
    gather,
    is_counted,
)
from bot.domain.ids import CampaignId, Number, PartId
from bot.domain.replies import Reply
from tests.builders import NOON

SECOND = timedelta(seconds=1)


def make_reply(
    text: str = "oi", *, stops: bool = False, number: str | None = "31999990001"
) -> Reply:
    """Make a reply."""
    return Reply(
        id=1,
        campaign=CampaignId(42),
        part=PartId(1),
        number=None if number is None else Number(number),
        raw_number="31999990001",
        text=text,
        at=NOON,
        received_at=NOON,
        opts_out=stops,
        is_known=True,
    )


replies = st.builds(
    make_reply,
    st.text(max_size=30) | st.just("x" * 3000),
    stops=st.booleans(),
    number=st.sampled_from(["31999990001", None]),
)


@pytest.mark.parametrize(
    ("count", "form"),
    [(1, Form.ALONE), (2, Form.GROUP), (MANY, Form.GROUP), (MANY + 1, Form.FILE)],
)
def test_how_many_wait_decides_the_form(count: int, form: Form) -> None:
    """One alone, several together, and more than 500 as a file."""
    assert Crowd(count=count, oldest=NOON).form is form


def test_groups_and_lone_ones_go_at_once() -> None:
    """Nobody waits for company."""
    for count in (1, 2, MANY):
        crowd = Crowd(count=count, oldest=NOON, hastened=NOON)
        assert crowd.ready_at(NOON + SECOND) == NOON + SECOND


def test_a_file_goes_once_few_come() -> None:
    """Five seconds in which fewer came than groups could carry."""
    crowd = Crowd(count=MANY + 1, oldest=NOON, hastened=NOON + 7 * SECOND)
    assert crowd.ready_at(NOON + 8 * SECOND) == NOON + 7 * SECOND + LULL
    assert crowd.ready_at(NOON + 20 * SECOND) == NOON + 20 * SECOND


def test_a_file_waits_no_longer_than_groups_would() -> None:
    """While they still pour in, or are still to be read, the oldest has waited long enough."""
    crowd = Crowd(count=MANY + 100, oldest=NOON, hastened=NOON + 60 * SECOND)
    assert crowd.ready_at(NOON + 10 * SECOND) == NOON + 30 * SECOND
    unread = replace(crowd, hastened=NOON, is_swelling=True)
    assert unread.ready_at(NOON + 10 * SECOND) == NOON + 30 * SECOND


def test_a_file_waits_a_minute_at_most() -> None:
    """However many there are; and when there are as many as it holds, not at all."""
    crowd = Crowd(count=MOST - 1, oldest=NOON, hastened=NOON + 90 * SECOND, is_swelling=True)
    assert crowd.ready_at(NOON) == NOON + LONGEST
    assert replace(crowd, count=MOST).ready_at(NOON) == NOON


def test_a_clock_that_was_put_back_makes_nobody_wait() -> None:
    """What came in the future goes now."""
    crowd = Crowd(count=MANY + 1, oldest=NOON + 3600 * SECOND, hastened=NOON + 3601 * SECOND)
    assert crowd.ready_at(NOON) == NOON


def test_groups_can_carry_a_lull() -> None:
    """After a file, what still comes doesn't pile up again."""
    assert GROUP * LULL.total_seconds() >= LULL_REPLIES


def test_a_group_is_the_oldest_twenty() -> None:
    """And no more, however short they are."""
    waiting = [make_reply(str(n)) for n in range(50)]
    assert [reply.text for reply in gather(waiting)] == [str(n) for n in range(GROUP)]


def test_who_asks_to_stop_takes_no_room() -> None:
    """They are counted; one whose number can't be read has to be shown."""
    waiting = [make_reply(stops=True)] * 100 + [make_reply()] * 30
    assert len(gather(waiting)) == 100 + GROUP
    unreadable = [make_reply(stops=True, number=None)] * 30
    assert len(gather(unreadable)) == GROUP


def test_one_too_long_for_any_group_goes_by_itself() -> None:
    """It is cut where it is shown, and holds up nobody."""
    waiting = [make_reply("x" * LETTERS), make_reply()]
    assert list(gather(waiting)) == waiting[:1]


@given(st.lists(replies, min_size=1, max_size=60))
def test_a_group_is_never_empty_nor_too_long(waiting: list[Reply]) -> None:
    """It is the beginning of what waits, within the room that a message has."""
    taken = list(gather(waiting))
    assert len(taken) >= 1
    assert taken == waiting[: len(taken)]
    shown = [reply for reply in taken if not is_counted(reply)]
    assert len(shown) <= GROUP
    assert len(shown) <= 1 or sum(len(reply.text) + BESIDE for reply in shown) <= LETTERS
