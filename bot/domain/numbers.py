"""Phone numbers as people write them, and as the gateway takes them.

The gateway wants DDD and number, 10 or 11 digits, with no country code (its manual). People paste
``+55 (31) 99999-0001``, ``0xx31 9999-0001`` and whole spreadsheets. Nothing is guessed: what is
not plainly a Brazilian mobile is left out, and shown with its line.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.domain.ids import Number
from bot.domain.packed_rows import Cells

_DDDS_BY_FIRST_DIGIT = {
    "1": "123456789",
    "2": "12478",
    "3": "1234578",
    "4": "123456789",
    "5": "1345",
    "6": "123456789",
    "7": "134579",
    "8": "123456789",
    "9": "123456789",
}
DDDS = frozenset(
    first + second for first, seconds in _DDDS_BY_FIRST_DIGIT.items() for second in seconds
)
"""The area codes that exist (Anatel's national numbering plan)."""

_DDD = "|".join(f"{first}[{seconds}]" for first, seconds in _DDDS_BY_FIRST_DIGIT.items())
MOBILE = (
    r"(?:\+55|0055|55)?"  # DDD 55 exists too; the length tells it from the country
    r"(?:0(?:xx|[1-9]\d)?)?"  # the trunk zero, and the carrier or its placeholder
    rf"((?:{_DDD})(?:9\d{{8}}|[6-9]\d{{7}}))"
)
"""An expression for a mobile without punctuation, in ASCII; its group is the number."""
_MOBILE = re.compile(MOBILE, re.ASCII)
_NATIONAL = re.compile(r"(?:\+55|0055|55(?=\d{10}))?(?:0+(?:xx|\d\d(?=\d{10,11}$))?)?(\d*)")
_FOREIGN = re.compile(r"\+(?!55)|00(?!55)[1-9]")
_LOOSE = re.compile(r"[^\w+:=@#%&$€£]|_")  # the rest marks a date, an amount or an address
_CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}", re.ASCII)  # a taxpayer's number: 11 digits as well
_DECIMAL = re.compile(r"(\d{10,})\.0+", re.ASCII)  # a spreadsheet's number, saved as a fraction
_SEPARATOR = re.compile(r"[,;\t]")
USUAL_PUNCTUATION = str.maketrans(dict.fromkeys(" ()-"))
"""What says nothing about whose number it is, and can't make it anything else."""
_INNER_SEPARATORS = (re.compile(r"[/|]"), re.compile(r"\s+"))
LONGEST_NUMBER = 64
"""Letters; what is longer isn't one number, whatever it is."""
_SHORT_FORM = 10
LONG_FORM = 11
"""Digits of a mobile with its ninth."""


