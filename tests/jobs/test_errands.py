"""Errands: loops that do what waits, whatever happens to them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import StorageError
from handlers.jobs import errands
from handlers.jobs.errands import Errand, without_pause


class Chores:
    """Work that counts its rounds, and ends each as a test says."""

    def __init__(self, *endings: float | Exception | None) -> None:
        self._endings = list(endings)
        self._rounds: asyncio.Queue[int] = asyncio.Queue()
        self.done = 0

    async def work(self) -> float | None:
        """Do one round."""
        self.done += 1
        self._rounds.put_nowait(self.done)
        ending = self._endings.pop(0) if self._endings else None
        if isinstance(ending, Exception):
            raise ending
        return ending

    async def round(self) -> int:
        """Wait for the next round, and return its number."""
        async with asyncio.timeout(30):
            return await self._rounds.get()


@asynccontextmanager
async def running(chores: Chores) -> AsyncIterator[Errand]:
    """Run an errand, and stop it at the end."""
    errand = Errand("chores", chores.work)
    task = asyncio.create_task(errand.run())
    yield errand
    errand.stop()
    async with asyncio.timeout(30):
        await task


async def test_it_runs_at_the_start_and_whenever_it_is_woken() -> None:
    """The database says what waits, so a wake carries nothing."""
    chores = Chores()
    async with running(chores) as errand:
        for number in (1, 2, 3):
            assert await chores.round() == number
            errand.wake()
        assert await chores.round() == 4


async def test_it_runs_again_when_it_asked_to() -> None:
    """A pause of nothing, or less, still lets others have their turn."""
    chores = Chores(0, -5, 0.001)
    async with running(chores):
        assert [await chores.round() for _ in range(4)] == [1, 2, 3, 4]


async def test_a_lost_wake_costs_only_the_idle_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks by itself now and then."""
    monkeypatch.setattr(errands, "IDLE_SECONDS", 0.001)
    chores = Chores()
    async with running(chores):
        assert [await chores.round() for _ in range(3)] == [1, 2, 3]


async def test_trouble_is_logged_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that breaks in it ends it."""
    monkeypatch.setattr(errands, "AFTER_TROUBLE_SECONDS", 0.001)
    chores = Chores(RuntimeError("oh"), OSError("disk"), None)
    with capture_logs() as logs:
        async with running(chores):
            assert [await chores.round() for _ in range(3)] == [1, 2, 3]
    assert [(line["event"], line["errand"]) for line in logs] == [("errand broke", "chores")] * 2


async def test_a_disk_in_trouble_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes back every other second: no stack of ours would explain a disk."""
    monkeypatch.setattr(errands, "AFTER_TROUBLE_SECONDS", 0.001)
    chores = Chores(StorageError("database or disk is full"), None)
    with capture_logs() as logs:
        async with running(chores):
            assert [await chores.round() for _ in range(2)] == [1, 2]
    assert [(line["error"], "exc_info" in line) for line in logs] == [
        ("database or disk is full", False)
    ]


async def test_a_wake_during_a_round_brings_another() -> None:
    """What was committed while it worked isn't left until the next time."""
    begun, gate = asyncio.Event(), asyncio.Event()
    rounds = 0

    async def work() -> None:
        nonlocal rounds
        rounds += 1
        begun.set()
        if rounds == 1:
            await gate.wait()
        else:
            errand.stop()

    errand = Errand("slow", without_pause(work))
    task = asyncio.create_task(errand.run())
    await begun.wait()
    errand.wake()
    gate.set()
    async with asyncio.timeout(30):
        await task
    assert rounds == 2


async def test_a_stop_lets_the_round_in_hand_end() -> None:
    """A request that is under way is never cut off by it, and no further one begins."""
    begun, gate = asyncio.Event(), asyncio.Event()
    ended: list[str] = []

    async def work() -> None:
        begun.set()
        await gate.wait()
        ended.append("round")

    errand = Errand("slow", without_pause(work))
    task = asyncio.create_task(errand.run())
    await begun.wait()
    errand.stop()
    assert not task.done()
    gate.set()
    async with asyncio.timeout(30):
        await task
    assert ended == ["round"]


async def test_what_was_stopped_before_it_began_does_nothing() -> None:
    """A start that fails half way ends what never ran."""
    chores = Chores()
    errand = Errand("chores", chores.work)
    errand.stop()
    await errand.run()
    assert chores.done == 0
