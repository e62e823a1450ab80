"""A list in a file: rows, one of whose cells is somebody's phone number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.numbers import Cells, Entry, Fault, Recipients, clean, gather, read_pieces

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

    ``phone`` is the position of the column that holds the numbers. The rows can be gone through
    once: they come as the file is read.
    """

    origin: Origin
    columns: tuple[str, ...]
    phone: int
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class FileList:
    """A file's recipients, and where in it they were found."""

    origin: Origin
    recipients: Recipients


def read_sheet(sheet: Sheet) -> FileList:
    """Clean a file's numbers; each row ends among the recipients or the left out, with its line.

    A cell that holds several numbers counts as each of them, as a pasted list does.
    """
    return FileList(sheet.origin, gather(_read_rows(sheet), sheet.columns))


def _read_rows(sheet: Sheet) -> Iterator[Entry]:
    phone, width = sheet.phone, len(sheet.columns)
    for line, given in sheet.rows:
        cells = given if len(given) == width else _fit(given, width)
        written = cells[phone]
        read = clean(written)
        if isinstance(read, Fault):
            several = tuple(read_pieces(written))
            if not several:
                yield line, "", Fault.BLANK, cells
            for piece, each in several:
                yield line, piece, each, cells
        else:
            yield line, written, read, cells


def _fit(cells: Cells, width: int) -> Cells:
    """Fill a short row up; what stands beyond the last column has no name to be used by."""
    return [*cells[:width], *[""] * (width - len(cells))]
