"""A list in a file, from its bytes to a campaign's recipients on disk."""

import asyncio
import csv
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path
from random import Random

from python_calamine import CalamineWorkbook
from sqlite_utils import Database

from bot.domain.numbers import DDDS
from bot.lists import read_file
from storage.connection import open_writer
from tests.bench.lists_sent import read_peak
from tests.bench.measuring import ROUNDS, Comparison, Target, compare, milliseconds
from tests.builders import make_draft
from tests.lists.workbooks import Cell, write_workbook
from tests.services.desk import Desk

PEOPLE = 100_000
SPELLINGS = (
    "+55 ({ddd}) {head}-{tail}",
    "0{ddd} {head}{tail}",
    "0xx{ddd}{head}{tail}",
    "{ddd}{head}{tail}",
    "({ddd}) {head}-{tail}",
)
BLANKS = 0.02
LANDLINES = 0.03
TIME_MEANING = (
    "A CSV file's bytes become a campaign on disk: columns found, numbers cleaned, doubles and"
    " opted-out people left out with their lines, the list sealed. Beside it the csv module reads"
    " the same file and one executemany puts its raw rows into a table of text, with the same"
    " settings and a commit; of a workbook calamine reads the rows, which csv can't. Lower is"
    " better."
)
MEMORY_MEANING = (
    "The most memory that a process of its own held which did this and nothing else, imports and"
    " all; beside it one that did the csv module's part."
)
KINDS = ("csv", "xlsx")


def write_rows(people: int) -> list[list[Cell]]:
    """Write a messy list: a name, a number spelled in one of many ways or none, a city."""
    chance = Random(11)  # noqa: S311  the same list in every run, and no secret
    ddds = sorted(DDDS)
    rows: list[list[Cell]] = [["Nome", "Celular", "Cidade"]]
    for each in range(people):
        is_landline = chance.random() < LANDLINES
        number = chance.choice(SPELLINGS).format(
            ddd=chance.choice(ddds),
            head=chance.randrange(2000, 5999)
            if is_landline
            else f"9{chance.randrange(6000, 9999)}",
            tail=f"{chance.randrange(9999):04}",
        )
        rows.append([f"Pessoa {each}", "" if chance.random() < BLANKS else number, "Recife"])
    return rows


def write_file(kind: str, rows: list[list[Cell]]) -> bytes:
    """Write them as a spreadsheet program would; in a workbook bare numbers are numbers."""
    if kind == "csv":
        written = StringIO(newline="")
        csv.writer(written, delimiter=";").writerows(rows)
        return written.getvalue().encode()
    return write_workbook([list(map(_as_kept, row)) for row in rows])


def _as_kept(cell: Cell) -> Cell:
    return float(cell) if isinstance(cell, str) and cell.isdecimal() and cell[0] != "0" else cell


async def measure(folder: Path) -> list[Comparison]:
    """Measure both kinds, by the clock in this process and by memory in others."""
    rows = write_rows(PEOPLE)
    by_clock = [await _measure_time(kind, folder, write_file(kind, rows)) for kind in KINDS]
    return [*by_clock, *[await _measure_memory(kind, folder, rows) for kind in KINDS]]


async def _measure_time(kind: str, folder: Path, content: bytes) -> Comparison:
    desk = Desk(folder / f"{kind}.db")
    await desk.open()
    with closing(_open_table(folder / f"{kind}-rows.db")) as bare:
        compared = await compare(
            f"{PEOPLE:,} people from a file ({kind.upper()})",
            ours=lambda: milliseconds(lambda: make_campaign(desk, content)),
            theirs=lambda: milliseconds(lambda: copy_rows(bare, content)),
            unit=" ms",
            meaning=TIME_MEANING,
            target=Target("ratio", at_most=3.0),
        )
    await desk.close()
    return compared


async def make_campaign(desk: Desk, content: bytes) -> None:
    """Do as the program does with a file that was fetched."""
    found = read_file(content)
    await desk.drafting.create(make_draft(numbers="", listed=found.recipients))


async def copy_rows(bare: Database, content: bytes) -> None:
    """Do the least that could be done with the same file."""
    rows: Iterable[Sequence[object]] = csv.reader(
        StringIO(content.decode("utf-8", "replace"), newline=""), delimiter=";"
    )
    if content.startswith(b"PK"):
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).iter_rows()
    bare.execute("BEGIN IMMEDIATE")
    bare.conn.executemany("INSERT INTO list VALUES (?, ?, ?)", rows)
    bare.execute("COMMIT")


def _open_table(path: Path) -> Database:
    path.touch()
    bare = open_writer(path)
    bare.execute("CREATE TABLE list (name TEXT, number TEXT, city TEXT)")
    return bare


async def _measure_memory(kind: str, folder: Path, rows: list[list[Cell]]) -> Comparison:
    path = folder / f"list.{kind}"
    path.write_bytes(write_file(kind, rows))
    ours = [await _peak("campaign", path) for _ in range(ROUNDS)]
    theirs = [await _peak("rows", path) for _ in range(ROUNDS)]
    return Comparison(
        what=f"Memory for {PEOPLE:,} people from a file ({kind.upper()})",
        ours=ours,
        theirs=theirs,
        unit=" MB",
        meaning=MEMORY_MEANING,
        target=Target("itself", at_most=250),
    )


async def _peak(part: str, path: Path) -> float:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.files", part, str(path), stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    return float(printed)


async def _do_once(part: str, content: bytes) -> None:
    """Do one of the two in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="torpedo-bench-") as name:
        if part == "rows":
            with closing(_open_table(Path(name) / "rows.db")) as bare:
                await copy_rows(bare, content)
            return
        desk = Desk(Path(name) / "torpedo.db")
        await desk.open()
        await make_campaign(desk, content)
        await desk.close()


if __name__ == "__main__":
    asyncio.run(_do_once(sys.argv[1], Path(sys.argv[2]).read_bytes()))
    print(read_peak())
