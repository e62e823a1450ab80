"""Orders from the command line: carried out once, whole, by whoever may write."""

import json
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.ids import Number
from handlers.jobs.orders import BATCH, LOOK_SECONDS, Orders
from storage.orders import KEPT_SECONDS, Order, OrderTray, Outcome
from tests.builders import ONE, THREE, TWO
from tests.fakes import FrozenClock
from tests.services.desk import Desk

CLOCK = FrozenClock(datetime.now(UTC))
"""The machine's own time, which files have, too."""
ADD, REMOVE = Order("add", "machine:ana"), Order("remove", "machine:bia")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The services and their database."""
    desk = Desk(tmp_path / "torpedo.db")
    await desk.open()
    yield desk
    await desk.close()


@pytest.fixture
def tray(desk: Desk) -> OrderTray:
    """The folder beside it."""
    return OrderTray(desk.path)


async def look(desk: Desk, tray: OrderTray) -> None:
    """Look into the tray once, as a program does that has just started."""
    assert await Orders(tray, desk.listkeeping, CLOCK).run() == LOOK_SECONDS


def files(desk: Desk) -> list[Path]:
    """List what lies in the folder."""
    return sorted(desk.path.with_name("torpedo.db.orders").glob("*"))


async def listed(desk: Desk) -> set[Number]:
    """Read who is on the list."""
    page = await desk.store.read(lambda tx: tx.optouts.page(None, limit=99_999))
    return {one.number for one in page}


async def test_orders_are_carried_out_in_their_order(desk: Desk, tray: OrderTray) -> None:
    """With whose word it was, and what it changed, for whoever asks."""
    first, second = tray.put(ADD, [ONE, TWO, ONE]), tray.put(REMOVE, [TWO, THREE])
    assert tray.take_outcome(first) is None
    await look(desk, tray)
    assert await listed(desk) == {ONE}
    assert tray.take_outcome(first) == Outcome(named=3, changed=2)
    assert tray.take_outcome(second) == Outcome(named=2, changed=1)
    assert tray.take_outcome(first) is None
    assert files(desk) == []
    who = desk.look("SELECT who, what FROM audit ORDER BY id")
    assert who == [("machine:ana", "opt-outs added"), ("machine:bia", "opt-outs removed")]


async def test_no_order_is_no_work(desk: Desk, tray: OrderTray) -> None:
    """Where nobody ever gave one there isn't even a folder."""
    await look(desk, tray)
    assert not desk.path.with_name("torpedo.db.orders").exists()


async def test_a_long_order_is_carried_out_in_pieces(desk: Desk, tray: OrderTray) -> None:
    """So that nobody else waits long to write; each piece is on record."""
    many = [Number(f"119{number:08d}") for number in range(BATCH + 1)]
    name = tray.put(ADD, iter(many))
    await look(desk, tray)
    assert tray.take_outcome(name) == Outcome(BATCH + 1, BATCH + 1)
    facts = [json.loads(one) for (one,) in desk.look("SELECT facts FROM audit ORDER BY id")]
    assert [one["people"] for one in facts] == [BATCH, 1]


async def test_an_order_cut_off_by_a_crash_is_carried_out_again(
    desk: Desk, tray: OrderTray
) -> None:
    """It was carried out, and the program died before that was written down."""
    name = tray.put(ADD, [ONE, TWO])
    await desk.listkeeping.add([ONE, TWO], by="machine:ana")
    await desk.restart()
    await look(desk, tray)
    assert await listed(desk) == {ONE, TWO}
    assert tray.take_outcome(name) == Outcome(named=2, changed=0)


async def test_looking_has_its_pace(desk: Desk, tray: OrderTray) -> None:
    """A flood of commits wakes it all the time, and it touches the disk once a second."""
    clock = FrozenClock(CLOCK.now())
    orders = Orders(tray, desk.listkeeping, clock)
    await orders.run()
    name = tray.put(ADD, [ONE])
    clock.advance(timedelta(seconds=LOOK_SECONDS / 4))
    assert await orders.run() == LOOK_SECONDS * 3 / 4
    assert tray.take_outcome(name) is None
    clock.advance(timedelta(seconds=LOOK_SECONDS))
    await orders.run()
    assert tray.take_outcome(name) == Outcome(1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\n",
        b"[]\n",
        b'{"act": "add"}\n',
        b'{"act": "drop", "by": "x"}\n31999990001\n',
        b'{"act": "add", "by": "x"}\n31999990001\nfoo\n',
        b'{"act": "add", "by": "x"}\n+55 31 99999-0001\n',
        b'{"act": "add", "by": "x"}\n\xff\n',
    ],
)
async def test_what_is_no_order_is_put_away(desk: Desk, tray: OrderTray, content: bytes) -> None:
    """Kept for somebody to look at; it changes nothing and doesn't hold up the others."""
    tray.put(ADD, [])
    (path,) = files(desk)
    path.write_bytes(content)
    after = tray.put(ADD, [TWO])
    await look(desk, tray)
    assert await listed(desk) == {TWO}
    assert tray.take_outcome(after) == Outcome(1, 1)
    (left,) = files(desk)
    assert (left.suffix, left.read_bytes()) == (".bad", content)


async def test_orders_are_for_this_user_alone(desk: Desk, tray: OrderTray) -> None:
    """They hold people's numbers."""
    tray.put(ADD, [ONE])
    (path,) = files(desk)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_an_order_that_breaks_off_leaves_nothing(desk: Desk, tray: OrderTray) -> None:
    """Half a list is no order."""

    def broken() -> Iterator[Number]:
        yield ONE
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  whatever it says
        tray.put(ADD, broken())
    assert files(desk) == []


async def test_old_outcomes_are_forgotten(desk: Desk, tray: OrderTray) -> None:
    """Of commands that went away; those of today are kept, and so is what isn't ours."""
    old, new = tray.put(ADD, [ONE]), tray.put(ADD, [TWO])
    await look(desk, tray)
    now = CLOCK.now().timestamp()
    for path in files(desk):
        age = KEPT_SECONDS + 1 if old in path.name else KEPT_SECONDS - 1
        os.utime(path, (now - age, now - age))
    folder = files(desk)[0].parent
    (folder / "half.part").touch()
    os.utime(folder / "half.part", (now - KEPT_SECONDS - 1, now - KEPT_SECONDS - 1))
    (folder / "lost.bad").touch()
    tray.put(ADD, [])
    await look(desk, tray)
    assert tray.take_outcome(old) is None
    assert tray.take_outcome(new) == Outcome(1, 1)
    assert (folder / "lost.bad").exists()
    assert not (folder / "half.part").exists()
