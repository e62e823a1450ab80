"""What the services need to keep of campaigns: the campaigns, their recipients, their parts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId, ChannelId, Number, PartId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import Part
from bot.domain.replies import DeliveryNews
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

    def in_states(
        self, states: Iterable[State], *, channel: ChannelId | None = None
    ) -> tuple[Campaign, ...]:
        """Those in any of these states, oldest first."""
        ...

    def in_channel(self, channel: ChannelId, *, limit: int) -> tuple[Campaign, ...]:
        """A channel's newest campaigns, newest first."""
        ...


class Recipients(Protocol):
    """The recipients' table: one row a person of a campaign."""

    def numbers(self, campaign: CampaignId) -> tuple[Number, ...]:
        """Everyone it was approved for, in the order given, opted out or not."""
        ...

    def of_part(self, part: PartId) -> tuple[Number, ...]:
        """The numbers a part carries, in the order given."""
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

    def waiting_in(self, part: PartId) -> int:
        """How many of a part have no final status yet."""
        ...

    def left_out(self, campaign: CampaignId) -> Mapping[Fault, int]:
        """How many were left out when it was written, by reason."""
        ...

    def left_out_examples(self, campaign: CampaignId, *, limit: int) -> tuple[LeftOut, ...]:
        """The first few of them, to name."""
        ...


class Parts(Protocol):
    """The parts' table."""

    def add(
        self, campaign: CampaignId, *, position: int, key: str, numbers: Sequence[Number]
    ) -> Part:
        """Make a ready part and assign these recipients to it."""
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
        """Whose call-back address this is."""
        ...

    def next_ready(self, now: datetime) -> Part | None:
        """The next to submit: ready, its pause over, its campaign ``sending`` and not held."""
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

    def worth_asking(self, now: datetime, *, account: str) -> tuple[Part, ...]:
        """Parts accepted under this account, with people without a final status.

        Their campaign is ``sending`` or ``sent`` and its time has come; never asked first,
        then the one asked longest ago.
        """
        ...
