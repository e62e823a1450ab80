"""Slack's rate limits: so many calls a minute for each method, a message a second a channel."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.sandbox.slack_error import RateLimitedError

# chat.postMessage: one a second for each channel, "short bursts" allowed; how short Slack keeps
# to itself.
POST_BURST = 4
POST_PER_SECOND = 1.0


class Tier(IntEnum):
    """Calls a minute, by Slack's tiers."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    SPECIAL = 600


@dataclass(slots=True)
class _Bucket:
    capacity: float
    per_second: float
    filled: float
    filled_at: float

    def take(self, now: float) -> float:
        """Take one call; tell the seconds to wait when there is none (zero: taken)."""
        self.filled = min(self.capacity, self.filled + (now - self.filled_at) * self.per_second)
        self.filled_at = now
        if self.filled < 1:
            return (1 - self.filled) / self.per_second
        self.filled -= 1
        return 0


class Rates:
    """Counts calls; lets everything through when it isn't strict.

    `now` tells seconds that only grow; `refusals` counts the calls that were too many.
    """

    def __init__(self, *, is_strict: bool, now: Callable[[], float] = time.monotonic) -> None:
        self._is_strict = is_strict
        self._now = now
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self.refusals = 0

    def count_call(self, method: str, tier: Tier) -> None:
        """Count a call of a method; raises `RateLimitedError`."""
        self._take(("method", method), tier, tier / 60)

    def count_post(self, channel: str) -> None:
        """Count a message posted to a channel; raises `RateLimitedError`."""
        self._take(("post", channel), POST_BURST, POST_PER_SECOND)

    def _take(self, key: tuple[str, str], capacity: float, per_second: float) -> None:
        if not self._is_strict:
            return
        now = self._now()
        fresh = _Bucket(capacity, per_second, filled=capacity, filled_at=now)
        if wait := self._buckets.setdefault(key, fresh).take(now):
            self.refusals += 1
            raise RateLimitedError(math.ceil(wait))
