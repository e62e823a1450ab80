"""Tests: how often they may go, and what tells them from the campaign."""

from datetime import timedelta

import pytest

from bot.domain.trial_refusals import TrialTooSoon
from bot.domain.trials import MOST_AN_HOUR, check_pace, mark
from tests.builders import HOUR, MINUTE, NOON

SECOND = timedelta(seconds=1)


def test_a_test_begins_with_its_mark() -> None:
    """Whoever finds it on their phone, or shows it to somebody, sees at once what it is."""
    assert mark("Feliz Natal", "[TEST]") == "[TEST] Feliz Natal"


def test_one_a_minute_may_go() -> None:
    """From the whole minute on, and the first at once."""
    check_pace([], now=NOON)
    with pytest.raises(TrialTooSoon) as refused:
        check_pace([NOON], now=NOON + MINUTE - SECOND)
    assert refused.value.until == NOON + MINUTE
    check_pace([NOON], now=NOON + MINUTE)


def test_so_many_an_hour_may_go() -> None:
    """The next when the oldest of them is an hour ago, in whatever order they are told."""
    sent = [NOON + 2 * n * MINUTE for n in range(MOST_AN_HOUR)]
    check_pace(sent[1:], now=NOON + 30 * MINUTE)
    with pytest.raises(TrialTooSoon) as refused:
        check_pace(reversed(sent), now=NOON + 30 * MINUTE)
    assert refused.value.until == NOON + HOUR
    check_pace(sent, now=NOON + HOUR)


def test_a_clock_that_was_put_back_locks_nobody_out() -> None:
    """What lies ahead of it doesn't count."""
    check_pace([NOON + n * HOUR for n in range(1, 20)], now=NOON)
