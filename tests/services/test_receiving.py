"""Receiving: stored before it is answered, many in one commit, and nobody waits for company."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import pytest

from bot.domain.errors import StorageError
from bot.domain.parts import Part
from bot.domain.replies import Delivery
from bot.ports import Transaction
from bot.services.receiving import LARGEST_BATCH, Receiving
from tests.brittle import BrittleStore
from tests.services.desk import Desk
from tests.storage.samples import NOW

T = TypeVar("T")


@pytest.fixture
async def part(desk: Desk) -> Part:
    """The only part of a campaign that has gone."""
    return await desk.part((await desk.submitted()).id)


def delivery(part: Part, number: int = 0) -> Delivery:
    """One call-back of many."""
    return Delivery(
        key=part.key,
        method="GET",
        query=b"" if number % 3 == 0 else b"%d" % number,
        content_type="",
        body=b"" if number % 2 == 0 else b"body %d" % number,
        received_at=NOW,
    )


def kept(desk: Desk) -> list[tuple[bytes, bytes]]:
    """Read what is on disk, in the order in which it is numbered."""
    return [(query, body) for query, body in desk.look("SELECT query, body FROM inbox ORDER BY id")]


async def test_what_comes_together_is_one_commit(desk: Desk, part: Part) -> None:
    """A burst costs one sync of the disk; each is kept in its own bytes, in order."""
    receiving, before = Receiving(store=desk.store), desk.store.commits
    deliveries = [delivery(part, number) for number in range(LARGEST_BATCH)]
    assert all(await asyncio.gather(*map(receiving.receive, deliveries)))
    assert desk.store.commits == before + 1
    assert kept(desk) == [(each.query, each.body) for each in deliveries]


async def test_a_flood_is_cut_into_statements(desk: Desk, part: Part) -> None:
    """So that the first of them isn't answered with the last."""
    receiving, before = Receiving(store=desk.store), desk.store.commits
    deliveries = [delivery(part, number) for number in range(2 * LARGEST_BATCH + 1)]
    assert all(await asyncio.gather(*map(receiving.receive, deliveries)))
    assert desk.store.commits == before + 3
    assert len(kept(desk)) == len(deliveries)


async def test_one_alone_waits_for_nobody(desk: Desk, part: Part) -> None:
    """No other one comes, and no clock moves: it is stored all the same."""
    assert await desk.receiving.receive(delivery(part))
    assert len(kept(desk)) == 1


async def test_it_knows_every_address_that_is_somebodys(desk: Desk, part: Part) -> None:
    """And nothing is kept for another."""
    assert desk.receiving.knows(part.key)
    assert not desk.receiving.knows(part.key[:-1])
    stranger = Delivery(
        key="x", method="GET", query=b"1", content_type="", body=b"", received_at=NOW
    )
    assert not await desk.receiving.receive(stranger)
    assert kept(desk) == []


async def test_a_failing_disk_is_heard_by_each(desk: Desk, part: Part) -> None:
    """None of them may be answered 200; the next one is stored again."""
    disk = BrittleStore(desk.store)
    receiving = Receiving(store=disk)
    disk.cant_write = True
    calls = (receiving.receive(delivery(part, number)) for number in range(3))
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(result) for result in results] == [StorageError] * 3
    disk.cant_write = False
    assert await receiving.receive(delivery(part, 4))
    assert len(kept(desk)) == 1


async def test_even_a_mistake_of_ours_leaves_nobody_waiting(desk: Desk, part: Part) -> None:
    """Whatever storing raises, each hears that it isn't kept, and receiving goes on."""

    class Broken(BrittleStore):
        async def write(self, work: Callable[[Transaction], T]) -> T:
            if self.cant_write:
                raise KeyError
            return await super().write(work)

    store = Broken(desk.store)
    receiving = Receiving(store=store)
    store.cant_write = True
    with pytest.raises(StorageError):
        await receiving.receive(delivery(part))
    store.cant_write = False
    assert await receiving.receive(delivery(part))


@pytest.mark.parametrize("fails", [False, True])
async def test_who_hangs_up_takes_nothing_from_the_others(
    desk: Desk, part: Part, *, fails: bool
) -> None:
    """What they brought may be kept; the rest is answered as if they had stayed."""
    disk = BrittleStore(desk.store)
    receiving = Receiving(store=disk)
    disk.cant_write = fails
    gone, stays = (
        asyncio.create_task(receiving.receive(delivery(part, number))) for number in range(2)
    )
    await asyncio.sleep(0)
    gone.cancel()
    results = await asyncio.gather(gone, stays, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert isinstance(results[1], StorageError) if fails else results[1] is True
