"""Quiet times: the hours, Sundays and holidays in which phones stay silent, and when they end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SUNDAY = 7
MINUTE = timedelta(minutes=1)

HolidayNames = Callable[[date], str]
"""What a day is called where it is a holiday; empty for any other day."""


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """Hours in which no campaign goes; they may run over midnight (21:00 to 08:00)."""

    start: time
    end: time

    def holds(self, moment: time) -> bool:
        """Whether a local time of day lies in it; its end is the first good moment."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Why a moment is quiet. Several reasons may hold at once; where none does, it is false."""

    hours: QuietSpan | None = None
    is_sunday: bool = False
    holiday: str = ""

    def __bool__(self) -> bool:
        return bool(self.hours or self.is_sunday or self.holiday)


def no_holiday(_: date) -> str:
    """Keep no holidays."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietTimes:
    """When phones stay silent, by the clocks of ``zone``; false where they never have to.

    Sundays and holidays are whole days.
    """

    zone: ZoneInfo
    hours: QuietSpan | None = None
    sundays: bool = False
    holiday: HolidayNames = no_holiday

    def __bool__(self) -> bool:
        return self.hours is not None or self.sundays or self.holiday is not no_holiday

    def why(self, moment: datetime) -> Quiet:
        """Say why this moment is quiet, if it is."""
        local = moment.astimezone(self.zone)
        is_night = self.hours is not None and self.hours.holds(local.time())
        return Quiet(
            hours=self.hours if is_night else None,
            is_sunday=self.sundays and local.isoweekday() == SUNDAY,
            holiday=self.holiday(local.date()),
        )

    def opens(self, moment: datetime) -> datetime:
        """Find the first moment from this one on that isn't quiet, in ``zone``.

        It goes minute by minute: where clocks are put forward or back, an hour of the day may be
        left out or come twice, and whoever reckons with it skips a good moment or offers a past
        one. Quiet times end on whole minutes, so none is missed, and the longest last some days.
        """
        found = moment.astimezone(UTC)  # a zone's own clock would be counted on without its leaps
        while self.why(found):
            found = found.replace(second=0, microsecond=0) + MINUTE
        return found.astimezone(self.zone)
