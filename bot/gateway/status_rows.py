"""Reading what ``getstatus`` gives: one line a message, 13 fields with ``;`` between.

The fields' places come from public clients: 2 is the time it was queued, 4 the time of delivery,
6 the status, 9 the carrier, 10 the number and 12 the message; what the others mean is not known.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.ids import Number
from bot.domain.numbers import Fault, clean
from bot.domain.receipts import Receipt, read_receipt
from bot.gateway.platform_text import read_time

QUEUED_AT, DELIVERED_AT, WORD, CARRIER, NUMBER, TEXT = 2, 4, 6, 9, 10, 12
"""The places of the fields that are known."""
FIELDS = 13
_SHORTEST_NUMBER = 8  # digits: a foreign or odd number is still a row about somebody


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What the platform says of one message.

    Attributes:
        number: Whom it went to, where that reads as a mobile.
        raw_number: The same as the platform wrote it.
        word: The platform's status, kept for the day it means something to us.
        receipt: What that word is known to mean.
        carrier: The phone company, or nothing.
        queued_at: When the platform took it in, in UTC.
        delivered_at: When it arrived, in UTC.
        text: The message.
    """

    number: Number | None
    raw_number: str
    word: str
    receipt: Receipt
    carrier: str
    queued_at: datetime | None
    delivered_at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class StatusRows:
    """The rows that could be read, in order, and how many could not."""

    rows: tuple[StatusRow, ...]
    skipped: int


def read_rows(text: str, zone: ZoneInfo) -> StatusRows:
    """Read the rows; one that can't be read is skipped and counted. Never raises.

    A quoted message may hold line breaks. A stray quote must not swallow the rows after it, so a
    line that is a whole row by itself always starts a new one.
    """
    return sort_out(map(_split, _read_records(text)), zone)


def sort_out(records: Iterable[Sequence[str]], zone: ZoneInfo) -> StatusRows:
    """Make rows of what is split into its 13 fields; what isn't one is skipped and counted."""
    rows: list[StatusRow] = []
    skipped = 0
    for fields in records:
        if _is_row(fields):
            rows.append(_read_row(fields, zone))
        else:
            skipped += 1
    return StatusRows(tuple(rows), skipped)


def _read_records(text: str) -> Iterator[str]:
    record: list[str] = []
    is_open = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if record and not (is_open and not _is_row(_split(line))):
            yield "\n".join(record)
            record, is_open = [], False
        if line.strip() or is_open:
            record.append(line)
            is_open ^= line.count('"') % 2 == 1
    if record:
        yield "\n".join(record)


def _split(record: str) -> list[str]:
    """Split as CSV does, or plainly where the quotes make no sense to it."""
    try:
        fields = next(csv.reader([record], delimiter=";"), [])
    except csv.Error:
        fields = record.split(";")
    if len(fields) < FIELDS:
        fields = [field.strip('"') for field in record.split(";")]
    return [*fields[:TEXT], ";".join(fields[TEXT:])]


def _is_row(fields: Sequence[str]) -> bool:
    return (
        len(fields) == FIELDS
        and sum(letter.isdecimal() for letter in fields[NUMBER]) >= _SHORTEST_NUMBER
    )


def _read_row(fields: Sequence[str], zone: ZoneInfo) -> StatusRow:
    raw_number = fields[NUMBER].strip()
    number = clean(raw_number)
    return StatusRow(
        number=None if isinstance(number, Fault) else number,
        raw_number=raw_number,
        word=fields[WORD].strip(),
        receipt=read_receipt(fields[WORD]),
        carrier=fields[CARRIER].strip(),
        queued_at=read_time(fields[QUEUED_AT], zone),
        delivered_at=read_time(fields[DELIVERED_AT], zone),
        text=fields[TEXT],
    )
