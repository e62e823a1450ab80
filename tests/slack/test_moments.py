"""Dates and times as people type them."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import DoubledTime, SkippedTime, UnreadTime
from handlers.blocks.voice import Voice
from handlers.blocks.words import Words
from handlers.slack.moments import read_moment

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MONDAY = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)  # 10:30 in São Paulo


def as_typed(at: datetime, zone: ZoneInfo) -> str:
    """Write a moment as answers tell people to type it."""
    return Voice(words=Words(), zone=zone.key).as_typed(at)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("24/12/2026 16:00", "2026-12-24 16:00"),
        ("24/12 16h", "2026-12-24 16:00"),
        ("24/12 às 16h30", "2026-12-24 16:30"),
        ("dia 24/12 às 16h", "2026-12-24 16:00"),
        ("2026-12-24 16:00", "2026-12-24 16:00"),
        ("2026-12-24T16:00", "2026-12-24 16:00"),
        ("2027-04-03 10:00", "2027-04-03 10:00"),
        ("03/04/2027 10:00", "2027-04-03 10:00"),
        ("amanhã 9h", "2026-11-24 09:00"),
        ("AMANHA 9h", "2026-11-24 09:00"),
        ("depois de amanhã 10h", "2026-11-25 10:00"),
        ("hoje 18h", "2026-11-23 18:00"),
        ("sexta às 16:00", "2026-11-27 16:00"),
        ("no sábado às 10h", "2026-11-28 10:00"),
        ("meio-dia", "2026-11-23 12:00"),
        ("em 2 horas", "2026-11-23 12:30"),
        ("daqui a 30 minutos", "2026-11-23 11:00"),
        ("tomorrow 4pm", "2026-11-24 16:00"),
        ("friday at 4 pm", "2026-11-27 16:00"),
        ("in 2 hours", "2026-11-23 12:30"),
        ("hoje 9:00", "2026-11-23 09:00"),
    ],
)
def test_a_time_is_read_in_the_writers_own_zone(typed: str, local: str) -> None:
    """Day comes before month, the future before the past."""
    read = read_moment(typed, zone=SAO_PAULO, now=MONDAY)
    assert f"{read.astimezone(SAO_PAULO):%Y-%m-%d %H:%M}" == local
    assert read.tzinfo is UTC


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "America/Manaus", "Asia/Kolkata", "UTC"])
@given(minutes=st.integers(0, 500_000))
def test_what_is_written_is_read_back_as_the_same_moment(zone: str, minutes: int) -> None:
    """Whoever types the time that an answer names gets that time."""
    at = MONDAY + timedelta(minutes=minutes)
    written = as_typed(at, ZoneInfo(zone))
    assert read_moment(written, zone=ZoneInfo(zone), now=MONDAY) == at


def test_a_time_is_written_as_people_here_write_it() -> None:
    """Day before month, in the writer's own zone."""
    at = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
    assert as_typed(at, SAO_PAULO) == "24/12/2026 16:00"


def test_the_same_words_mean_another_moment_in_another_zone() -> None:
    """Manaus is an hour behind São Paulo."""
    here = read_moment("amanhã 9h", zone=SAO_PAULO, now=MONDAY)
    there = read_moment("amanhã 9h", zone=ZoneInfo("America/Manaus"), now=MONDAY)
    assert (there - here).total_seconds() == 3600


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bananas",
        "24/12/2026",
        "31/02/2026 10:00",
        "24/12/2026 25:00",
        "31/12/9999 23:59",
        "x" * 500,
    ],
)
def test_what_is_no_time_is_asked_back(typed: str) -> None:
    """A date without a time of day, too: midnight is nobody's wish."""
    with pytest.raises(UnreadTime):
        read_moment(typed, zone=SAO_PAULO, now=MONDAY)


@pytest.mark.parametrize(
    ("zone", "typed", "refusal", "before", "after"),
    [
        ("America/New_York", "14/03/2027 02:30", SkippedTime, "01:30", "03:30"),
        ("America/New_York", "14/03/2027 02:00", SkippedTime, "01:00", "03:00"),
        ("America/New_York", "07/11/2027 01:30", DoubledTime, "00:30", "02:30"),
        ("Australia/Lord_Howe", "03/10/2027 02:15", SkippedTime, "01:45", "02:45"),
        ("Australia/Lord_Howe", "04/04/2027 01:45", DoubledTime, "01:15", "02:15"),
    ],
)
def test_a_time_that_never_comes_or_comes_twice_is_asked_back(
    zone: str,
    typed: str,
    refusal: type[SkippedTime | DoubledTime],
    before: str,
    after: str,
) -> None:
    """Daylight saving is somebody else's idea, and nobody here should have to guess."""
    there = ZoneInfo(zone)
    with pytest.raises((SkippedTime, DoubledTime)) as caught:
        read_moment(typed, zone=there, now=MONDAY)
    assert type(caught.value) is refusal
    said = caught.value.before, caught.value.after
    assert [f"{at.astimezone(there):%H:%M}" for at in said] == [before, after]
    assert [read_moment(as_typed(at, there), zone=there, now=MONDAY) for at in said] == [*said]


@pytest.mark.parametrize("typed", ["14/03/2027 01:59", "14/03/2027 03:00", "07/11/2027 02:00"])
def test_times_beside_a_change_of_clocks_are_as_good_as_any(typed: str) -> None:
    """To the minute."""
    new_york = ZoneInfo("America/New_York")
    read = read_moment(typed, zone=new_york, now=MONDAY)
    assert as_typed(read, new_york) == typed


@given(st.text(max_size=80))
def test_any_words_are_read_or_refused(typed: str) -> None:
    """No words break it."""
    with contextlib.suppress(UnreadTime):
        assert read_moment(typed, zone=SAO_PAULO, now=MONDAY).tzinfo is UTC
