"""What the people who run Torpedo have settled: who approves, how many, and when is night."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import GroupId, UserId
from bot.domain.optouts import BUILT_IN, OptOutWords
from bot.domain.refusals import Deciders, FarTime, PastTime, QuietHours

FARTHEST = timedelta(days=366)


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
    most_people: int = 100_000
    answers_need_approval: bool = False
    repeat_hours: int = 24
    opt_out_words: OptOutWords = BUILT_IN
    deciders: Deciders = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "deciders", Deciders(self.approvers, self.groups))

    @property
    def names_approvers(self) -> bool:
        """Whether only people named in the settings decide, not any member of the channel."""
        return bool(self.approvers or self.groups)

    def check_time(self, send_at: datetime | None, *, now: datetime) -> None:
        """Refuse a time that has passed, is over a year away, or is at night."""
        if send_at is not None and send_at <= now:
            raise PastTime(send_at)
        if send_at is not None and send_at - now > FARTHEST:
            raise FarTime(send_at)
        self.check_hours(send_at or now)

    def check_hours(self, moment: datetime) -> None:
        """Refuse to reach people at night."""
        if self.is_quiet(moment):
            raise QuietHours(self.opens(moment))

    def is_quiet(self, moment: datetime) -> bool:
        """Whether phones should stay silent at this moment."""
        return self.quiet is not None and self.quiet.holds(self._local(moment).time())

    def opens(self, moment: datetime) -> datetime:
        """The next moment that isn't quiet, to offer instead."""
        if self.quiet is None or not self.is_quiet(moment):
            return moment
        local = self._local(moment)
        end = datetime.combine(local.date(), self.quiet.end, tzinfo=self.zone)
        if end <= local:
            end = datetime.combine(local.date() + timedelta(days=1), end.timetz())
        return end

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)