class Fault(StrEnum):
    """Why something that was written is not a recipient."""

    NOT_A_MOBILE = "not_a_mobile"
    NO_SUCH_DDD = "no_such_ddd"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    COUNTRY = "country"
    DUPLICATE = "duplicate"
    BLANK = "blank"
    OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out of a list: its line (from 1), its first 80 characters, and why."""

    line: int
    raw: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Recipients:
    """A list as it was read: whom it names, in order and once each, and what was left out.

    Attributes:
        numbers: Who gets it.
        left_out: Who doesn't.
        lines: The line of each of the numbers.
        fields: The names of a file's columns; none for a pasted list.
        rows: The row of each of the numbers, with a cell for each of the fields: so
            ``dict(zip(fields, row))`` is what a text can be filled with.
    """

    numbers: tuple[Number, ...]
    left_out: tuple[LeftOut, ...]
    lines: tuple[int, ...] = field(default=(), compare=False)
    fields: tuple[str, ...] = ()
    rows: Sequence[Cells] = ()

    def with_ninth_digit(self) -> "Recipients":
        """Write every mobile of ten digits as it is dialled today; nobody becomes another.

        Only who wrote the list may ask for it: it can hold old numbers whose new ones are somebody
        else's to know.
        """
        whole = tuple(Number(same_person_key(number)) for number in self.numbers)
        return replace(self, numbers=whole)

    def without(self, unwanted: frozenset[Number]) -> "Recipients":
        """Leave out these, who asked for no more; they are listed with their lines."""
        if not unwanted:
            return self
        lines = self.lines or (1,) * len(self.numbers)
        kept = [at for at, number in enumerate(self.numbers) if number not in unwanted]
        gone = [
            LeftOut(line, pretty(number), Fault.OPTED_OUT)
            for line, number in zip(lines, self.numbers, strict=True)
            if number in unwanted
        ]
        return Recipients(
            tuple(self.numbers[at] for at in kept),
            tuple(sorted((*self.left_out, *gone), key=lambda one: one.line)),
            tuple(lines[at] for at in kept),
            self.fields,
            tuple(self.rows[at] for at in kept) if self.rows else (),
        )


def clean(raw: str) -> Number | Fault:
    """Read one number, or say why it is none.

    The country code, the trunk zero, carrier codes (``0xx31``, ``015 31``) and punctuation go.
    A ten-digit mobile stays as it is: only the person who wrote it knows whether it lacks its
    ninth digit. Cleaning a clean number changes nothing.
    """
    found = _MOBILE.fullmatch(raw)
    if found is None and len(raw) <= LONGEST_NUMBER:
        found = _MOBILE.fullmatch(raw.translate(USUAL_PUNCTUATION))
    if found:
        return Number(found[1])
    written = raw.strip()
    squeezed = _squeeze(written[:LONGEST_NUMBER])
    if squeezed is None:
        return Fault.NOT_A_NUMBER
    if len(written) > LONGEST_NUMBER:
        return Fault.TOO_LONG
    found = _MOBILE.fullmatch(squeezed)
    return Number(found[1]) if found else _diagnose(squeezed)


def pretty(number: Number) -> str:
    """Write a number for people: ``(31) 99999-0001``."""
    return f"({number[:2]}) {number[2:-4]}-{number[-4:]}"


def count_short(numbers: Iterable[Number]) -> int:
    """Count the mobiles of ten digits, which may lack their ninth.

    Since 2016 every mobile of Brazil has a 9 before its eight digits (Anatel). Only a person may
    ask for it to be added: a list can hold old numbers whose new ones are somebody else's to know.
    """
    return sum(len(number) == _SHORT_FORM for number in numbers)


def same_person_key(number: Number) -> str:
    """Return what both spellings of a mobile share: its form with the ninth digit.

    A call-back may name a person by the other form than the one that was sent to. It is also
    how an old number is dialled today; one of eleven digits stays.
    """
    return f"{number[:2]}9{number[2:]}" if len(number) == _SHORT_FORM else number


def read_pieces(words: str) -> Iterator[tuple[str, Number | Fault]]:
    """Read each number of a line or a cell, where it may stand with others."""
    for written in _SEPARATOR.split(words):
        piece = written.strip()
        if not piece:
            continue
        read = clean(piece)
        several = _read_several(piece) if read is Fault.TOO_LONG else None
        if several is None:
            yield piece, read
        else:
            yield from several


def read_cell(words: str) -> Sequence[tuple[str, Number | Fault]]:
    """Read a cell as the one number that it is, or else as a pasted list of them."""
    piece = words.strip()
    if not piece:
        return ()
    read = clean(piece)
    if isinstance(read, Fault) and (read is Fault.TOO_LONG or _SEPARATOR.search(piece)):
        return list(read_pieces(piece))
    return [(piece, read)]


def _read_several(piece: str) -> list[tuple[str, Number]] | None:
    """Read a piece as several numbers, or None unless each of its parts is one."""
    for separator in _INNER_SEPARATORS:
        numbers: list[tuple[str, Number]] = []
        for part in separator.split(piece):
            read = clean(part)
            if isinstance(read, Fault):
                break
            numbers.append((part, read))
        else:
            return numbers
    return None


def _squeeze(written: str) -> str | None:
    """Return the digits with what may stand before them, or None if this is something else."""
    plain = written.casefold()
    if not plain.isascii():
        plain = "".join(map(_ascii_digit, plain))
    whole = _DECIMAL.fullmatch(plain)
    if whole:
        return whole[1]
    squeezed = _LOOSE.sub("", plain)
    digits = squeezed.removeprefix("+").replace("0xx", "0", 1)
    if _CPF.fullmatch(plain) or not (digits.isascii() and digits.isdecimal()):
        return None
    return squeezed


def _ascii_digit(letter: str) -> str:
    if letter == "＋":
        return "+"
    return str(unicodedata.decimal(letter, letter))


def _diagnose(squeezed: str) -> Fault:
    if _FOREIGN.match(squeezed):
        return Fault.COUNTRY
    found = _NATIONAL.fullmatch(squeezed)
    national = found[1] if found else ""
    if len(national) < _SHORT_FORM:
        return Fault.TOO_SHORT
    if len(national) > LONG_FORM:
        return Fault.TOO_LONG
    return Fault.NOT_A_MOBILE if national[:2] in DDDS else Fault.NO_SUCH_DDD
