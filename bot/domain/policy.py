"""What the people who run Torpedo have settled: who approves, how many, and when it is quiet."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import GroupId, UserId
from bot.domain.optouts import BUILT_IN, OptOutWords
from bot.domain.quiet import HolidayNames, Quiet, QuietSpan, QuietTimes, no_holiday
from bot.domain.refusals import Deciders, FarTime, PastTime, QuietHours

FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of the house, read from the settings once.

    ``zone`` is the platform's, where the phones are: night is theirs, not the writer's.
    Nearly the same text to many of the same people within ``repeat_hours`` is confirmed once
    more; never where they are 0. Without ``answers_need_approval`` whoever answers one customer's
    reply says go alone.
    """

    zone: ZoneInfo
    approvals: int = 1
    approvers: tuple[UserId, ...] = ()
    groups: tuple[GroupId, ...] = ()
    self_approval: bool = False
    approval_hours: int = 24
    quiet: QuietSpan | None = None
    quiet_sundays: bool = False
    holiday: HolidayNames = no_holiday
    most_people: int = 100_000
    answers_need_approval: bool = False
    repeat_hours: int = 24
    opt_out_words: OptOutWords = BUILT_IN
    deciders: Deciders = field(init=False)
    quiet_times: QuietTimes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "deciders", Deciders(self.approvers, self.groups))
        times = QuietTimes(
            zone=self.zone, hours=self.quiet, sundays=self.quiet_sundays, holiday=self.holiday
        )
        object.__setattr__(self, "quiet_times", times)

    @property
    def names_approvers(self) -> bool:
        """Whether only people named in the settings decide, not any member of the channel."""
        return bool(self.approvers or self.groups)

    def check_time(self, send_at: datetime | None, *, now: datetime, quiet: bool = False) -> None:
        """Refuse a time that has passed, is over a year away, or is quiet.

        With ``quiet`` its writer asks for a quiet time knowingly: that is for an approver.
        """
        if send_at is not None and send_at <= now:
            raise PastTime(send_at)
        if send_at is not None and send_at - now > FARTHEST:
            raise FarTime(send_at)
        if not quiet:
            self.check_hours(send_at or now)

    def check_hours(self, moment: datetime) -> None:
        """Refuse to reach people in quiet time."""
        if (refused := self.refuse_hours(moment)) is not None:
            raise refused

    def refuse_hours(self, moment: datetime) -> QuietHours | None:
        """Say why a moment is refused as quiet, and the next good one, if it is."""
        why = self.why_quiet(moment)
        return QuietHours(self.opens(moment), why) if why else None

    def is_quiet(self, moment: datetime) -> bool:
        """Whether phones should stay silent at this moment."""
        return bool(self.why_quiet(moment))

    def why_quiet(self, moment: datetime) -> Quiet:
        """Say why phones should stay silent at this moment, if they should."""
        return self.quiet_times.why(moment)

    def opens(self, moment: datetime) -> datetime:
        """Find the next moment that isn't quiet, to offer instead."""
        return self.quiet_times.opens(moment)
