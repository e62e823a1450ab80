"""Numbers, times and ages, in both languages."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from handlers.blocks.words import Words, read_zone

ENGLISH = Words()
PORTUGUESE = Words("pt_BR")
AT = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
UNIX = 1798138800


def test_unknown_language_is_refused() -> None:
    """A slip in the settings shows at start, not as English in the middle of Portuguese."""
    with pytest.raises(ValueError, match="no words for 'pt'"):
        Words("pt")


def test_what_has_no_translation_is_said_in_english() -> None:
    """A missing sentence is better read in English than not at all."""
    assert PORTUGUESE.say("{n} of a kind", n=3) == "3 of a kind"
    assert PORTUGUESE.count(2, "{n} odd thing", "{n} odd things") == "2 odd things"


@pytest.mark.parametrize(
    ("n", "english", "portuguese"),
    [(0, "0", "0"), (4812, "4,812", "4.812"), (Decimal("-12.50"), "-12.5", "-12,5")],
)
def test_numbers_have_their_language_s_separators(
    n: int | Decimal, english: str, portuguese: str
) -> None:
    """4.812 is less than five to one reader and almost five thousand to another."""
    assert (ENGLISH.number(n), PORTUGUESE.number(n)) == (english, portuguese)


def test_one_alone_is_singular() -> None:
    """Nobody reads "1 people"; none is plural in both languages."""
    said = [ENGLISH.count(n, "{n} person", "{n} people") for n in (0, 1, 2, 4812)]
    assert said == ["0 people", "1 person", "2 people", "4,812 people"]


def test_facts_are_put_in_as_they_are() -> None:
    """A fact with braces of its own is not taken for a placeholder."""
    assert ENGLISH.say("Who can: {people}.", people="{n} {0}") == "Who can: {n} {0}."


def test_moments_are_told_in_each_reader_s_zone() -> None:
    """Slack fills the token in; where it can't, the fallback names its zone."""
    assert ENGLISH.moment(AT, "America/Sao_Paulo") == (
        f"<!date^{UNIX}^{{date_short_pretty}} {{time}}|24 Dec 2026, 16:00 (Sao Paulo)>"
    )
    assert PORTUGUESE.clock(AT, "Europe/Lisbon") == (
        f"<!date^{UNIX}^{{time}}|24/12/2026, 19:00 (Lisboa)>"
    )
    assert PORTUGUESE.second(AT) == f"<!date^{UNIX}^{{time_secs}}|24/12/2026, 19:00 (UTC)>"


def test_a_moment_without_a_zone_is_told_in_its_own() -> None:
    """Who made the moment knew whose time it is."""
    assert ENGLISH.in_zone(AT.astimezone(ZoneInfo("America/Manaus"))) == (
        "24 Dec 2026, 15:00 (Manaus)"
    )
    assert ENGLISH.in_zone(AT) == "24 Dec 2026, 19:00 (UTC)"
    assert ENGLISH.in_zone(AT.replace(tzinfo=None)) == "24 Dec 2026, 19:00 (UTC)"


@pytest.mark.parametrize("name", ["", "Mars/Base", "../../etc/passwd", "/etc", "a\0b"])
def test_a_zone_that_nobody_knows_is_utc(name: str) -> None:
    """Slack may learn a zone before our tables do; the campaign is told all the same."""
    assert read_zone(name) == ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=59.9), "59 s"),
        (timedelta(minutes=1, seconds=30), "1 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=5, seconds=9), "2 h 5 min"),
        (timedelta(days=1, minutes=59), "1 d"),
        (timedelta(days=1500, hours=4), "1,500 d 4 h"),
    ],
)
def test_lengths_of_time_have_two_units_at_most(span: timedelta, said: str) -> None:
    """Nobody plans by seconds what takes hours."""
    assert ENGLISH.lasting(span) == said


def test_ages_are_told_from_now() -> None:
    """A clock that was put back makes news young, never older than nothing."""
    assert ENGLISH.age(AT, AT + timedelta(seconds=40)) == "40 s ago"
    assert PORTUGUESE.age(AT, AT + timedelta(seconds=40)) == "há 40 s"
    assert ENGLISH.age(AT, AT) == "just now"
    assert PORTUGUESE.age(AT, AT - timedelta(hours=1)) == "agora mesmo"
