"""The house rules: when it is night, and how far ahead a campaign may be."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.ids import GroupId
from bot.domain.policy import FARTHEST
from bot.domain.quiet import QuietSpan
from bot.domain.refusals import FarTime, PastTime, QuietHours
from tests.builders import BIA, HOUR, NIGHT, NOON, SAO_PAULO, make_policy

hours = st.times()
moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
)
HOUSE = make_policy(quiet=NIGHT)


@pytest.mark.parametrize(
    ("local", "quiet"),
    [
        (time(20, 59, 59), False),
        (time(21), True),
        (time(23, 59, 59), True),
        (time(0), True),
        (time(7, 59, 59), True),
        (time(8), False),
        (time(12), False),
    ],
)
def test_night_runs_over_midnight(local: time, quiet: bool) -> None:  # noqa: FBT001 - a table
    """From nine in the evening; eight in the morning is the first good moment."""
    assert NIGHT.holds(local) is quiet


@given(hours, hours, hours)
def test_a_span_and_its_opposite_share_the_day(start: time, end: time, moment: time) -> None:
    """Every moment is either between start and end or between end and start, never both."""
    assume(start != end)
    assert QuietSpan(start, end).holds(moment) is not QuietSpan(end, start).holds(moment)


@given(hours, hours)
def test_an_empty_span_is_never_quiet(start: time, moment: time) -> None:
    """From noon to noon means no quiet hours at all."""
    assert not QuietSpan(start, start).holds(moment)


@given(hours, hours, moments)
def test_the_moment_offered_is_the_next_good_one(start: time, end: time, moment: datetime) -> None:
    """What is offered instead isn't night, lies ahead, and within a day."""
    policy = make_policy(quiet=QuietSpan(start, end))
    opens = policy.opens(moment)
    assert not policy.is_quiet(opens)
    assert timedelta(0) <= opens - moment <= timedelta(days=1)
    assert (opens == moment) is not policy.is_quiet(moment)


def test_night_is_where_the_phones_are() -> None:
    """A writer in Lisbon doesn't wake people in São Paulo."""
    lisbon_morning = datetime(2026, 12, 22, 8, 30, tzinfo=ZoneInfo("Europe/Lisbon"))
    with pytest.raises(QuietHours) as refused:
        HOUSE.check_hours(lisbon_morning)
    assert refused.value.opens == datetime(2026, 12, 22, 8, tzinfo=SAO_PAULO)


def test_a_time_that_has_passed_is_refused() -> None:
    """This very moment has passed already."""
    for send_at in (NOON, NOON - HOUR):
        with pytest.raises(PastTime):
            HOUSE.check_time(send_at, now=NOON)


def test_more_than_a_year_ahead_is_refused() -> None:
    """A slip of the pen more often than a plan."""
    HOUSE.check_time(NOON + FARTHEST, now=NOON)
    with pytest.raises(FarTime):
        HOUSE.check_time(NOON + FARTHEST + timedelta(minutes=1), now=NOON)


def test_the_chosen_time_is_judged_not_the_time_of_writing() -> None:
    """At night one may well write for the morning, and not by day for the night."""
    midnight = NOON + 12 * HOUR
    HOUSE.check_time(NOON + 24 * HOUR, now=midnight)
    with pytest.raises(QuietHours):
        HOUSE.check_time(midnight, now=NOON)
    with pytest.raises(QuietHours):
        HOUSE.check_time(None, now=midnight)


def test_without_quiet_hours_every_hour_is_good() -> None:
    """A team may turn them off."""
    policy = make_policy(quiet=None)
    midnight = NOON + 12 * HOUR
    policy.check_time(None, now=midnight)
    assert policy.opens(midnight) == midnight


def test_naming_anybody_takes_the_say_from_the_rest() -> None:
    """People or groups alike; with neither, the channel decides."""
    assert not make_policy().names_approvers
    assert make_policy(approvers=(BIA,)).names_approvers
    assert make_policy(groups=(GroupId("S1"),)).names_approvers
