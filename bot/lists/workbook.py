"""XLSX: a worksheet's cells as text, formulas by the values that were last worked out."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bot.domain.file_refusals import DamagedFile, EmptyFile
from bot.domain.sheets import Row
from bot.lists.archive import repack

Value = int | float | str | bool | time | date | datetime | timedelta


class Worksheet:
    """The first worksheet that people see and that has something in it.

    Attributes:
        name: Its name.
        others: How many more there are of that kind.
    """

    def __init__(self, content: bytes) -> None:
        """Open it; raises what ``archive.repack`` does, ``DamagedFile`` or ``EmptyFile``."""
        packed = [repack(content)]
        try:
            book = CalamineWorkbook.from_filelike(packed.pop())  # it copies it, so ours can go
            filled = [sheet for sheet in _visible(book) if sheet.end is not None]
        except CalamineError as error:
            raise DamagedFile from error
        except BaseException as error:
            raise _read_panic(error) from error
        if not filled:
            raise EmptyFile
        self._sheet = filled[0]
        self.name = self._sheet.name
        self.others = len(filled) - 1

    def rows(self) -> Iterator[Row]:
        """Read its rows, each with its number; blank ones are passed over."""
        for line, values in enumerate(self._sheet.iter_rows(), start=1):
            cells = [value if value.__class__ is str else _write(value) for value in values]
            if "".join(cells).strip():
                yield line, cells


def _visible(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    for position, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            yield book.get_sheet_by_index(position)


def _read_panic(error: BaseException) -> BaseException:
    """Take a panic of the reader's Rust, which is no ``Exception``, for a damaged file."""
    return DamagedFile() if type(error).__name__ == "PanicException" else error


def _write(value: Value) -> str:
    """Write a value as people read it; Excel keeps phone numbers as fractions that are whole."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}".removesuffix(" 00:00")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
