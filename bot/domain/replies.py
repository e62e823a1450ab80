"""What comes back from phones: receipts and replies, and the post they came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CampaignId, Number, PartId
from bot.domain.receipts import Receipt


class InboxState(StrEnum):
    """What became of a call-back's bytes. None of them is ever dropped."""

    NEW = "new"
    APPLIED = "applied"
    UNREADABLE = "unreadable"
    UNMATCHED = "unmatched"

    @property
    def is_set_aside(self) -> bool:
        """Whether somebody should look at it, and a newer reader may make more of it."""
        return self in {InboxState.UNREADABLE, InboxState.UNMATCHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A call-back as it came in, before anybody reads it."""

    key: str
    method: str
    query: bytes
    content_type: str
    body: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDelivery:
    """A call-back that is committed; ``part`` is whose address it came to."""

    id: int
    part: PartId
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A call-back that somebody should look at: whose it was, and what became of it.

    ``position`` is its part's within the campaign, from 1; ``note`` is what was kept of why.
    """

    stored: StoredDelivery
    campaign: CampaignId
    position: int
    state: InboxState
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A text that a recipient sent back.

    ``at`` is when the platform got it, ``None`` where it didn't say. ``is_known`` tells
    whether the number is one of the campaign's own. With ``may_opt_out`` it may ask for no
    more, which a person decides.
    """

    id: int
    campaign: CampaignId
    part: PartId
    number: Number | None
    raw_number: str
    text: str
    at: datetime | None
    received_at: datetime
    opts_out: bool
    is_known: bool
    may_opt_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a campaign's replies come to.

    ``commonest`` has what several people answered, with how many did: the newest spelling of
    each, the commonest first, opt-outs aside.
    """

    replies: int
    opt_outs: int
    commonest: tuple[tuple[str, int], ...] = ()


class Source(StrEnum):
    """Who told a status."""

    CALL_BACK = "call_back"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNews:
    """One number's delivery status, from a call-back or from ``getstatus``."""

    number: Number
    receipt: Receipt
    word: str
    at: datetime | None
    carrier: str = ""
    source: Source = Source.CALL_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Finals:
    """How many people of a campaign's accepted parts are final by whose word, and how many not.

    ``disputed`` were told one end by a call-back and another by ``getstatus``.
    """

    called_back: int = 0
    asked: int = 0
    silent: int = 0
    disputed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Something that was decided: who, what, when, about which digest. Never changed."""

    at: datetime
    who: str
    what: str
    campaign: CampaignId | None = None
    version: int | None = None
    digest: str | None = None
    facts: Mapping[str, str | int | None] | None = None
