"""How fast Slack may be talked to: a post a second a channel, and each method's tier."""

from datetime import datetime, timedelta

POST_PAUSE = timedelta(seconds=1.05)
"""``chat.postMessage``: about one a second a channel."""
UPDATE_PAUSE = timedelta(seconds=60 / 35)
UPDATE_BURST = 15
"""``chat.update`` is tier 3, 50 a minute for the workspace: 15 at once and 35 a minute."""


class Pace:
    """Tells when the next call may go. What Slack's 429 says comes first."""

    def __init__(self) -> None:
        self._next_post: dict[str, datetime] = {}
        self._update_credit = float(UPDATE_BURST)
        self._update_seen: datetime | None = None
        self._blocked: dict[str, datetime] = {}

    def post_at(self, channel: str, now: datetime) -> datetime:
        """When a message may next be posted to a channel; ``now`` if it may."""
        free = max(self._next_post.get(channel, now), self._blocked.get(f"post {channel}", now))
        return max(free, now)

    def update_at(self, now: datetime) -> datetime:
        """When a message may next be changed; ``now`` if it may."""
        self._refill(now)
        missing = max(0.0, 1 - self._update_credit)
        return max(now + missing * UPDATE_PAUSE, self._blocked.get("update", now))

    def note_post(self, channel: str, now: datetime) -> None:
        """Count a post."""
        self._next_post = {c: at for c, at in self._next_post.items() if at > now}
        self._next_post[channel] = now + POST_PAUSE

    def note_update(self, now: datetime) -> None:
        """Count a change."""
        self._refill(now)
        self._update_credit -= 1

    def block_posts(self, channel: str, until: datetime) -> None:
        """Obey ``Retry-After`` for a channel's posts."""
        self._blocked[f"post {channel}"] = until

    def block_updates(self, until: datetime) -> None:
        """Obey ``Retry-After`` for changes."""
        self._blocked["update"] = until

    def _refill(self, now: datetime) -> None:
        if self._update_seen is not None and now > self._update_seen:
            earned = (now - self._update_seen) / UPDATE_PAUSE
            self._update_credit = min(float(UPDATE_BURST), self._update_credit + earned)
        self._update_seen = now
