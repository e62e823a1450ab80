"""Reading a pasted list, and storing it."""

import random
import re
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from bot.domain.gathering import read_list
from bot.domain.ids import Number
from bot.domain.numbers import DDDS
from bot.domain.receipts import Status
from storage import SqliteStore
from storage.campaigns import CampaignTable
from storage.connection import open_writer
from tests.bench.measuring import Comparison, compare, milliseconds
from tests.storage.samples import make_campaign

PEOPLE = 100_000
SPELLINGS = (
    "{ddd}{head}{tail}",
    "({ddd}) {head}-{tail}",
    "+55 {ddd} {head} {tail}",
    "0xx{ddd} {head}-{tail}",
    "055{ddd}{head}{tail}",
    "55{ddd}{head}.{tail}",
    " {ddd} {head} {tail} ",
    "{head}-{tail}",
    "{ddd}{head}{tail}.0",
)
LANDLINES = 0.05
DOUBLES_EVERY = 20
READING_MEANING = (
    "Cleaning, checking the DDD, telling mobiles from the rest, finding doubles and naming what"
    " was left out takes so many times as long as splitting the same text at its separators and"
    " putting the pieces into a set. Lower is better."
)
STORING_MEANING = (
    "A campaign stored through the writer's thread, its numbers' keys worked out on the way,"
    " takes so many times as long as one executemany of ready rows into the same table with the"
    " same settings. Both end with a commit on disk. Lower is better."
)


def write_messily(people: int) -> str:
    """Write so many numbers as people do: in many spellings, some of them twice, some wrong."""
    chance = random.Random(7)  # noqa: S311  the same list in every run, and no secret
    ddds = sorted(DDDS)
    lines = [_spell(chance, ddds) for _ in range(people)]
    for again in range(DOUBLES_EVERY, people, DOUBLES_EVERY):
        lines[again] = lines[again // 2]
    return "\n".join(lines)


def _spell(chance: random.Random, ddds: list[str]) -> str:
    mobile, landline = f"9{chance.randrange(6000, 9999)}", f"{chance.randrange(2000, 5999)}"
    return chance.choice(SPELLINGS).format(
        ddd=chance.choice(ddds),
        head=landline if chance.random() < LANDLINES else mobile,
        tail=f"{chance.randrange(9999):04}",
    )


async def measure_reading() -> Comparison:
    """Read a messy list, and split the same."""
    text = write_messily(PEOPLE)

    async def read() -> None:
        read_list(text)

    async def split() -> None:
        set(re.split(r"[,;\t\n]", text))

    return await compare(
        f"Reading {PEOPLE:,} messy numbers",
        ours=lambda: milliseconds(read),
        theirs=lambda: milliseconds(split),
        unit=" ms",
        meaning=READING_MEANING,
    )


async def measure_storing(folder: Path) -> Comparison:
    """Store a campaign in one file, and its bare rows in the same table of another."""
    numbers = [Number(f"31{900_000_000 + 97 * each}") for each in range(PEOPLE)]
    ids, bare_ids = count(1), count(1)
    bare_file = folder / "rows.db"
    bare_file.touch()
    async with SqliteStore(folder / "campaigns.db") as store:
        with closing(open_writer(bare_file)) as bare:

            async def store_campaign() -> float:
                campaign = make_campaign(next(ids))
                return await milliseconds(
                    lambda: store.write(lambda tx: tx.campaigns.add(campaign, numbers, []))
                )

            async def insert_rows() -> float:
                campaign = make_campaign(next(bare_ids))
                CampaignTable(bare).add(campaign, [], [])
                rows = [
                    (campaign.id, number, number, position, Status.QUEUED.value)
                    for position, number in enumerate(numbers)
                ]
                return await milliseconds(lambda: _insert(bare, rows))

            return await compare(
                f"Storing {PEOPLE:,} recipients",
                ours=store_campaign,
                theirs=insert_rows,
                unit=" ms",
                meaning=STORING_MEANING,
            )


async def _insert(db: Database, rows: Sequence[tuple[int, str, str, int, str]]) -> None:
    db.execute("BEGIN IMMEDIATE")
    db.conn.executemany(
        "INSERT INTO recipients (campaign, person, number, position, status)"
        " VALUES (?, ?, ?, ?, ?)",
        rows,
    )
    db.execute("COMMIT")
