"""What the services need to keep of what comes in and goes out, and of what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.credit import Balance, BalanceTrouble
from bot.domain.flood import Crowd
from bot.domain.ids import CampaignId, MessageTs, Number, PartId
from bot.domain.news import Letter, News
from bot.domain.optouts import OptOut
from bot.domain.reconciling import Disagreement
from bot.domain.replies import (
    AuditEntry,
    Delivery,
    InboxState,
    Reply,
    SetAside,
    StoredDelivery,
    Tally,
)


class Inbox(Protocol):
    """Call-backs as they came in."""

    def add(self, part: PartId, delivery: Delivery) -> int:
        """Keep the bytes."""
        ...

    def add_all(self, deliveries: Sequence[tuple[PartId, Delivery]]) -> None:
        """Keep the bytes of many, in their order."""
        ...

    def pending(self, *, limit: int) -> tuple[StoredDelivery, ...]:
        """Those not looked at yet, oldest first."""
        ...

    def settle(self, delivery: int, state: InboxState, note: str = "") -> None:
        """Write down what became of one."""
        ...

    def counts(self) -> Mapping[InboxState, int]:
        """How many there are of each."""
        ...

    def count(self, state: InboxState) -> int:
        """How many there are of one: quick where there are few, whatever lies beside them."""
        ...

    def set_aside(self, *, limit: int) -> tuple[SetAside, ...]:
        """The newest that couldn't be read whole or matched, oldest of them first."""
        ...

    def read_again(self) -> int:
        """Put all of those back among the ones that nobody has looked at; how many."""
        ...


class Replies(Protocol):
    """What recipients wrote back."""

    def add(self, reply: Reply, *, fingerprint: str) -> int | None:
        """Keep a reply and return its id; ``None`` when this very record is here already."""
        ...

    def get(self, reply: int) -> Reply:
        """Read one; ``KeyError`` when there is none."""
        ...

    def mark_opt_out(self, reply: int) -> None:
        """Write down that it did ask for no more: a person has read it so."""
        ...

    def counts(self, campaign: CampaignId) -> tuple[int, int]:
        """How many replies a campaign has, and how many of them opt out."""
        ...

    def tally(self, campaign: CampaignId, *, limit: int) -> Tally:
        """What a campaign's replies come to, with so many of the commonest answers."""
        ...


class Outbox(Protocol):
    """News that Slack hasn't got yet."""

    def add(self, news: News) -> None:
        """Queue news; a change of a card or summary joins one of its campaign that waits."""
        ...

    def due(self, now: datetime, *, limit: int) -> tuple[Letter, ...]:
        """What may be told now, oldest first: of each campaign the first in each lane.

        Thread messages wait for their campaign's card: they need the thread.
        """
        ...

    def next_due(self) -> datetime | None:
        """When the earliest postponed letter may go; ``None`` when nothing waits."""
        ...

    def crowd(self, campaign: CampaignId) -> Crowd | None:
        """The replies of a thread that wait to be told; ``None`` where none does."""
        ...

    def replies(self, campaign: CampaignId, *, limit: int) -> tuple[tuple[int, Reply], ...]:
        """The first so many of them, oldest first, each with its letter."""
        ...

    def letters_in(self, post: str) -> tuple[int, ...]:
        """The letters that were put in one message, and aren't settled."""
        ...

    def take(self, letters: Sequence[int], *, at: datetime, post: str | None = None) -> None:
        """Mark letters as being told, so that nothing joins them any more.

        With ``post`` they become a new message with that key: until Slack's answer is written
        down, nobody knows whether it took it.
        """
        ...

    def recover(self) -> int:
        """Queue again, at start, what was being told when the program ended; how many."""
        ...

    def told(self, letters: Sequence[int], *, at: datetime, ts: MessageTs | None) -> None:
        """Slack has them."""
        ...

    def postpone(
        self, letters: Sequence[int], *, until: datetime, reason: str, may_be_there: bool = False
    ) -> None:
        """Try again later; counts the attempt.

        ``may_be_there`` where nobody knows whether Slack took the message.
        """
        ...

    def not_there(self, post: str) -> None:
        """Slack hasn't got that message: its letters may be told again."""
        ...

    def give_up(self, letters: Sequence[int], *, at: datetime, reason: str) -> None:
        """They can't be told, ever; keep them and why."""
        ...

    def give_up_thread(self, campaign: CampaignId, *, at: datetime, reason: str) -> int:
        """Give up all that waits for a thread that can't be; how many."""
        ...

    def has_said(self, campaign: CampaignId, reason: str) -> bool:
        """Whether the requester was told, or will be, that something can't be for this reason."""
        ...

    def has_summary(self, campaign: CampaignId) -> bool:
        """Whether a message sums up its replies, or is about to."""
        ...

    def save_summary(self, campaign: CampaignId, ts: MessageTs | None) -> None:
        """Keep which message does; ``None`` when somebody deleted it."""
        ...

    def waiting(self) -> int:
        """How many letters wait."""
        ...


class OptOuts(Protocol):
    """People who asked for no more."""

    def add(
        self,
        number: Number,
        *,
        at: datetime,
        campaign: CampaignId | None,
        word: str,
        by: str = "",
    ) -> bool:
        """Put a number on the list; whether it is new there."""
        ...

    def add_all(self, numbers: Sequence[Number], *, at: datetime, by: str) -> int:
        """Put many on the list at once; how many are new there."""
        ...

    def remove(self, numbers: Sequence[Number]) -> int:
        """Take these off the list, in either form; how many were there."""
        ...

    def count(self) -> int:
        """How many people are on it."""
        ...

    def newest(self, *, limit: int) -> tuple[OptOut, ...]:
        """Those who came last, newest first."""
        ...

    def page(self, after: Number | None, *, limit: int) -> tuple[OptOut, ...]:
        """The next so many after a number, in the order of numbers; ``None`` begins."""
        ...

    def among(self, numbers: Iterable[Number]) -> frozenset[Number]:
        """Which of these are on it, in either form of the number."""
        ...


class Asks(Protocol):
    """When the platform was last asked what, so that its minute outlives a restart."""

    def last(self, what: str) -> datetime | None:
        """When this was last asked."""
        ...

    def note(self, what: str, at: datetime) -> None:
        """Write down that it is asked now, before it is."""
        ...

    def balance(self, account: str) -> Balance | None:
        """The newest credit known; by its time, whenever it was written down."""
        ...

    def balance_before(self, account: str, at: datetime) -> Balance | None:
        """The last credit told before a moment."""
        ...

    def balance_after(self, account: str, at: datetime) -> Balance | None:
        """The first credit told after a moment."""
        ...

    def save_balance(self, account: str, balance: Balance) -> None:
        """Keep a credit that was told; it ends a trouble that isn't newer than it."""
        ...

    def note_disagreement(self, campaign: CampaignId, kind: Disagreement, *, at: datetime) -> bool:
        """Write down that something doesn't add up; whether that is new."""
        ...

    def trouble(self, account: str) -> BalanceTrouble | None:
        """Why no credit is told now; ``None`` when it was told, or never asked for."""
        ...

    def save_trouble(self, account: str, reason: str, at: datetime) -> None:
        """Keep why the newest question brought no credit; an empty reason is no answer."""
        ...


class Audit(Protocol):
    """What was decided; append-only."""

    def add(self, entry: AuditEntry) -> None:
        """Put it on record."""
        ...

    def of(self, campaign: CampaignId) -> tuple[AuditEntry, ...]:
        """A campaign's record, oldest first."""
        ...
