"""A list in a file: rows, one of whose cells is somebody's phone number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.gathering import Gathering
from bot.domain.number_columns import clean_column
from bot.domain.numbers import Recipients
from bot.domain.packed_rows import Cells, pack

ENDINGS = ("csv", "tsv", "txt", "xlsx")
"""How the names of the files end that can be read."""
MOST_BYTES = 10_000_000
"""Of a file: what Slack's ``file_input`` takes, too."""

Row = tuple[int, Cells]
"""The line where a row begins, from 1, and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where in a file the numbers were found, so that people can be told.

    Attributes:
        column: The column's name in the file, or its letter where it has none.
        is_named: Whether its name said that it holds phone numbers; else its cells did.
        sheet: The worksheet's name; empty where a file is one table.
        other_sheets: How many further worksheets with something in them weren't read.
    """

    column: str
    is_named: bool
    sheet: str = ""
    other_sheets: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file's rows below its header, some of them perhaps shorter or longer than it.

    ``phone`` is the position of the column that holds the numbers. The rows come by thousands,
    which is quicker than one by one, and once: as the file is read.
    """

    origin: Origin
    columns: tuple[str, ...]
    phone: int
    batches: Iterable[Sequence[Row]]


@dataclass(frozen=True, slots=True)
class FileList:
    """A file's recipients, and where in it they were found."""

    origin: Origin
    recipients: Recipients


def read_sheet(sheet: Sheet) -> FileList:
    """Clean a file's numbers; each row ends among the recipients or the left out, with its line.

    A cell that holds several numbers counts as each of them, as a pasted list does.
    """
    gathering = Gathering()
    for batch in sheet.batches:
        lines, given = zip(*batch, strict=True)
        rows = _fit(given, len(sheet.columns))
        cells = [row[sheet.phone] for row in rows]
        gathering.take_column(lines, cells, clean_column(cells), pack(rows))
    return FileList(sheet.origin, gathering.recipients(sheet.columns))


def _fit(rows: Sequence[Cells], width: int) -> Sequence[Cells]:
    """Fill short rows up; what stands beyond the last column has no name to be used by."""
    if {*map(len, rows)} == {width}:
        return rows
    return [[*cells[:width], *[""] * (width - len(cells))] for cells in rows]
