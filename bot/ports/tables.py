"""What the services need to keep of campaigns: the campaigns, their recipients, their parts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.campaign import Campaign, State
from bot.domain.changes import Changes
from bot.domain.filling import Filling
from bot.domain.ids import CampaignId, ChannelId, GatewayId, MessageTs, Number, PartId, UserId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import EarlierRequest, Part, PartState
from bot.domain.polling import Askable
from bot.domain.replies import DeliveryNews, Finals
from bot.domain.standing import Counts


class Campaigns(Protocol):
    """The campaigns' table."""

    def next_id(self) -> CampaignId:
        """The number the next campaign gets; numbers are never used again."""
        ...

    def add(
        self, campaign: Campaign, numbers: Sequence[Number], left_out: Sequence[LeftOut]
    ) -> None:
        """Store a new campaign with its recipients (all ``queued``) and who was left out."""
        ...

    def get(self, campaign: CampaignId) -> Campaign:
        """Read one; raises ``NoSuchCampaign``."""
        ...

    def save(self, campaign: Campaign) -> None:
        """Write one back, its approvals too."""
        ...

    def rewrite(
        self, campaign: CampaignId, numbers: Sequence[Number], left_out: Sequence[LeftOut]
    ) -> tuple[int, int]:
        """Replace the list of a campaign that has no parts yet; how many were added, and removed.

        Once there are parts, its people may have it: then it raises ``ImpossibleMoveError``.
        """
        ...

    def note_changes(self, campaign: CampaignId, changes: Changes) -> None:
        """Keep how a version differs from the one before."""
        ...

    def changes(self, campaign: CampaignId, version: int) -> Changes | None:
        """How this version differs from the one before; ``None`` for the first."""
        ...

    def to_reconcile(self) -> tuple[Campaign, ...]:
        """Those handed over whose figures may not add up yet, oldest first."""
        ...

    def answers(self, reply: int) -> tuple[Campaign, ...]:
        """The campaigns that answer a reply, oldest first."""
        ...

    def trials(self, campaign: CampaignId, version: int) -> tuple[Campaign, ...]:
        """The tests of one version, oldest first."""
        ...

    def trials_by(self, user: UserId, *, since: datetime) -> tuple[Campaign, ...]:
        """The tests that somebody asked for since then, of whichever campaigns, oldest first."""
        ...

    def of_form(self, form: str) -> Campaign | None:
        """The answer or test that was asked for in this form."""
        ...

    def in_states(
        self, states: Iterable[State], *, channel: ChannelId | None = None
    ) -> tuple[Campaign, ...]:
        """Those in any of these states, oldest first."""
        ...

    def since(self, states: Iterable[State], *, at: datetime) -> tuple[Campaign, ...]:
        """Those in any of these states that were written, launched or planned for then or later.

        Not the answers and tests in other campaigns' threads; oldest first.
        """
        ...

    def in_channel(self, channel: ChannelId, *, limit: int) -> tuple[Campaign, ...]:
        """A channel's newest campaigns, newest first; not the answers and tests in threads."""
        ...


class Recipients(Protocol):
    """The recipients' table: one row a person of a campaign."""

    def numbers(self, campaign: CampaignId) -> tuple[Number, ...]:
        """Everyone it was approved for, in the order given, opted out or not."""
        ...

    def of_part(self, part: PartId) -> tuple[Number, ...]:
        """The numbers a part carries, in the order given."""
        ...

    def without_it(self, campaign: CampaignId) -> tuple[Number, ...]:
        """Everyone who certainly hasn't got it and won't: never sent, refused, or held."""
        ...

    def sealed_in(self, part: PartId) -> tuple[Number, ...]:
        """Everyone a part was made for, opted out since or not."""
        ...

    def ten_digits(self, campaign: CampaignId) -> int:
        """How many of its mobiles have ten digits, and may lack their ninth."""
        ...

    def add_ninth_digit(self, campaign: CampaignId) -> int:
        """Write those as they are dialled today; how many. Everybody stays who they are.

        Once there are parts, it raises ``ImpossibleMoveError``: its people may have it.
        """
        ...

    def suppress(self, campaign: CampaignId, numbers: Iterable[Number]) -> None:
        """Mark these as left out at the moment of sending."""
        ...

    def mark_sent(self, part: PartId) -> None:
        """Move a part's queued people to ``sent``; later news stays."""
        ...

    def apply(self, part: PartId, news: Sequence[DeliveryNews]) -> int:
        """Apply delivery news by ``receipts.advance``; returns how many rows changed.

        A number is matched in either form, with or without the ninth digit
        (``numbers.same_person_key``); one that isn't the part's is passed over.
        """
        ...

    def find(self, part: PartId, number: Number) -> Number | None:
        """The part's own spelling of this number, or ``None`` when it isn't one of its people."""
        ...

    def counts(self, campaign: CampaignId) -> Counts:
        """How many have which status: always counted from the rows."""
        ...

    def shared(self, campaign: CampaignId, other: CampaignId) -> int:
        """How many people of one campaign get the other as well, may get it, or may have got it.

        Not whom either left out when it was sent, nor whose part of the other never went.
        """
        ...

    def waiting_in(self, part: PartId) -> int:
        """How many of a part have no final status yet."""
        ...

    def anyone_waits(self, campaign: CampaignId) -> bool:
        """Whether anyone in its accepted parts has no final status yet; quick, for each receipt."""
        ...

    def finals(self, campaign: CampaignId) -> Finals:
        """How many of its accepted parts' people are final by whose word, and how many aren't."""
        ...

    def left_out(self, campaign: CampaignId) -> Mapping[Fault, int]:
        """How many were left out when it was written, by reason."""
        ...

    def left_out_examples(self, campaign: CampaignId, *, limit: int) -> tuple[LeftOut, ...]:
        """The first few of them, to name."""
        ...

    def left_out_of(self, campaign: CampaignId) -> tuple[LeftOut, ...]:
        """All of them, as its list goes."""
        ...


