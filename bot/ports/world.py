"""What the services need of the world: a clock, the platform, and who is who in Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.ids import ChannelId, GatewayId, GroupId, Number, UserId
from bot.domain.people import Person
from bot.domain.receipts import Receipt
from bot.domain.sheets import FileList


class Clock(Protocol):
    """The time, handed in so that rules can be tested at any moment."""

    def now(self) -> datetime:
        """Tell the time, aware and in UTC."""
        ...

    def steady(self) -> float:
        """Tell seconds on a clock that nobody sets; only their differences mean anything."""
        ...


class StatusRow(Protocol):
    """One message's row of ``getstatus``."""

    @property
    def number(self) -> Number | None:
        """Whose phone; ``None`` when it can't be read."""
        ...

    @property
    def word(self) -> str:
        """The platform's own status word."""
        ...

    @property
    def receipt(self) -> Receipt:
        """What the word means, as far as it is known."""
        ...

    @property
    def carrier(self) -> str:
        """The phone company."""
        ...

    @property
    def queued_at(self) -> datetime | None:
        """When the platform took it in, aware."""
        ...

    @property
    def delivered_at(self) -> datetime | None:
        """When the phone got it, aware."""
        ...

    @property
    def text(self) -> str:
        """The message, as the platform has it."""
        ...


class Gateway(Protocol):
    """The SMS platform, behind whichever of its doors.

    Every method raises only ``GatewayError``: ``GatewayUnavailable`` when nothing happened,
    ``GatewayRejected`` when it said no, and ``send`` alone ``OutcomeUnknown``.
    """

    @property
    def account(self) -> str:
        """A fingerprint of the account, safe to store and to seal into a digest."""
        ...

    def choose(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> str:
        """Say by which of the platform's doors, such as ``http``, a campaign goes; pure.

        An approval is sealed for it: doors share numbers out and write texts in their own ways,
        so what was approved for one doesn't go by another.
        """
        ...

    def has(self, door: str) -> bool:
        """Whether campaigns may go by this door, as the settings are now."""
        ...

    def hears(self, door: str) -> bool:
        """Whether call-backs come for what goes by this door, as far as is known."""
        ...

    def split(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> list[tuple[Number, ...]]:
        """Share numbers out over as few requests as a door takes; pure.

        Raises ``ValueError`` when the text leaves no room for even one number.
        """
        ...

    async def send(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> GatewayId:
        """Submit one part by its door, at most once, and return the platform's campaign id."""
        ...

    async def status(self, gateway_id: GatewayId) -> Sequence[StatusRow]:
        """Ask how each message of one campaign fares (once a minute, says the manual)."""
        ...

    async def balance(self) -> Decimal:
        """Ask for the credit left (once a minute, says the manual)."""
        ...

    async def hold(self, gateway_id: GatewayId) -> None:
        """Hold a campaign; safe to repeat."""
        ...

    async def release(self, gateway_id: GatewayId) -> None:
        """Let a held campaign go; safe to repeat."""
        ...


class Record(Protocol):
    """One record of a call-back, read but not yet matched."""

    @property
    def gateway_id(self) -> GatewayId | None:
        """The platform's campaign id."""
        ...

    @property
    def raw_number(self) -> str:
        """The mobile as written."""
        ...

    @property
    def number(self) -> Number | None:
        """The mobile, cleaned; ``None`` when it isn't one."""
        ...

    @property
    def text(self) -> str:
        """The SMS that came back; empty for a mere delivery status."""
        ...

    @property
    def at(self) -> datetime | None:
        """The platform's time, aware."""
        ...

    @property
    def word(self) -> str:
        """The delivery status as written."""
        ...

    @property
    def receipt(self) -> Receipt:
        """What the word means."""
        ...


class Reading(Protocol):
    """What a call-back's bytes say."""

    @property
    def records(self) -> Sequence[Record]:
        """Every record that could be read."""
        ...

    @property
    def unreadable(self) -> Sequence[str]:
        """What couldn't, kept to be shown."""
        ...


class CallbackReader(Protocol):
    """Reads the platform's call-backs; never raises, whatever the bytes."""

    def __call__(self, *, query: bytes, content_type: str, body: bytes, zone: ZoneInfo) -> Reading:
        """Read every record in a call-back."""
        ...


class Directory(Protocol):
    """People, groups and channels, as Slack knows them. Raises ``SlackAway`` when it can't say."""

    async def person(self, user: UserId) -> Person:
        """Look somebody up."""
        ...

    async def group_members(self, group: GroupId) -> frozenset[UserId]:
        """Tell who is in a user group."""
        ...

    async def channel_members(self, channel: ChannelId) -> frozenset[UserId]:
        """Tell who is in a channel."""
        ...

    async def bot_is_in(self, channel: ChannelId) -> bool:
        """Whether Torpedo can post there."""
        ...


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that somebody gave us in Slack: what Slack says of it, and where it lies."""

    id: str
    name: str
    size: int
    url: str


class FileSource(Protocol):
    """Where shared files are fetched from."""

    async def fetch(self, file: SharedFile, *, most_bytes: int) -> bytes:
        """Fetch one; raises ``FileNotGiven``, or ``FileTooLarge`` as soon as it is seen to be."""
        ...


class FileReader(Protocol):
    """Reads lists of people; takes a moment, so it is called in a thread."""

    def __call__(self, content: bytes) -> FileList:
        """Read one; raises ``file_refusals`` only, whatever the bytes."""
        ...
