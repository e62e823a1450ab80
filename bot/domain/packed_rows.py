"""The rows of a long list, kept small."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

Cells = Sequence[str]
"""What a row of a file holds, cell by cell."""

_BETWEEN = "\0"
"""It stands in no text that anybody wrote."""


@dataclass(frozen=True, slots=True)
class PackedRows(Sequence[Cells]):
    """Rows that are one text each, and are parted when somebody looks at them.

    Of a hundred thousand rows few are ever looked at. As lists of cells they take twice the
    memory, and Python's garbage collector goes through every one.
    """

    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Cells: ...

    @overload
    def __getitem__(self, at: slice) -> "PackedRows": ...

    def __getitem__(self, at: int | slice) -> "Cells | PackedRows":
        if isinstance(at, slice):
            return PackedRows(self.texts[at])
        return tuple(self.texts[at].split(_BETWEEN))


def pack(rows: Sequence[Cells]) -> list[str]:
    """Make a text of each row; a NUL within a cell would part it, so it goes."""
    texts = [_BETWEEN.join(cells) for cells in rows]
    if "".join(texts).count(_BETWEEN) == sum(map(len, rows)) - len(rows):
        return texts
    return [_BETWEEN.join([cell.replace(_BETWEEN, "") for cell in cells]) for cells in rows]
