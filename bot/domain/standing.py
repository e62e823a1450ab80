"""Where a campaign stands for people: worked out from facts, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.campaign import Campaign, State
from bot.domain.changes import Changes
from bot.domain.credit import Balance, BalanceTrouble, CreditEvidence, Shortage
from bot.domain.ids import PartId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import Brake, Part, PartState
from bot.domain.quiet import Quiet, QuietTimes
from bot.domain.receipts import Status
from bot.domain.reconciling import Figures
from bot.domain.repeats import Repeat
from bot.domain.replies import Reply
from bot.domain.texts import Measure, count_segments, measure
from bot.domain.unfinished import ListFile


class Standing(StrEnum):
    """What stands at the top of a card."""

    WAITING = "waiting"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NEEDS_YOU = "needs_you"
    HOLDING = "holding"
    ON_HOLD = "on_hold"
    RELEASING = "releasing"
    APPROVED = "approved"
    SENDING = "sending"
    SCHEDULED = "scheduled"
    DELIVERING = "delivering"
    DONE = "done"
    NOT_SENT = "not_sent"


CLOSED = {
    State.WAITING: Standing.WAITING,
    State.REJECTED: Standing.REJECTED,
    State.CANCELLED: Standing.CANCELLED,
    State.EXPIRED: Standing.EXPIRED,
}


NEVER_QUIET = QuietTimes(zone=ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recipients have which status; they always equal the rows."""

    by_status: Mapping[Status, int] = field(default_factory=dict)

    def of(self, *statuses: Status) -> int:
        """How many have one of these."""
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def people(self) -> int:
        """How many it is meant for: everyone but those left out when it was sent."""
        return sum(self.by_status.values()) - self.of(Status.SUPPRESSED)

    @property
    def delivered(self) -> int:
        """How many have it on their phone."""
        return self.of(Status.DELIVERED)

    @property
    def failed(self) -> int:
        """How many never will: refused by the carrier, or no such number."""
        return self.of(Status.FAILED, Status.INVALID)

    @property
    def waiting(self) -> int:
        """How many are still on their way."""
        return self.of(Status.QUEUED, Status.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """Everything a card shows of one campaign, read in one go.

    ``segments`` counts the people by how many segments their text takes, where the campaign's text
    has fields. ``hears`` says whether the way it goes brings back what people answer; ``answered``
    is the reply that it answers, if it does. ``ten_digits`` is how many mobiles of one that waits
    may lack their ninth digit. ``file`` is where its list came from, while that is kept.
    ``elsewhere`` are the credits that other approved campaigns take before it.
    """

    campaign: Campaign
    parts: tuple[Part, ...] = ()
    counts: Counts = field(default_factory=Counts)
    counted_at: datetime | None = None
    segments: Mapping[int, int] = field(default_factory=dict)
    left_out: Mapping[Fault, int] = field(default_factory=dict)
    left_out_examples: tuple[LeftOut, ...] = ()
    replies: int = 0
    opt_outs: int = 0
    balance: Balance | None = None
    changes: Changes | None = None
    answered: Reply | None = None
    ten_digits: int = 0
    file: ListFile | None = None
    evidence: Mapping[PartId, CreditEvidence] = field(default_factory=dict)
    figures: Figures | None = None
    repeats: tuple[Repeat, ...] = ()
    elsewhere: int = 0
    approvals_needed: int = 1
    platform_zone: str = "America/Sao_Paulo"
    hears: bool = True
    quiet_times: QuietTimes = NEVER_QUIET

    @property
    def measure(self) -> Measure:
        """Its text in segments."""
        return measure(self.campaign.text)

    @property
    def price(self) -> int:
        """Credits it uses: each person's text in segments."""
        if self.campaign.filled is None:
            return self.counts.people * self.measure.segments
        return sum(segments * people for segments, people in self.segments.items())

    def credits_of(self, parts: Iterable[Part]) -> int:
        """What some of its parts take: people times the segments of the part's text."""
        return sum(part.people * count_segments(part.text_in(self.campaign)) for part in parts)

    def why_quiet(self, now: datetime) -> Quiet:
        """Why its time is quiet, if it is; of one that goes as soon as approved, why now is."""
        return self.quiet_times.why(self.campaign.send_at or now)

    def opens(self, now: datetime) -> datetime:
        """The first good time for it from its own on."""
        return self.quiet_times.opens(self.campaign.send_at or now)

    def in_state(self, *states: PartState) -> tuple[Part, ...]:
        """Its parts in one of these states."""
        return tuple(part for part in self.parts if part.state in states)

    def with_brake(self, *brakes: Brake) -> tuple[Part, ...]:
        """Its parts whose brake is at one of these points."""
        return tuple(part for part in self.parts if part.brake in brakes)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more of it reaches anybody: no part may go, or may have gone unseen."""
        moving = (PartState.READY, PartState.IN_FLIGHT, PartState.UNKNOWN)
        at_platform = self.in_state(PartState.ACCEPTED)
        stopped = {Brake.HELD, Brake.TOO_LATE}
        return not self.in_state(*moving) and all(one.brake in stopped for one in at_platform)

    def standing(self, now: datetime) -> Standing:
        """What people read first; trouble and the brake come before progress."""
        state = self.campaign.state
        if state in CLOSED:
            return CLOSED[state]
        if self.in_state(PartState.UNKNOWN):
            return Standing.NEEDS_YOU
        if self.campaign.hold is not None and state is not State.DONE:
            return self._hold_standing()
        if self.with_brake(Brake.RELEASING):
            return Standing.RELEASING
        return self._progress(now)

    def _hold_standing(self) -> Standing:
        asking = any(
            part.state in {PartState.IN_FLIGHT, PartState.ACCEPTED}
            and part.brake not in {Brake.HELD, Brake.TOO_LATE}
            for part in self.parts
        )
        return Standing.HOLDING if asking else Standing.ON_HOLD

    def _progress(self, now: datetime) -> Standing:
        state = self.campaign.state
        if state is State.APPROVED:
            return Standing.APPROVED
        if state is State.SENDING:
            return Standing.SENDING
        if not self.in_state(PartState.ACCEPTED):
            return Standing.NOT_SENT
        if state is State.DONE:
            return Standing.DONE
        send_at = self.campaign.send_at
        untouched = self.counts.delivered + self.counts.failed == 0
        if send_at is not None and send_at > now and untouched:
            return Standing.SCHEDULED
        return Standing.DELIVERING


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceView:
    """Credit left, and what is promised of it. ``waiting`` and ``approved`` are credits.

    ``gone`` are those that went, or may have gone, since the balance was told; ``shortage`` is the
    first campaign that what is left won't do for.
    A ``trouble`` is newer than the ``balance``, which is then what was known before it.
    """

    balance: Balance | None
    trouble: BalanceTrouble | None = None
    waiting: int
    approved: int
    gone: int = 0
    shortage: Shortage | None = None

    @property
    def free(self) -> Decimal | None:
        """What stays when everything approved and waiting has gone."""
        if self.balance is None:
            return None
        return self.balance.credits - self.gone - self.approved - self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A channel's running campaigns, and call-backs that nobody understood."""

    running: tuple[CampaignView, ...]
    latest: CampaignView | None
    not_understood: int
