"""From numbers as they are written, one after another, to a list that names everybody once."""

from collections.abc import Iterable

from bot.domain.ids import Number
from bot.domain.numbers import (
    LONG_FORM,
    Fault,
    LeftOut,
    Recipients,
    read_cell,
    read_pieces,
    same_person_key,
)
from bot.domain.packed_rows import PackedRows

_LONGEST_SHOWN = 80


class Gathering:
    """A list as it is read: everybody is taken once, by their first spelling."""

    def __init__(self) -> None:
        self._numbers: list[Number] = []
        self._lines: list[int] = []
        self._rows: list[str] = []
        self._left_out: list[LeftOut] = []
        self._seen: set[str] = set()

    def take(self, line: int, written: str, read: Number | Fault, row: str = "") -> None:
        """Take what stands on a line for a recipient, or list it with why it is none."""
        if isinstance(read, Fault):
            self._left_out.append(LeftOut(line, written[:_LONGEST_SHOWN], read))
        elif (person := same_person_key(read)) in self._seen:
            self._left_out.append(LeftOut(line, written[:_LONGEST_SHOWN], Fault.DUPLICATE))
        else:
            self._seen.add(person)
            self._numbers.append(read)
            self._lines.append(line)
            self._rows.append(row)

    def take_cell(self, line: int, cell: str, row: str) -> None:
        """Take a cell of a file, where several numbers may stand, or none."""
        for piece, read in read_cell(cell) or [("", Fault.BLANK)]:
            self.take(line, piece, read, row)

    def take_column(
        self,
        lines: Iterable[int],
        cells: Iterable[str],
        plain: Iterable[Number],
        rows: Iterable[str],
    ) -> None:
        """Take a column's cells as ``take_cell`` does.

        ``plain`` has the number of each cell that is plainly one, and an empty word for others.
        Most of a file is plain numbers of new people, so those are taken right here.
        """
        seen = self._seen
        for line, cell, number, row in zip(lines, cells, plain, rows, strict=True):
            if len(number) == LONG_FORM and number not in seen:
                seen.add(number)
                self._numbers.append(number)
                self._lines.append(line)
                self._rows.append(row)
            else:
                self.take_cell(line, cell, row)

    def recipients(self, fields: tuple[str, ...] = ()) -> Recipients:
        """Return the list; ``fields`` are the names of the rows' columns, if there are rows."""
        rows = PackedRows(tuple(self._rows)) if fields else ()
        return Recipients(
            tuple(self._numbers), tuple(self._left_out), tuple(self._lines), fields, rows
        )


def read_list(raw: str) -> Recipients:
    """Read a pasted list: commas, semicolons, tabs and line breaks part its numbers.

    Spaces and slashes part them only where each piece is a number by itself, for a phone number
    holds spaces too. Who is named twice, with or without the ninth digit, is taken once.
    """
    gathering = Gathering()
    for line, words in enumerate(raw.splitlines(), start=1):
        for piece, read in read_pieces(words):
            gathering.take(line, piece, read)
    return gathering.recipients()
