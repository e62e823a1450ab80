"""What a file is, told from its bytes: its name is anybody's claim."""

from enum import Enum

from bot.domain.file_refusals import EmptyFile, FileTooLarge, LockedFile, NotAList, OtherWorkbook
from bot.domain.sheets import MOST_BYTES

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's older container: XLS, and XLSX with a password (MS-CFB, section 2.2)."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NEVER_IN_TEXT = bytes({*range(32), 127} - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_OTHERS = (b"%PDF-", b"{\\rtf")


class Kind(Enum):
    """What can be read."""

    SEPARATED = "csv"
    WORKBOOK = "xlsx"


def tell_kind(content: bytes) -> Kind:
    """Tell CSV from XLSX, and refuse what is neither."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge(MOST_BYTES)
    if not content.strip():
        raise EmptyFile
    if content.startswith(_ZIP):
        return Kind.WORKBOOK
    if content.startswith(_COMPOUND):
        raise _name_compound(content)
    if content.startswith(_UTF_16):
        return Kind.SEPARATED
    if content.startswith(_OTHERS) or len(content.translate(None, _NEVER_IN_TEXT)) < len(content):
        raise NotAList
    return Kind.SEPARATED


def _name_compound(content: bytes) -> LockedFile | OtherWorkbook | NotAList:
    if _ENCRYPTED in content:
        return LockedFile()
    return OtherWorkbook("xls") if any(name in content for name in _BOOKS) else NotAList()
