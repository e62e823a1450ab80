"""Lists of people who want no more, as other programs keep them: read leniently, line by line.

Marks between cells may be semicolons, tabs or commas, with or without a line of names on top,
numbers in any spelling. Nothing is guessed: a line without a mobile is left out, and said.
"""

import csv
from collections.abc import Iterable, Iterator

from bot.domain.ids import Number
from bot.domain.numbers import Fault, LeftOut, clean
from bot.domain.optouts import fold

MARKS = ";\t,"
LONGEST_LINE = 10_000
LONGEST_SHOWN = 80
FEWEST_DIGITS = 8

_NAMES = frozenset(
    {
        "numero", "number", "telefone", "telephone", "phone", "fone", "tel", "celular", "mobile",
        "cell", "movel", "whatsapp", "msisdn", "contato", "destinatario",
    }
)  # fmt: skip


def read_lines(lines: Iterable[str]) -> Iterator[tuple[Number, ...] | LeftOut]:
    """Read a file's lines into the numbers that each holds, or why it holds none.

    Where the first line names a column as a phone's, only that column counts; without such a
    name, every mobile in a line does: a taxpayer's number beside it may look like one. Empty
    lines are passed over. It reads as it goes, so a file may be of any length.
    """
    columns: frozenset[int] | None = None
    mark = ""
    for line, text in enumerate(lines, start=1):
        written = text.strip("\ufeff\r\n \x00")
        if not written.strip(MARKS):
            continue
        mark = mark or _find_mark(written)
        cells = _split(written, mark)
        if line == 1 and _is_header(cells):
            columns = _phone_columns(cells) or None
            continue
        yield _read_row(line, written, cells, columns)


def _read_row(
    line: int, written: str, cells: list[str], columns: frozenset[int] | None
) -> tuple[Number, ...] | LeftOut:
    meant = cells if columns is None else [c for at, c in enumerate(cells) if at in columns]
    read = [clean(cell) for cell in meant if cell.strip()]
    numbers = tuple(found for found in read if not isinstance(found, Fault))
    if numbers:
        return numbers
    faults = [found for found in read if isinstance(found, Fault)]
    why = next((one for one in faults if one is not Fault.NOT_A_NUMBER), Fault.NOT_A_NUMBER)
    return LeftOut(line, written[:LONGEST_SHOWN], why)


def _split(written: str, mark: str) -> list[str]:
    """Part a line into cells; quotes keep a mark inside one, and a quote left open ends with it."""
    if not mark:
        return [written.strip('"')]
    line = " ".join(written[:LONGEST_LINE].splitlines()).replace("\x00", "")
    return next(csv.reader([line], delimiter=mark), [""])


def _find_mark(written: str) -> str:
    """Find what parts the cells: of several marks the one that stands most often."""
    found = max(MARKS, key=written.count)
    return found if found in written else ""


def _is_header(cells: list[str]) -> bool:
    """Whether a line names columns: nothing as long as a number in it, and some letters."""
    is_numbered = any(sum(map(str.isdigit, cell)) >= FEWEST_DIGITS for cell in cells)
    return not is_numbered and any(char.isalpha() for cell in cells for char in cell)


def _phone_columns(cells: list[str]) -> frozenset[int]:
    names = [{word.rstrip("0123456789") for word in fold(cell)} for cell in cells]
    return frozenset(at for at, words in enumerate(names) if words & _NAMES)
