"""A campaign: what a person asks for in Slack, and what it may become."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.filling import Filled
from bot.domain.ids import CampaignId, ChannelId, Digest, MessageTs, UserId
from bot.domain.templates import spell_out

REMINDER = timedelta(hours=1)
"""How long before the end of its time a waiting campaign is brought to mind."""


class State(StrEnum):
    """Where a campaign stands on its one way; *held* and *scheduled* are facts beside it."""

    WAITING = "waiting"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    DONE = "done"

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come of it."""
        return not TRANSITIONS[self]


TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.REJECTED, State.CANCELLED, State.EXPIRED, State.APPROVED}),
    State.REJECTED: frozenset(),
    State.CANCELLED: frozenset(),
    State.EXPIRED: frozenset(),
    State.APPROVED: frozenset({State.SENDING, State.CANCELLED, State.EXPIRED}),
    State.SENDING: frozenset({State.SENT}),
    State.SENT: frozenset({State.DONE}),
    State.DONE: frozenset(),
}
"""The whole life of a campaign. Waiting is left by one decision, and no decision is taken back."""


class ImpossibleMoveError(ValueError):
    """A transition that the tables don't allow: a mistake of ours, never a person's."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's yes, to exactly one version and its digest.

    ``allows_quiet`` where it was given knowingly for a quiet time: without such a word nothing
    goes in one.
    """

    by: UserId
    at: datetime
    version: int
    digest: Digest
    allows_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A wish to stop: who pulled the brake, and when."""

    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """Somebody without the say asked to let a held campaign go; an approver answers."""

    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What makes a campaign of one the answer to a reply: which, and in whose thread it lives.

    ``form`` names the form that it was written in; one that is sent twice makes one answer.
    """

    reply: int
    thread: CampaignId
    form: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What makes a campaign of one the test of another: which version, in which form asked for.

    It goes to the phone of whoever asked for it, and counts nowhere.
    """

    of: CampaignId
    version: int
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A text, its recipients, when; and what was decided about it.

    Recipients live in their own table (a campaign may have 100,000); the digest binds
    them. ``send_at`` is aware UTC on a whole minute, ``None`` for "as soon as approved".
    ``zone`` is the requester's IANA time zone, in which a person reads the time. ``door``
    is the way to the platform that it was sealed for. ``filled`` is what the fields of its text
    come to; without any, its text is what everybody gets. ``quiet`` is its writer's wish to send
    it in quiet time all the same, which an approver has to allow. ``go_at`` is when a person last
    said go: the last approval it needed, a release, or a part sent again. ``wanted_at`` is when
    somebody last asked how it stands.
    """

    id: CampaignId
    version: int = 1
    name: str
    channel: ChannelId
    requester: UserId
    text: str
    send_at: datetime | None
    zone: str
    account: str
    door: str = "http"
    quiet: bool = False
    digest: Digest
    state: State = State.WAITING
    created_at: datetime
    expires_at: datetime
    edited_at: datetime | None = None
    reminded_at: datetime | None = None
    approvals: tuple[Approval, ...] = ()
    closed_by: UserId | None = None
    closed_at: datetime | None = None
    close_reason: str = ""
    go_at: datetime | None = None
    launched_at: datetime | None = None
    finished_at: datetime | None = None
    hold: Hold | None = None
    release_request: ReleaseRequest | None = None
    wanted_at: datetime | None = None
    reconciled_at: datetime | None = None
    card: MessageTs | None = None
    answer: Answer | None = None
    trial: Trial | None = None
    filled: Filled | None = None

    @property
    def text_as_typed(self) -> str:
        """Its text as somebody would type it, who means no field where none was filled."""
        return spell_out(self.text) if self.filled is None else self.text

    @property
    def home(self) -> CampaignId:
        """The campaign in whose thread its story is told: another's for an answer or a test."""
        if self.trial is not None:
            return self.trial.of
        return self.id if self.answer is None else self.answer.thread

    @property
    def is_listed(self) -> bool:
        """Whether it is one of its channel's campaigns: an answer and a test are in a thread."""
        return self.home == self.id

    def to(self, state: State) -> "Campaign":
        """Move along the table; anything else is a mistake of ours and raises."""
        if state not in TRANSITIONS[self.state]:
            message = f"campaign {self.id}: {self.state} can't become {state}"
            raise ImpossibleMoveError(message)
        return replace(self, state=state)

    def is_late(self, now: datetime) -> bool:
        """Whether its chosen time has come; what has not gone by then never goes by itself."""
        return self.send_at is not None and self.send_at <= now

    def was_held_past_its_time(self, now: datetime) -> bool:
        """Whether its time came while it was on hold; what was under way by then is not late."""
        if self.hold is None or self.send_at is None:
            return False
        return self.hold.at < self.send_at <= now


def remind_at(campaign: Campaign) -> datetime:
    """When to remind the approvers, once: an hour before it expires, or a quarter of its time."""
    written = campaign.edited_at or campaign.created_at
    left = (campaign.expires_at - written) / 4
    return campaign.expires_at - min(REMINDER, left)


def expiry(created_at: datetime, send_at: datetime | None, *, hours: int) -> datetime:
    """Until when an approval counts: so many hours, and never past the scheduled time."""
    end = created_at + timedelta(hours=hours)
    return end if send_at is None else min(end, send_at)
