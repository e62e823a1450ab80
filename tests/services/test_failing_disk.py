"""A disk that fails between a request and its record: the outcome is kept, and nothing leaves."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, StorageError
from bot.domain.ids import PartId
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.ports import Store, Transaction
from bot.services.sending import Sending
from tests.builders import BIA, HOUR, ONE
from tests.services.desk import Desk, record_of

T = TypeVar("T")


class FullDisk:
    """A store that can be read, and written only while there is room."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_full = False
        self.keeps_and_fails = False
        self.broken: list[Exception] = []

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write, unless the disk is full; or write, and fail to say so."""
        if self.is_full:
            message = "disk full"
            raise StorageError(message)
        if self.broken:
            raise self.broken.pop()
        result = await self._store.write(work)
        if self.keeps_and_fails:
            message = "disk I/O error"
            raise StorageError(message)
        return result

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Read."""
        return await self._store.read(work)

    def part_of(self, key: str) -> PartId | None:
        """Know the addresses, which are in memory."""
        return self._store.part_of(key)

    async def ping(self) -> None:
        """Write something small."""
        await self._store.ping()


def _put_on(desk: Desk) -> FullDisk:
    """Let the desk send from a disk that can fail."""
    disk = FullDisk(desk.store)
    desk.sending = Sending(
        store=disk,
        clock=desk.clock,
        gateway=desk.gateway,
        policy=desk.policy,
        addresses=desk.addresses,
    )
    return disk


def _fail_under_way(desk: Desk, disk: FullDisk, *, keeps: bool = False) -> None:
    async def fail() -> None:
        disk.is_full, disk.keeps_and_fails = not keeps, keeps

    desk.gateway.meanwhile = fail


async def _repair(desk: Desk, disk: FullDisk) -> None:
    async def nothing() -> None:
        return None

    desk.gateway.meanwhile = nothing
    disk.is_full = disk.keeps_and_fails = False


OUTCOMES = [
    (None, PartState.ACCEPTED),
    (GatewayRejected("ERRO"), PartState.REFUSED),
    (OutcomeUnknown("time-out"), PartState.UNKNOWN),
    (GatewayUnavailable(), PartState.READY),
]


@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize(("ending", "state"), OUTCOMES)
async def test_what_the_platform_said_is_written_when_the_disk_is_back(
    desk: Desk, ending: Exception | None, state: PartState, *, keeps: bool
) -> None:
    """As often as it takes, and the same whether or not the failed write was kept after all."""
    disk = _put_on(desk)
    campaign = await desk.approved()
    _fail_under_way(desk, disk, keeps=keeps)
    desk.gateway.endings.append(ending)
    for _ in range(3):
        with pytest.raises(StorageError):
            await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    await _repair(desk, disk)
    await desk.sending.run()
    part = await desk.part(campaign.id)
    assert (part.state, part.attempts) == (state, 1)
    assert len(desk.gateway.sent) == 1
    kinds = desk.story(campaign.id)
    assert len(kinds) == len(set(kinds))


async def test_it_is_written_before_anything_else_leaves(desk: Desk) -> None:
    """The parts behind it wait for the disk, and then go in order."""
    disk = _put_on(desk)
    desk.gateway.room = 1
    campaign = await desk.approved()
    _fail_under_way(desk, disk)
    with pytest.raises(StorageError):
        await desk.sending.run()
    await _repair(desk, disk)

    async def look() -> None:
        first, _ = await desk.parts(campaign.id)
        assert (first.state, first.gateway_id) == (PartState.ACCEPTED, 7001)

    desk.gateway.meanwhile = look
    await desk.sending.run()
    assert len(desk.gateway.sent) == 2
    assert (await desk.campaign(campaign.id)).state is State.SENT


async def test_what_was_in_hand_when_the_program_ended_is_unknown(desk: Desk) -> None:
    """Nobody else knows what the platform had said."""
    disk = _put_on(desk)
    campaign = await desk.approved()
    _fail_under_way(desk, disk)
    with pytest.raises(StorageError):
        await desk.sending.run()
    await desk.restart()
    await _repair(desk, disk)
    await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.UNKNOWN
    assert len(desk.gateway.sent) == 1


async def _settled_by_call_back(desk: Desk, campaign: Campaign) -> None:
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, record_of(ONE, gateway_id=55, word="aguardando envio"))


async def test_a_call_back_that_comes_meanwhile_is_better_than_what_was_lost(desk: Desk) -> None:
    """What is written late doesn't take back what was proved."""
    disk = _put_on(desk)
    campaign = await desk.approved()
    _fail_under_way(desk, disk)
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    with pytest.raises(StorageError):
        await desk.sending.run()
    await _settled_by_call_back(desk, campaign)
    await _repair(desk, disk)
    await desk.sending.run()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, 55)
    assert NewsKind.PART_UNKNOWN not in desk.story(campaign.id)


async def test_nothing_leaves_that_could_not_be_written_down_before(desk: Desk) -> None:
    """First on disk, then to the platform."""
    disk = _put_on(desk)
    campaign = await desk.approved(numbers=ONE)
    disk.is_full = True
    with pytest.raises(StorageError):
        await desk.sending.run()
    assert desk.gateway.sent == []
    desk.clock.advance(HOUR)
    await _repair(desk, disk)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.campaign(campaign.id)).approvals[0].by == BIA


async def test_a_mistake_of_ours_costs_one_part_and_not_all_behind_it(desk: Desk) -> None:
    """What can't be written down as it was is of unknown fate; the others go."""
    disk = _put_on(desk)
    desk.gateway.room = 1
    campaign = await desk.approved()

    async def slip() -> None:
        await _repair(desk, disk)
        disk.broken.append(KeyError("ours"))

    desk.gateway.meanwhile = slip
    await desk.sending.run()
    parts = await desk.parts(campaign.id)
    assert [part.state for part in parts] == [PartState.UNKNOWN, PartState.ACCEPTED]
    assert parts[0].reason == "error"
    assert len(desk.gateway.sent) == 2
