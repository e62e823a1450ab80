"""Tables for a spreadsheet to open, in which nothing that a stranger wrote is calculated."""

import csv
from collections.abc import Iterable
from io import StringIO

Cell = str | int

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write_table(rows: Iterable[Iterable[Cell]], *, separator: str) -> bytes:
    """Write CSV in UTF-8, with the mark that tells a spreadsheet so; every text is defused.

    ``separator`` is ``Words.list_separator``, or cells all end up in one column.
    """
    written = StringIO(newline="")
    table = csv.writer(written, delimiter=separator)
    for row in rows:
        table.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig", "replace")


def defused(cell: str) -> str:
    """Keep a spreadsheet from calculating what a stranger wrote.

    An apostrophe in front makes text of what would begin a formula.
    """
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) else cell
