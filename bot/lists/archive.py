"""The ZIP archive that an XLSX is, unpacked with care.

Nothing of it is trusted: not the sizes it claims, not that two programs find the same files in
it. So what was looked at is packed anew, without compression, and only that goes on.
"""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.domain.file_refusals import (
    DamagedFile,
    LockedFile,
    MacroWorkbook,
    NotAList,
    OtherWorkbook,
    TooManyCells,
    TooManyRows,
)
from bot.lists.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MEMBERS,
    MOST_ROWS,
    MOST_STRINGS,
    MOST_UNPACKED,
)

_BOOK = "xl/workbook.xml"
_MACROS = "xl/vbaproject.bin"
_OTHERS = {"xl/workbook.bin": "xlsb", "content.xml": "ods"}
_NEEDED = re.compile(r"(?i)(?:.*\.rels|\[content_types\]\.xml|xl/(?!theme|drawings|media).*\.xml)")
_ENCRYPTED = 0x1
_ROOM = 10_000
"""Blank rows that may stand between the others."""
_CELLS = (re.compile(rb"<c[\s/>]"), re.compile(rb":c[\s/>]"))
"""Two, for what begins with a fixed piece is found five times as fast."""
_STRINGS = (re.compile(rb"<si[\s/>]"), re.compile(rb":si[\s/>]"))
_USUAL_CELL = re.compile(rb"""<c r="([A-Za-z]+)\d""")
"""A cell as Excel, LibreOffice and their like begin it: with where it is."""
_FAR_CELL = re.compile(rb"""<c r="[A-Za-z]+(\d{6,})""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_ROW = re.compile(rb"[<:]row[\s/>]")
_ALPHABET = 26
_MOST_LETTERS = 3
_MOST_DIGITS = 7
"""``XFD1048576`` is the last cell there can be; longer ones are made to overflow."""
_BAD_ZIP = (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error)


def repack(content: bytes) -> BytesIO:
    """Check a workbook's archive and pack what is needed of it anew."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check(members)
            return _pack(archive, members)
    except _BAD_ZIP as error:
        raise DamagedFile from error


def _check(members: list[ZipInfo]) -> None:
    names = {member.filename.casefold() for member in members}
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise LockedFile
    if _MACROS in names:
        raise MacroWorkbook
    for name, kind in _OTHERS.items():
        if name in names:
            raise OtherWorkbook(kind)
    if _BOOK not in names:
        raise NotAList
    if len(members) > MOST_MEMBERS or len(names) < len(members):
        raise DamagedFile
    needed = [member for member in members if _NEEDED.fullmatch(member.filename)]
    if any(member.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for member in needed):
        raise DamagedFile
    if sum(member.file_size for member in needed) > MOST_UNPACKED:
        raise TooManyCells(MOST_CELLS)


def _pack(archive: ZipFile, members: list[ZipInfo]) -> BytesIO:
    """Copy what is needed; a file never unpacks to more than it claims, which was added up."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as copy:
        for member in members:
            if _NEEDED.fullmatch(member.filename):
                xml = archive.read(member)
                if b"macroEnabled" in xml and member.filename.casefold().startswith("["):
                    raise MacroWorkbook
                if _count(_STRINGS, xml) > MOST_STRINGS:
                    raise TooManyCells(MOST_CELLS)
                _check_extent(xml)
                copy.writestr(member.filename, xml)
    packed.seek(0)
    return packed


def _check_extent(xml: bytes) -> None:
    """Refuse two cells so far apart that the rectangle between them doesn't fit in memory."""
    if b"sheetData" not in xml:
        return
    columns, rows = _measure(xml)
    if rows > MOST_ROWS + _ROOM:
        raise TooManyRows(MOST_ROWS)
    if columns > MOST_COLUMNS or columns * rows > MOST_CELLS + _ROOM * columns:
        raise TooManyCells(MOST_CELLS)


def _measure(xml: bytes) -> tuple[int, int]:
    """Tell at most how many columns and rows a worksheet has.

    A cell that doesn't begin with where it is may be anywhere behind the one before it, so then
    what is counted comes on top of what is named.
    """
    usual = _USUAL_CELL.findall(xml)
    columns = max(map(_read_column, set(usual)), default=1)
    are_usual = len(usual) == _count(_CELLS, xml)
    if are_usual and columns * (MOST_ROWS + _ROOM) <= MOST_CELLS:
        return columns, max(map(_read_row, _FAR_CELL.findall(xml)), default=MOST_ROWS)
    columns, rows = 0, 0
    for reference in _REFERENCE.finditer(xml):  # one by one: there may be a million
        columns = max(columns, _read_column(reference[1]))
        rows = max(rows, _read_row(reference[2]))
    if are_usual:
        return columns, rows
    widest = max(_count(_CELLS, row) for row in _ROW.split(xml))
    return columns + widest, rows + len(_ROW.findall(xml))


def _count(patterns: tuple[re.Pattern[bytes], ...], xml: bytes) -> int:
    return sum(len(pattern.findall(xml)) for pattern in patterns)


def _read_column(letters: bytes) -> int:
    """Read ``A`` as 1, ``Z`` as 26, ``AA`` as 27; more than three letters as too far."""
    if len(letters) > _MOST_LETTERS:
        return MOST_COLUMNS + 1
    position = 0
    for letter in letters.upper():
        position = position * _ALPHABET + letter - ord("A") + 1
    return position


def _read_row(digits: bytes) -> int:
    """Read a row's number; one of more digits than there can be as too far."""
    return int(digits) if len(digits) <= _MOST_DIGITS else MOST_ROWS + _ROOM + 1
