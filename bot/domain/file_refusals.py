"""Why a file isn't read as a list of people. Each carries what its answer must tell."""

from dataclasses import dataclass

from bot.domain.errors import Refusal


@dataclass(eq=False)
class FileTooLarge(Refusal):
    """The file has more bytes than are read; ``limit`` is in bytes."""

    limit: int


@dataclass(eq=False)
class TooManyRows(Refusal):
    """The file has more rows than one campaign's list takes."""

    limit: int


@dataclass(eq=False)
class TooManyCells(Refusal):
    """The table is wider than a list of people is: so many cells don't fit in memory."""

    limit: int


@dataclass(eq=False)
class NotAList(Refusal):
    """Neither CSV nor XLSX, whatever its name says: a picture, a PDF, a program."""


@dataclass(eq=False)
class OtherWorkbook(Refusal):
    """A spreadsheet of another kind, such as ``xls``, ``xlsb`` or ``ods``."""

    kind: str


@dataclass(eq=False)
class MacroWorkbook(Refusal):
    """A workbook with a program inside (``xlsm``)."""


@dataclass(eq=False)
class LockedFile(Refusal):
    """It opens with a password only."""


@dataclass(eq=False)
class DamagedFile(Refusal):
    """It breaks off or contradicts itself; ``line`` is where, in a CSV."""

    line: int | None = None


@dataclass(eq=False)
class EmptyFile(Refusal):
    """There is nothing in it."""


@dataclass(eq=False)
class NoPhoneColumn(Refusal):
    """No column is named like phone numbers or holds any; these are the columns there are."""

    columns: tuple[str, ...]


@dataclass(eq=False)
class FileNotGiven(Refusal):
    """Slack didn't hand the file over."""


@dataclass(eq=False)
class TwoLists(Refusal):
    """Numbers were typed and a file was given: nobody can tell which of them is meant."""
