"""Stand-ins for the world outside: a clock that stands still, a platform, and Slack's people."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.domain.ids import ChannelId, GatewayId, GroupId, Number, UserId
from bot.domain.people import Person
from bot.domain.receipts import Receipt, read_receipt
from bot.domain.refusals import SlackAway
from tests.builders import ACCOUNT, ANA, BIA, CAIO, CHANNEL

FIRST_GATEWAY_ID = 7001


class FrozenClock:
    """A clock that moves only when a test moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._passed = timedelta()

    def now(self) -> datetime:
        """Tell the time that was set."""
        return self._now

    def steady(self) -> float:
        """Tell how many seconds have passed, whatever the clock was put to."""
        return self._passed.total_seconds()

    def advance(self, step: timedelta) -> None:
        """Let time pass; a negative step puts the clock back."""
        self._now += step
        self._passed += max(step, timedelta())

    def set(self, now: datetime) -> None:
        """Put it to a moment."""
        self._now = now.astimezone(UTC)


class PowerCutError(BaseException):
    """The program dies here: nothing after it runs, and nobody catches it."""


@dataclass(frozen=True)
class Row:
    """One row of the platform's status report."""

    number: Number | None
    word: str
    carrier: str = ""
    delivered_at: datetime | None = None
    text: str = ""
    queued_at: datetime | None = None

    @property
    def receipt(self) -> Receipt:
        """Read the word as the real door does."""
        return read_receipt(self.word)


@dataclass(frozen=True)
class Asked:
    """One ``sendsms`` that was asked for."""

    text: str
    numbers: tuple[Number, ...]
    callback_url: str
    send_at: datetime | None
    ending: BaseException | None

    @property
    def key(self) -> str:
        """The end of its call-back address."""
        return self.callback_url.rsplit("/", 1)[-1]


async def _nothing() -> None:
    return None


@dataclass
class FakeGateway:
    """A platform that does as it is told, and remembers everything it was asked.

    Each list of endings is used up in order: an error is raised, ``None`` is a yes, and an
    empty list means yes. ``meanwhile`` runs while a request is under way, before its ending.
    """

    account: str = ACCOUNT
    door: str = "http"
    """The door there is."""
    soap_beyond: int | None = None
    """From more people than these on they go by another one, where it is open."""
    is_deaf: bool = False
    """Whether nothing comes back of what goes by that door."""
    room: int = 100
    """How many numbers go in one request."""
    longest_number: int = 11
    """How many digits a number may have to fit beside a text."""
    endings: deque[BaseException | None] = field(default_factory=deque)
    brake_endings: deque[BaseException | None] = field(default_factory=deque)
    ask_endings: deque[BaseException | None] = field(default_factory=deque)
    meanwhile: Callable[[], Awaitable[None]] = _nothing
    rows: dict[GatewayId, Sequence[Row]] = field(default_factory=dict)
    credits: Decimal = Decimal(1000)
    sent: list[Asked] = field(default_factory=list)
    braked: list[tuple[str, GatewayId]] = field(default_factory=list)
    status_asked: list[GatewayId] = field(default_factory=list)
    balance_asked: int = 0
    next_id: int = FIRST_GATEWAY_ID

    def choose(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> str:
        """Say the door there is, or the other one for a long list."""
        _ = text, callback_url, send_at
        is_long = self.soap_beyond is not None and len(numbers) > self.soap_beyond
        return "soap" if is_long else self.door

    def has(self, door: str) -> bool:
        """Whether it is open."""
        return door == self.door or (door == "soap" and self.soap_beyond is not None)

    def hears(self, door: str) -> bool:
        """Whether something comes back of what goes by it."""
        return not (self.is_deaf and self.has(door))

    def split(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> list[tuple[Number, ...]]:
        """Share the numbers out, ``room`` in each part."""
        assert self.has(door)
        if any(len(number) > self.longest_number for number in numbers):
            message = f"no room beside {len(text)} letters, {callback_url} and {send_at}"
            raise ValueError(message)
        return [tuple(numbers[at : at + self.room]) for at in range(0, len(numbers), self.room)]

    async def send(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> GatewayId:
        """Take one request, and end it as the script says."""
        assert self.has(door)
        ending = self.endings.popleft() if self.endings else None
        self.sent.append(Asked(text, tuple(numbers), callback_url, send_at, ending))
        await self.meanwhile()
        if ending is not None:
            raise ending
        self.next_id += 1
        return GatewayId(self.next_id - 1)

    async def status(self, gateway_id: GatewayId) -> Sequence[Row]:
        """Report on one campaign."""
        self.status_asked.append(gateway_id)
        await self._end(self.ask_endings)
        return self.rows.get(gateway_id, ())

    async def balance(self) -> Decimal:
        """Tell the credit left."""
        self.balance_asked += 1
        await self._end(self.ask_endings)
        return self.credits

    async def hold(self, gateway_id: GatewayId) -> None:
        """Hold a campaign."""
        self.braked.append(("hold", gateway_id))
        await self._end(self.brake_endings)

    async def release(self, gateway_id: GatewayId) -> None:
        """Let a campaign go."""
        self.braked.append(("release", gateway_id))
        await self._end(self.brake_endings)

    async def _end(self, endings: deque[BaseException | None]) -> None:
        await self.meanwhile()
        ending = endings.popleft() if endings else None
        if ending is not None:
            raise ending


@dataclass
class FakeDirectory:
    """A workspace of three colleagues in one channel."""

    members: dict[ChannelId, set[UserId]] = field(
        default_factory=lambda: {CHANNEL: {ANA, BIA, CAIO}}
    )
    groups: dict[GroupId, Iterable[UserId]] = field(default_factory=dict)
    outsiders: set[UserId] = field(default_factory=set)
    joined: set[ChannelId] = field(default_factory=lambda: {CHANNEL})
    is_away: bool = False

    async def person(self, user: UserId) -> Person:
        """Look somebody up."""
        self._check()
        return Person(id=user, zone="America/Sao_Paulo", is_full_member=user not in self.outsiders)

    async def group_members(self, group: GroupId) -> frozenset[UserId]:
        """Tell who is in a group."""
        self._check()
        return frozenset(self.groups.get(group, ()))

    async def channel_members(self, channel: ChannelId) -> frozenset[UserId]:
        """Tell who is in a channel."""
        self._check()
        return frozenset(self.members.get(channel, ()))

    async def bot_is_in(self, channel: ChannelId) -> bool:
        """Whether Torpedo was invited."""
        self._check()
        return channel in self.joined

    def _check(self) -> None:
        if self.is_away:
            raise SlackAway
