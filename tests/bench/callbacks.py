"""Call-backs that are on disk when they are answered, beside other ways to take them."""

import json
import sqlite3
import sys
from asyncio import create_subprocess_exec
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import partial
from os import environ
from pathlib import Path
from subprocess import PIPE

from storage import SqliteStore
from tests.bench.load import BODY
from tests.bench.measuring import Comparison, Target, all_by_turns
from tests.bench.site import PATH
from tests.bench.slow_disk import MILLISECONDS, make_slow_disk
from tests.storage.samples import add_part

CONNECTIONS = (50, 200)
QUICK_CALLS, SLOW_CALLS, SLOWEST_CALLS = 20_000, 4000, 600
"""How many calls a round makes: enough for a second or more, so fewer to whoever is slower."""
ROWS_BEFORE = 1_000_000
MEANING = (
    "Each call-back is synced to disk before its 200. Beside a Starlette route that reads the form"
    " and stores nothing, one commit a request in asyncio.to_thread, and one through aiosqlite;"
    " all on the program's own server, called from another process. Applying comes after the"
    " answer and isn't counted."
)
P99_MEANING = "The 99th of a hundred waits for an answer, under the same load."
FULL_MEANING = f"Torpedo's own, with {ROWS_BEFORE:,} call-backs in its table, beside an empty one."
SLOW_MEANING = (
    f"With {MILLISECONDS:.0f} ms more for each sync of the disk, by a library that stands before"
    " libc's fsync and fdatasync."
)


@dataclass
class Taker:
    """A site that is running, how often it was called, and how fast it answered each round."""

    way: str
    port: int
    database: Path
    calls: int
    answered: int = 0
    rates: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)


async def measure(folder: Path) -> list[Comparison]:
    """Load all by turns; raises when what was answered 200 isn't all on disk."""
    compared = await _measure_ways(folder)
    slow = make_slow_disk(folder)
    if slow is not None:
        compared += await _measure_slow(folder, slow)
    return [*compared, await _measure_full(folder)]


async def _measure_ways(folder: Path) -> list[Comparison]:
    compared: list[Comparison] = []
    calls = {"torpedo": QUICK_CALLS, "bare": QUICK_CALLS, "thread": SLOW_CALLS, "aio": SLOW_CALLS}
    for connections in CONNECTIONS:
        found = await _load_by_turns(folder / f"ways-{connections}", connections, calls)
        what = f"Call-backs/s, {connections} connections, beside"
        for way, beside, target in (
            ("bare", "a route that forgets", 1.0),
            ("thread", "to_thread", 5.0),
            ("aio", "aiosqlite", 7.0),
        ):
            compared.append(_compare_rates(f"{what} {beside}", found, way, MEANING, target))
        compared.append(
            Comparison(
                what=f"Its p99, {connections} connections, beside a route that forgets",
                ours=found["torpedo"].p99s,
                theirs=found["bare"].p99s,
                unit=" ms",
                meaning=P99_MEANING,
                target=Target("ratio", at_most=1.0),
            )
        )
    return compared


async def _measure_slow(folder: Path, slow: Mapping[str, str]) -> list[Comparison]:
    compared: list[Comparison] = []
    calls = {"torpedo": QUICK_CALLS, "thread": SLOWEST_CALLS}
    for connections in CONNECTIONS:
        found = await _load_by_turns(folder / f"slow-{connections}", connections, calls, slow)
        what = f"The same on a slow disk, {connections} connections, beside to_thread"
        compared.append(_compare_rates(what, found, "thread", SLOW_MEANING, 12.0))
    return compared


async def _measure_full(folder: Path) -> Comparison:
    """Compare a full table with an empty one: two of Torpedo's own."""
    connections = CONNECTIONS[0]
    async with AsyncExitStack() as stack:
        takers = []
        for name, rows in (("full", ROWS_BEFORE), ("empty", 0)):
            database = await _make_database(folder / name / "torpedo.db", rows)
            taker = await stack.enter_async_context(_taking("torpedo", database, QUICK_CALLS, {}))
            takers.append(taker)
        await _load_all(takers, connections)
    return Comparison(
        what=f"Call-backs/s, {ROWS_BEFORE:,} stored before, beside none",
        ours=takers[0].rates,
        theirs=takers[1].rates,
        unit="/s",
        meaning=FULL_MEANING,
        target=Target("ratio", at_least=0.45),
    )


def _compare_rates(
    what: str, found: Mapping[str, Taker], way: str, meaning: str, at_least: float
) -> Comparison:
    return Comparison(
        what=what,
        ours=found["torpedo"].rates,
        theirs=found[way].rates,
        unit="/s",
        meaning=meaning,
        target=Target("ratio", at_least=at_least),
    )


async def _load_by_turns(
    folder: Path, connections: int, calls: Mapping[str, int], extra: Mapping[str, str] | None = None
) -> dict[str, Taker]:
    async with AsyncExitStack() as stack:
        takers = {}
        for way, number in calls.items():
            database = await _make_database(folder / f"{way}.db", 0)
            taking = _taking(way, database, number, extra or {})
            takers[way] = await stack.enter_async_context(taking)
        await _load_all(list(takers.values()), connections)
    for taker in takers.values():
        _check(taker)
    return takers


async def _load_all(takers: Sequence[Taker], connections: int) -> None:
    async def load(taker: Taker) -> tuple[float, float]:
        each = taker.calls // connections
        command = (str(taker.port), PATH, str(connections), str(each))
        loading = await create_subprocess_exec(
            sys.executable, "-m", "tests.bench.load", *command, stdout=PIPE
        )
        printed, _ = await loading.communicate()
        if loading.returncode:
            raise SystemExit(loading.returncode)
        taker.answered += each * connections
        rate, p99 = json.loads(printed)
        return rate, p99

    measured = await all_by_turns([partial(load, taker) for taker in takers])
    for taker, rounds in zip(takers, measured, strict=True):
        taker.rates = [rate for rate, _ in rounds]
        taker.p99s = [p99 for _, p99 in rounds]


@asynccontextmanager
async def _taking(
    way: str, database: Path, calls: int, extra: Mapping[str, str]
) -> AsyncIterator[Taker]:
    """Run a site in a process of its own, and end it."""
    program = await create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.site", way, str(database)),
        stdout=PIPE,
        env={**environ, **extra},
    )
    try:
        assert program.stdout is not None
        yield Taker(way, int(await program.stdout.readline()), database, calls)
    finally:
        if program.returncode is None:
            program.terminate()
        await program.wait()


async def _make_database(path: Path, rows: int) -> Path:
    """Make a database with one part, and so many call-backs applied before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    async with SqliteStore(path) as store:
        await store.write(add_part)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
            " INSERT INTO inbox (part, key, method, query, content_type, body, received_at, state)"
            " SELECT 1, 'k1-0', 'POST', x'', 'application/x-www-form-urlencoded', ?2,"
            " '2026-12-24T12:00:00.000000+00:00', 'applied' FROM n WHERE ?1 > 0",
            (rows, BODY),
        )
        connection.commit()
    return path


def _check(taker: Taker) -> None:
    if taker.way == "bare":
        return
    with closing(sqlite3.connect(taker.database)) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM inbox").fetchone()
    if kept != taker.answered:
        message = f"{taker.way}: {taker.answered} were answered 200, and {kept} are on disk"
        raise SystemExit(message)
