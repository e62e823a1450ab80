"""How fast Slack may be talked to: a post a second a channel, and each method's tier."""

from datetime import datetime, timedelta

POST_PAUSE = timedelta(seconds=1.02)
"""``chat.postMessage``: about one a second a channel."""
UPDATE = "chat.update"
HISTORY = "conversations.history"
REPLIES = "conversations.replies"
OPEN = "conversations.open"
FILES = "files"
PER_MINUTE = {UPDATE: 50, HISTORY: 50, REPLIES: 50, OPEN: 50, FILES: 100}
"""Slack's tiers, for the workspace: 3 is 50 a minute, 4 is 100."""
AT_ONCE = 0.3
"""The share of a minute's calls that may go at once; the rest spreads over the minute, so that
no minute, wherever it begins, has more than its tier."""


class _Tier:
    """Calls of one method that may go: some saved up, others earned as time passes."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute * AT_ONCE
        self._pause = timedelta(minutes=1) / (per_minute * (1 - AT_ONCE))
        self._credit = self._most
        self._seen: datetime | None = None

    def free_at(self, now: datetime) -> datetime:
        """When the next may go."""
        self._refill(now)
        return now + max(0.0, 1 - self._credit) * self._pause

    def take(self, now: datetime) -> None:
        """Count one."""
        self._refill(now)
        self._credit -= 1

    def _refill(self, now: datetime) -> None:
        if self._seen is not None and now > self._seen:
            self._credit = min(self._most, self._credit + (now - self._seen) / self._pause)
        self._seen = now


class Pace:
    """Tells when the next call may go. What Slack's 429 says comes first."""

    def __init__(self) -> None:
        self._next_post: dict[str, datetime] = {}
        self._tiers = {method: _Tier(most) for method, most in PER_MINUTE.items()}
        self._blocked: dict[str, datetime] = {}

    def post_at(self, channel: str, now: datetime) -> datetime:
        """When a message may next be posted to a channel; ``now`` if it may."""
        return max(now, self._next_post.get(channel, now), self._blocked.get(channel, now))

    def method_at(self, method: str, now: datetime) -> datetime:
        """When a method may next be called; ``now`` if it may."""
        return max(self._tiers[method].free_at(now), self._blocked.get(method, now))

    def note_post(self, channel: str, now: datetime) -> None:
        """Count a post."""
        self._next_post = {c: at for c, at in self._next_post.items() if at > now}
        self._next_post[channel] = now + POST_PAUSE

    def note(self, method: str, now: datetime) -> None:
        """Count a call of a method."""
        self._tiers[method].take(now)

    def block(self, what: str, until: datetime) -> None:
        """Obey ``Retry-After`` for a method, or for posts to a channel."""
        self._blocked[what] = until
