"""How fast Slack is talked to."""

from datetime import UTC, datetime, timedelta

from handlers.slack.pace import Pace

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_channel_gets_one_post_a_second() -> None:
    """The next post waits; another channel's doesn't."""
    pace = Pace()
    assert pace.post_at("C1", NOW) == NOW
    pace.note_post("C1", NOW)
    assert pace.post_at("C1", NOW) > NOW + SECOND
    assert pace.post_at("C2", NOW) == NOW


def test_changes_never_pass_fifty_in_any_minute() -> None:
    """Tier 3: counted over every window of 60 s in ten minutes of asking as often as allowed."""
    pace = Pace()
    now, calls = NOW, []
    while now < NOW + timedelta(minutes=10):
        at = pace.update_at(now)
        if at <= now:
            pace.note_update(now)
            calls.append(now)
        else:
            now = at
    for start in calls:
        assert sum(start <= call < start + timedelta(minutes=1) for call in calls) <= 50


def test_a_429_stops_posts_to_that_channel_until_its_time() -> None:
    """Slack's own word comes before our counting."""
    pace = Pace()
    pace.block_posts("C1", NOW + 30 * SECOND)
    assert pace.post_at("C1", NOW) == NOW + 30 * SECOND
    assert pace.post_at("C1", NOW + 31 * SECOND) == NOW + 31 * SECOND
    assert pace.post_at("C2", NOW) == NOW


def test_a_429_stops_changes_until_its_time() -> None:
    """The tier is the workspace's, so every card waits."""
    pace = Pace()
    pace.block_updates(NOW + 30 * SECOND)
    assert pace.update_at(NOW) == NOW + 30 * SECOND


def test_a_clock_that_is_put_back_stops_nothing() -> None:
    """An hour back, changes still go."""
    pace = Pace()
    pace.note_update(NOW)
    assert pace.update_at(NOW - timedelta(hours=1)) == NOW - timedelta(hours=1)
