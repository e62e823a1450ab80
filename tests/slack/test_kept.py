"""Work after an ack is kept until it is done."""

import asyncio

import pytest
from structlog.testing import capture_logs

from handlers.slack.kept import KeptTasks


async def test_work_under_way_is_finished_before_the_end() -> None:
    """A stop comes between an ack and what was promised by it."""
    tasks, done = KeptTasks(), asyncio.Event()

    async def work() -> None:
        done.set()

    tasks.keep(work())
    await tasks.drain(seconds=30)
    assert done.is_set()


async def test_work_that_never_ends_is_cut_off() -> None:
    """The program must be able to stop; the cut is no error of its own."""
    tasks, begun, cut = KeptTasks(), asyncio.Event(), asyncio.Event()

    async def never_ends() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    tasks.keep(never_ends())
    await begun.wait()
    with capture_logs() as logs:
        await tasks.drain(seconds=0)
    assert cut.is_set()
    assert logs == []


async def test_work_that_breaks_is_logged() -> None:
    """Nobody awaits it, so nobody else would hear of it."""
    tasks = KeptTasks()

    async def breaks() -> None:
        message = "oh"
        raise RuntimeError(message)

    with capture_logs() as logs:
        tasks.keep(breaks())
        await tasks.drain(seconds=30)
    assert [line["event"] for line in logs] == ["background work broke"]


@pytest.mark.parametrize("seconds", [0, 30])
async def test_nothing_kept_is_nothing_to_wait_for(seconds: float) -> None:
    """The usual end of the program."""
    await KeptTasks().drain(seconds=seconds)
