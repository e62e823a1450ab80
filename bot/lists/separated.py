"""CSV as spreadsheets and people write it."""

import csv
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from bot.domain.file_refusals import DamagedFile, NotAList
from bot.domain.sheets import Row

_ENCODINGS = ("utf-8-sig", "cp1252")
_SEPARATORS = ";,\t"
_SAMPLE_ROWS = 50
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def read_separated(content: bytes) -> Iterator[Row]:
    """Read a CSV file's rows, each with the line where it begins; blank ones are passed over.

    UTF-8 with or without its mark, UTF-16 with it, or Windows-1252. A quotation mark that is
    opened and never closed would swallow the rows below it, so it is refused and not guessed at.
    """
    encoding = _find_encoding(content)
    separator = _find_separator(content, encoding)
    return _read(content, encoding, separator)


def _read(content: bytes, encoding: str, separator: str) -> Iterator[Row]:
    with TextIOWrapper(BytesIO(content), encoding, newline="") as lines:
        rows = csv.reader(lines, delimiter=separator, strict=True)
        begins = 1
        try:
            for cells in rows:
                if "".join(cells).strip():
                    yield begins, cells
                begins = rows.line_num + 1
        except csv.Error as error:
            raise DamagedFile(begins) from error


def _find_encoding(content: bytes) -> str:
    tried = ("utf-16",) if content.startswith(_BYTE_ORDERS) else _ENCODINGS
    for encoding in tried:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise NotAList


def _find_separator(content: bytes, encoding: str) -> str:
    """Choose the one that cuts the first rows into the most columns, the same number in each.

    A comma stands within addresses and amounts as well, so what is even counts before what
    is much; of one column there is nothing to part.
    """
    return max(_SEPARATORS, key=lambda mark: _judge(content, encoding, mark))


def _judge(content: bytes, encoding: str, separator: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for _, cells in _read(content, encoding, separator):
            widths.append(len(cells))
            if len(widths) == _SAMPLE_ROWS:
                break
    except DamagedFile:
        pass  # with another separator it may be whole; if with none, reading it says so
    usual = max(widths, key=widths.count, default=1)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 1)
