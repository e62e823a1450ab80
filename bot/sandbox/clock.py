"""The platform's own clock, which people can speed up and wind forward."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.changes import Changes

PLATFORM_ZONE = ZoneInfo("America/Sao_Paulo")
SPEEDS = (1, 60, 3600)
# Well before the last one that Python knows: the clock must be able to go on from there.
_LAST_YEAR = 9000


class Clock:
    """The time at the platform: real time, times a speed, plus what people wound forward.

    Only the platform lives by it (schedules, its once-a-minute limits, the times it reports).
    The pretend Slack keeps real time, as its clients count real seconds.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._shown = datetime.now(PLATFORM_ZONE)
        self._read_at = time.monotonic()
        self.speed = 1

    def now(self) -> datetime:
        """Tell the platform's time, in America/Sao_Paulo."""
        passed = (time.monotonic() - self._read_at) * self.speed
        return _later(self._shown, passed)

    def set_speed(self, speed: int) -> None:
        """Make one real second last `speed` seconds at the platform; one of `SPEEDS`.

        Raises:
            ValueError: the speed is none of those.
        """
        if speed not in SPEEDS:
            raise ValueError(speed)
        self._settle()
        self.speed = speed
        self._changes.happened()

    def advance(self, seconds: float) -> None:
        """Wind the clock forward by `seconds`.

        Raises:
            ValueError: the seconds are below zero (time does not run backwards), or no number.
            OverflowError: that is too far for any calendar.
        """
        if not seconds >= 0:
            raise ValueError(seconds)
        if _later(self.now(), seconds).year > _LAST_YEAR:
            raise OverflowError(seconds)
        self._settle(seconds)
        self._changes.happened()

    async def reach(self, moment: datetime) -> None:
        """Wait until the clock shows `moment`, however it gets there."""
        while (left := (moment - self.now()).total_seconds()) > 0 and not self._changes.is_closed:
            await self._changes.next_one(left / self.speed)

    def _settle(self, extra: float = 0) -> None:
        self._shown = _later(self.now(), extra)
        self._read_at = time.monotonic()


def _later(moment: datetime, seconds: float) -> datetime:
    # By way of UTC: adding to a local time would keep the wall clock across a change of daylight
    # saving, not the hours between.
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(PLATFORM_ZONE)
