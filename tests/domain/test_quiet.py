"""Quiet times: hours, Sundays, holidays, and the first good moment after them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import Quiet, QuietSpan, QuietTimes
from tests.builders import MINUTE, NIGHT, SAO_PAULO

CHRISTMAS = date(2026, 12, 25)
NEW_YORK = ZoneInfo("America/New_York")
ZONES = [SAO_PAULO, NEW_YORK, ZoneInfo("Europe/Lisbon"), ZoneInfo("Australia/Lord_Howe")]


def name_christmas(day: date) -> str:
    """Keep one holiday a year."""
    return "Natal" if (day.month, day.day) == (12, 25) else ""


times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
spans = st.none() | st.builds(QuietSpan, times, times)
days = st.frozensets(st.dates(date(2026, 3, 1), date(2026, 12, 31)), max_size=40)
moments = st.datetimes(
    min_value=datetime(2026, 2, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2027, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
) | st.sampled_from(
    # Round the hours in which clocks are put forward and back.
    [
        datetime(2026, 3, 8, 6, 50, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 20, tzinfo=UTC),
        datetime(2026, 11, 1, 6, 20, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 4, 4, 14, 40, tzinfo=UTC),
        datetime(2026, 10, 3, 15, 10, tzinfo=UTC),
    ]
)


@st.composite
def houses(draw: st.DrawFn) -> QuietTimes:
    """A house with any quiet times, on any clock."""
    kept = draw(days)
    return QuietTimes(
        zone=draw(st.sampled_from(ZONES)),
        hours=draw(spans),
        sundays=draw(st.booleans()),
        holiday=lambda day: "Feriado" if day in kept else "",
    )


@given(houses(), moments)
def test_the_moment_offered_is_good_and_ahead(house: QuietTimes, moment: datetime) -> None:
    """It is never quiet and never past; a good moment is its own."""
    opens = house.opens(moment).astimezone(UTC)  # an hour that comes twice equals no other zone's
    assert not house.why(opens)
    assert opens >= moment
    assert (opens == moment) is not bool(house.why(moment))


@given(houses(), moments, st.floats(0, 1, exclude_max=True))
def test_no_good_moment_is_skipped(house: QuietTimes, moment: datetime, share: float) -> None:
    """Whatever lies between now and the moment offered is quiet."""
    opens = house.opens(moment).astimezone(UTC)
    between = moment + (opens - moment) * share
    assert between == opens or house.why(between)


@given(houses(), moments)
def test_a_moment_is_quiet_for_a_reason(house: QuietTimes, moment: datetime) -> None:
    """The clock and the calendar on the wall where the phones are say which."""
    local = moment.astimezone(house.zone)
    why = house.why(moment)
    assert (why.hours is not None) is (house.hours is not None and house.hours.holds(local.time()))
    assert why.is_sunday is (house.sundays and local.strftime("%a") == "Sun")
    assert why.holiday == house.holiday(local.date())


def test_christmas_that_falls_on_a_friday_ends_on_saturday_morning() -> None:
    """Its evening is a night as well, and reasons are told together."""
    house = QuietTimes(zone=SAO_PAULO, hours=NIGHT, sundays=True, holiday=name_christmas)
    evening = datetime(2026, 12, 24, 21, 30, tzinfo=SAO_PAULO)
    assert house.why(evening) == Quiet(hours=NIGHT)
    assert house.why(evening + timedelta(days=1)) == Quiet(hours=NIGHT, holiday="Natal")
    assert house.opens(evening) == datetime(2026, 12, 26, 8, tzinfo=SAO_PAULO)


def test_sunday_is_a_whole_day_where_the_phones_are() -> None:
    """From midnight to midnight, whatever the hours are."""
    house = QuietTimes(zone=SAO_PAULO, sundays=True)
    midnight = datetime(2026, 12, 20, tzinfo=SAO_PAULO)
    assert not house.why(midnight - MINUTE)
    assert house.why(midnight) == Quiet(is_sunday=True)
    assert house.opens(midnight) == midnight + timedelta(days=1)


def test_an_hour_left_out_is_not_waited_for() -> None:
    """Clocks go from two to three: quiet until half past two ends at three."""
    house = QuietTimes(zone=NEW_YORK, hours=QuietSpan(time(1), time(2, 30)))
    assert house.opens(datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK)) == datetime(
        2026, 3, 8, 3, tzinfo=NEW_YORK
    )


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    """Half past one is over, and then it is one o'clock again."""
    house = QuietTimes(zone=NEW_YORK, hours=QuietSpan(time(0), time(1, 30)))
    second_time = datetime(2026, 11, 1, 1, 10, tzinfo=NEW_YORK, fold=1)
    assert house.why(second_time)
    opens = house.opens(second_time).astimezone(UTC)
    assert opens - second_time.astimezone(UTC) == timedelta(minutes=20)


@pytest.mark.parametrize(
    ("house", "has_any"),
    [
        (QuietTimes(zone=SAO_PAULO), False),
        (QuietTimes(zone=SAO_PAULO, hours=NIGHT), True),
        (QuietTimes(zone=SAO_PAULO, sundays=True), True),
        (QuietTimes(zone=SAO_PAULO, holiday=name_christmas), True),
    ],
)
def test_a_house_knows_whether_it_keeps_any(house: QuietTimes, has_any: bool) -> None:  # noqa: FBT001 - a table
    """Where nothing is ever quiet, no form asks about it."""
    assert bool(house) is has_any
