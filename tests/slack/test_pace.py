"""How fast Slack is talked to."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.slack.pace import PER_MINUTE, UPDATE, Pace

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_channel_gets_one_post_a_second() -> None:
    """The next post waits; another channel's doesn't."""
    pace = Pace()
    assert pace.post_at("C1", NOW) == NOW
    pace.note_post("C1", NOW)
    assert pace.post_at("C1", NOW) > NOW + SECOND
    assert pace.post_at("C2", NOW) == NOW


@pytest.mark.parametrize(("method", "most"), PER_MINUTE.items())
def test_a_method_never_passes_its_tier_in_any_minute(method: str, most: int) -> None:
    """Counted over every window of 60 s in ten minutes of asking as often as allowed."""
    pace = Pace()
    now, calls = NOW, []
    while now < NOW + timedelta(minutes=10):
        at = pace.method_at(method, now)
        if at <= now:
            pace.note(method, now)
            calls.append(now)
        else:
            now = at
    for start in calls:
        assert sum(start <= call < start + timedelta(minutes=1) for call in calls) <= most


def test_a_429_stops_posts_to_that_channel_until_its_time() -> None:
    """Slack's own word comes before our counting."""
    pace = Pace()
    pace.block("C1", NOW + 30 * SECOND)
    assert pace.post_at("C1", NOW) == NOW + 30 * SECOND
    assert pace.post_at("C1", NOW + 31 * SECOND) == NOW + 31 * SECOND
    assert pace.post_at("C2", NOW) == NOW


def test_a_429_stops_changes_until_its_time() -> None:
    """The tier is the workspace's, so every card waits."""
    pace = Pace()
    pace.block(UPDATE, NOW + 30 * SECOND)
    assert pace.method_at(UPDATE, NOW) == NOW + 30 * SECOND


def test_a_clock_that_is_put_back_stops_nothing() -> None:
    """An hour back, changes still go."""
    pace = Pace()
    pace.note(UPDATE, NOW)
    assert pace.method_at(UPDATE, NOW - timedelta(hours=1)) == NOW - timedelta(hours=1)
