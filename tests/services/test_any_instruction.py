"""Our own crash at any instruction: whatever was under way, nobody gets anything twice."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, Refusal
from bot.domain.ids import CampaignId, GatewayId, Number, PartId
from bot.domain.news import NewsKind
from bot.domain.parts import Part, PartState
from bot.domain.unknown import LEFT
from bot.ports import Store, Transaction
from tests.builders import ANA, BIA, CAIO, MINUTE, ONE, THREE, TWO
from tests.fakes import Asked, FakeGateway, PowerCutError, Row
from tests.services.desk import Desk, record_of

T = TypeVar("T")
AWAY, NO, LOST = GatewayUnavailable(), GatewayRejected("ERRO"), OutcomeUnknown("time-out")


@dataclass
class Fuse:
    """Counts what the program does with the world, and cuts the power at one of those moments."""

    blows_at: int
    passed: int = 0
    place: str = ""

    def burn(self, place: str) -> None:
        """Pass one more moment, or die there."""
        self.passed += 1
        if self.passed == self.blows_at:
            self.place = place
            raise PowerCutError


class FusedStore:
    """A store that may lose power before it begins, or when all is on disk but nobody knows."""

    def __init__(self, real: Store, fuse: Fuse) -> None:
        self._real = real
        self._fuse = fuse

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write, between two moments at which the power may go."""
        self._fuse.burn("before a write")
        written = await self._real.write(work)
        self._fuse.burn("after a write")
        return written

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Read: it changes nothing, so to die here is to die before what comes next."""
        return await self._real.read(work)

    def part_of(self, key: str) -> PartId | None:
        """Know the addresses, which are in memory."""
        return self._real.part_of(key)

    async def ping(self) -> None:
        """Nothing happens, so nothing is cut."""
        await self._real.ping()


@dataclass
class FusedGateway(FakeGateway):
    """A platform that may not be asked any more, or acts and can't tell anybody."""

    fuse: Fuse = field(default_factory=lambda: Fuse(0))

    async def send(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> GatewayId:
        """Take a request, between two moments at which the power may go."""
        self.fuse.burn("before a request")
        try:
            return await super().send(
                text, numbers, callback_url=callback_url, send_at=send_at, door=door
            )
        finally:
            self.fuse.burn("after a request")

    async def status(self, gateway_id: GatewayId) -> Sequence[Row]:
        """Report, between two moments at which the power may go."""
        self.fuse.burn("before getstatus")
        rows = await super().status(gateway_id)
        self.fuse.burn("after getstatus")
        return rows

    async def hold(self, gateway_id: GatewayId) -> None:
        """Hold, between two moments at which the power may go."""
        self.fuse.burn("before holding")
        await super().hold(gateway_id)
        self.fuse.burn("after holding")

    async def release(self, gateway_id: GatewayId) -> None:
        """Let go, between two moments at which the power may go."""
        self.fuse.burn("before letting go")
        await super().release(gateway_id)
        self.fuse.burn("after letting go")


class Service(Protocol):
    """Any service: it has a store."""

    _store: Store


class FusedDesk(Desk):
    """A desk whose services sit behind a fuse; who only looks on doesn't."""

    def __init__(self, path: Path, fuse: Fuse) -> None:
        self.fuse = fuse
        super().__init__(path)
        self.gateway = FusedGateway(room=1, fuse=fuse)

    def _sit_down(self) -> None:
        super()._sit_down()
        services: tuple[Service, ...] = (
            self.drafting,
            self.approving,
            self.sending,
            self.sending._launching,
            self.braking,
            self.tracking,
            self.reconciling,
            self.resolving,
            self.replying,
        )
        for service in services:
            service._store = FusedStore(self.store, self.fuse)


Step = Callable[["Telling"], Awaitable[object]]


class Telling:
    """One telling of a story: its steps, each once more where the power went in the middle."""

    def __init__(self, desk: FusedDesk) -> None:
        self.desk = desk
        self.tries = 0

    async def tell(self, story: Sequence[Step]) -> None:
        """Live through it; whoever had no answer tries again, and is refused if it was taken."""
        for step in story:
            try:
                with suppress(Refusal):
                    await step(self)
            except PowerCutError:
                await self.start_again()
                with suppress(Refusal):
                    await step(self)

    async def start_again(self) -> None:
        """Start the program once more."""
        await self.desk.restart()

    async def campaign(self) -> Campaign:
        """The one campaign of the story."""
        (campaign,) = await self.desk.store.read(lambda tx: tx.campaigns.in_states(State))
        return campaign

    async def parts(self) -> tuple[Part, ...]:
        """Its parts as they are now."""
        return await self.desk.parts((await self.campaign()).id)

    async def unknown(self) -> Part:
        """The first part of unknown fate; a refusal if there is none any more."""
        for part in await self.parts():
            if part.state is PartState.UNKNOWN:
                return part
        raise Refusal


async def write(story: Telling) -> None:
    """Ana writes to three people, once."""
    if not await story.desk.store.read(lambda tx: tx.campaigns.in_states(State)):
        await story.desk.create(numbers=f"{ONE},{TWO},{THREE}")


async def approve(story: Telling) -> None:
    """Bia approves."""
    await story.desk.approve(await story.campaign(), by=BIA)


async def work(story: Telling) -> None:
    """The errands run."""
    await story.desk.sending.run()
    await story.desk.braking.run()


async def wait(story: Telling) -> None:
    """A minute passes, and what was too early is tried again."""
    story.desk.clock.advance(MINUTE)
    await work(story)


async def call_back(story: Telling) -> None:
    """The platform tells of everything that it took."""
    for asked in list(story.desk.gateway.sent):
        if acted(asked):
            await story.desk.call_back(asked.key, record_of(asked.numbers[0], word="SUCESSO"))


async def hold(story: Telling) -> None:
    """Caio pulls the brake."""
    await story.desk.braking.hold((await story.campaign()).id, by=CAIO)


async def release(story: Telling) -> None:
    """Bia lets it go."""
    await story.desk.braking.release((await story.campaign()).id, by=BIA)


async def again(story: Telling) -> None:
    """Bia has it sent once more."""
    part = await story.unknown()
    await story.desk.resolving.again(part.campaign, part.id, by=BIA, resent=part.resent)


async def leave(story: Telling) -> None:
    """Ana leaves it as it is."""
    part = await story.unknown()
    await story.desk.resolving.leave(part.campaign, part.id, by=ANA, resent=part.resent)


async def went(story: Telling) -> None:
    """Ana says that it went, and under which number; the platform's list bears her out."""
    part, told = await story.unknown(), GatewayId(8000)
    (number,) = await story.desk.people(part)
    if not any(number in asked.numbers and acted(asked) for asked in story.desk.gateway.sent):
        raise Refusal  # she finds nothing of it on the platform's own page
    story.desk.gateway.rows[told] = [Row(number, "SUCESSO")]
    await story.desk.resolving.went(part.campaign, part.id, told, by=ANA, resent=part.resent)


async def ask(story: Telling) -> None:
    """A minute passes, and the platform is asked."""
    story.desk.clock.advance(2 * MINUTE)
    await story.desk.tracking.poll_status()


def acted(asked: Asked) -> bool:
    """Whether the platform took a request, whatever the program came to know."""
    return asked.ending is None or asked.ending is LOST


STORIES: dict[str, tuple[Sequence[BaseException | None], Sequence[Step]]] = {
    "one waits, one is refused": ((None, AWAY, NO), (write, approve, work, wait, call_back)),
    "held on its way": (
        (None, AWAY),
        (write, approve, work, hold, wait, release, wait, wait, call_back),
    ),
    "sent again": ((LOST, None, AWAY), (write, approve, work, again, wait, wait, call_back)),
    "sent again, and both went": ((LOST,), (write, approve, work, again, call_back, wait)),
    "settled by people": ((LOST, LOST), (write, approve, work, went, ask, leave, call_back)),
}
"""How requests end, and what is done."""


@pytest.mark.parametrize("name", STORIES)
async def test_a_crash_at_any_instruction_sends_nothing_twice(tmp_path: Path, name: str) -> None:
    """The power goes before or after each thing that is read, written, sent or asked.

    Then the program starts again, people do again what they had no answer to, and everything
    runs on: nobody has two requests that nobody asked for, nobody is lost without a word.
    """
    endings, story = STORIES[name]
    for moment in count(1):
        fuse = Fuse(moment)
        desk = FusedDesk(tmp_path / f"{moment}.db", fuse)
        desk.gateway.endings.extend(endings)
        await desk.open()
        try:
            telling = Telling(desk)
            await telling.tell(story)
            await telling.tell([wait, wait])
            await check_outcome(desk, (await telling.campaign()).id)
        except BaseException as error:
            error.add_note(f"The power went {fuse.place}, moment {moment}.")
            raise
        finally:
            await desk.close()
        if not fuse.place:
            break
    assert moment > 2 * len(story)


async def check_outcome(desk: FusedDesk, campaign: CampaignId) -> None:
    """Hold what the platform saw against what is on record."""
    parts = await desk.parts(campaign)
    people = [number for part in parts for number in await desk.people(part)]
    assert sorted(people) == sorted([ONE, TWO, THREE])
    for part in parts:
        (number,) = await desk.people(part)
        taken = [asked for asked in desk.gateway.sent if number in asked.numbers and acted(asked)]
        assert len(taken) <= 1 + part.resent
        assert part.resent <= desk.record(campaign).count((BIA, "part_again"))
        check_word(desk, part, taken)


def check_word(desk: FusedDesk, part: Part, taken: Sequence[Asked]) -> None:
    """Hold what the program believes of one part against what the platform has of it."""
    told = desk.story(part.campaign)
    match part.state:
        case PartState.ACCEPTED:
            assert taken
        case PartState.UNKNOWN:
            assert NewsKind.PART_UNKNOWN in told
        case PartState.REFUSED:
            assert not taken
            assert NewsKind.PART_REFUSED in told
        case PartState.DROPPED:
            assert part.reason == LEFT
            assert NewsKind.PART_LEFT in told
        case _:
            pytest.fail(f"a part is left {part.state}")


async def test_a_crash_forgets_nothing_that_was_heard_of_an_earlier_request(desk: Desk) -> None:
    """It was sent again, the first proves to have gone, the power goes: nobody need be asked."""
    desk.gateway.endings.extend([LOST, PowerCutError()])
    campaign = await desk.submitted(numbers=ONE)
    part = await desk.part(campaign.id)
    await desk.resolving.again(campaign.id, part.id, by=BIA, resent=0)

    async def call_back() -> None:
        await desk.call_back(part.key, record_of(ONE))

    desk.gateway.meanwhile = call_back
    with pytest.raises(PowerCutError):
        await desk.sending.run()
    await desk.restart()
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED
    assert (await desk.part(campaign.id)).key == part.key