class OwnNumbers(Protocol):
    """The numbers of people who write campaigns: where the tests they ask for go."""

    def of(self, user: UserId) -> Number | None:
        """Somebody's own number, where they gave it."""
        ...

    def keep(self, user: UserId, number: Number) -> None:
        """Keep it, in place of the one before."""
        ...

    def forget(self, user: UserId) -> bool:
        """Forget it; whether there was one."""
        ...


class Fields(Protocol):
    """What the fields of a campaign's text are filled with; nothing for a text without any."""

    def keep(self, campaign: CampaignId, filling: Filling | None) -> None:
        """Keep the values of its people in place of those before; with ``None``, no more."""
        ...

    def values(self, campaign: CampaignId) -> Mapping[Number, Sequence[str]]:
        """Each person's values, in the order of the campaign's fields."""
        ...

    def segments(self, campaign: CampaignId) -> Mapping[int, int]:
        """How many people's text takes how many segments; who was suppressed isn't counted."""
        ...


class Parts(Protocol):
    """The parts' table."""

    def add(self, parts: Sequence[tuple[Part, Sequence[Number]]]) -> None:
        """Store new parts, whatever their ids say, each with the recipients that it carries."""
        ...

    def states(self, campaign: CampaignId) -> frozenset[PartState]:
        """Which states its parts are in."""
        ...

    def get(self, part: PartId) -> Part:
        """Read one; ``KeyError`` when there is none: ids come from our own tables."""
        ...

    def save(self, part: Part) -> None:
        """Write one back."""
        ...

    def of(self, campaign: CampaignId) -> tuple[Part, ...]:
        """A campaign's parts, in order."""
        ...

    def by_key(self, key: str) -> Part | None:
        """Whose call-back address this is, or was before it was sent again."""
        ...

    def by_gateway_id(self, gateway_id: GatewayId, *, account: str) -> Part | None:
        """Whose platform number this is, or is said to be, under this account."""
        ...

    def unknown(self, *, account: str) -> tuple[Part, ...]:
        """Those of unknown fate under this account."""
        ...

    def departed(self, *, account: str, after: datetime, until: datetime) -> tuple[Part, ...]:
        """Those of this account of which a request left, or may have, in this span of time.

        Of one sent again only the newest request's time is kept, so it is taken to have left
        whenever its campaign was under way.
        """
        ...

    def retire_key(self, part: PartId, key: str) -> None:
        """Keep listening to the address of a request that is sent again under another."""
        ...

    def swap_key(self, part: PartId, *, earlier: str, newest: str) -> None:
        """Take an earlier request's address for the part's own; the newest is listened to still."""
        ...

    def earlier(self, part: PartId) -> tuple[EarlierRequest, ...]:
        """The requests of this part that were sent again."""
        ...

    def hear_earlier(self, key: str, gateway_id: GatewayId | None, *, at: datetime) -> None:
        """Write down that an earlier request did go; the first word stays."""
        ...

    def save_notice(self, part: PartId, resent: int, ts: MessageTs) -> None:
        """Keep which message tells of this try's unknown fate."""
        ...

    def forget_notice(self, part: PartId, resent: int) -> None:
        """Forget it: somebody deleted the message."""
        ...

    def next_ready(self, now: datetime) -> Part | None:
        """The next to submit: ready, its pause over, its campaign ``sending`` and not held.

        Not one with a call-back that nobody has read yet: it may prove that it went.
        """
        ...

    def last_departure(self) -> datetime | None:
        """When the newest request left, for any campaign."""
        ...

    def in_flight(self) -> tuple[Part, ...]:
        """Those whose request may be under way."""
        ...

    def for_brake(self, now: datetime, *, account: str) -> tuple[Part, ...]:
        """Those whose hold (``asked``) or release (``releasing``) the platform hasn't confirmed.

        Accepted under this account, with a platform number, their pause over; holds first,
        oldest first.
        """
        ...

    def askable(self, now: datetime, *, account: str) -> tuple[Askable, ...]:
        """Parts that asking may tell something about, under this account.

        Accepted ones with people without a final status, whose time has come; and those of
        unknown fate that a person vouched for. Their campaign is ``sending`` or ``sent``.
        """
        ...
