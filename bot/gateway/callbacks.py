"""Reading the platform's call-backs: deliveries, and what people sent back.

One record is ``codigo_campanha;celular;resposta;data_resposta;status;interno_key`` (the manual).
``resposta`` is whatever a stranger typed, so it may hold ``;``, line breaks, even a time: what
stands before it and what stands after it tell where it ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.ids import GatewayId, Number
from bot.domain.numbers import Fault, clean
from bot.domain.receipts import Receipt, read_receipt
from bot.gateway.callback_fields import find_fields
from bot.gateway.platform_text import TIME, read_time

_ID = re.compile(r"0*([1-9]\d{0,17})", re.ASCII)
_START = re.compile(r"[\s\"]*\d{1,18}\s*;[\s\"]*\+?[\d(][\d ().-]{6,20}[\s\"]*;", re.ASCII)
_TIME_FIELD = re.compile(rf";[ \"]*({TIME})[ \"]*(?=;|$)", re.ASCII)
_SIX_FIELDS = 6
_AFTER_THE_TIME = 2  # separators: before the status and before the key
_NEAR_THE_END = 3  # an earlier time has more than that after it


@dataclass(frozen=True, slots=True)
class Record:
    """One piece of news about one phone.

    Attributes:
        gateway_id: The *codigo_campanha*, where it reads as one.
        raw_number: The phone, as the platform wrote it.
        number: The same, where it reads as a mobile.
        text: What the person sent back; empty when this only tells of a delivery.
        at: When, in UTC.
        word: The delivery status, as the platform wrote it.
        receipt: What that status is known to mean.
        key: The reference given with the send.
    """

    gateway_id: GatewayId | None
    raw_number: str
    number: Number | None
    text: str
    at: datetime | None
    word: str
    receipt: Receipt
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The records of one call-back, in order, and what could not be read, whole."""

    records: tuple[Record, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fields:
    gateway_id: str
    number: str
    text: str
    time: str
    word: str
    key: str


def read_callback(*, query: bytes, content_type: str, body: bytes, zone: ZoneInfo) -> Reading:
    """Read a call-back from its query string and its body, both as they came.

    Nothing is lost: what is no record is kept in ``unreadable``. Never raises, whatever the bytes.
    The text is a stranger's, and so may be all the rest: a record is only as trustworthy as the
    address it came to.
    """
    records: list[Record] = []
    unreadable: list[str] = []
    for value in find_fields(query, content_type, body, is_readable=_is_readable):
        for record in _split_records(value):
            fields = _split_fields(record)
            if fields is None:
                unreadable.append(record)
            else:
                records.append(_read_record(fields, zone))
    return Reading(tuple(records), tuple(unreadable))


def _is_readable(value: str) -> bool:
    records = list(_split_records(value))
    return bool(records) and all(map(_split_fields, records))


def _split_records(value: str) -> Iterator[str]:
    """Split a value at each line break between two whole records.

    A line break inside a reply is part of it, even where the next line looks like a record:
    until its own time and status have come, a record is not over. What follows them is not its.
    """
    lines: list[str] = []
    end = 0  # how many of the lines it takes to hold the latest time
    for line in value.replace("\r\n", "\n").split("\n"):
        if end == len(lines) > 0 and _START.match(line):
            yield "\n".join(lines)
            lines, end = [], 0
        if line.strip() or end < len(lines):
            lines.append(line)
        if _TIME_FIELD.search(line):
            end = len(lines)
    for part in (lines[:end], lines[end:]):
        if text := "\n".join(part).strip():
            yield text


def _split_fields(record: str) -> _Fields | None:
    """Find the six fields: the first two from the left, the time and what follows from the right.

    The time is the last one with exactly status and key after it; failing that, the last one.
    """
    gateway_id, _, rest = record.partition(";")
    number, _, rest = rest.partition(";")
    if not (_ID.fullmatch(gateway_id.strip(' "')) or _is_number(number)):
        return None
    rest = f";{rest}"
    times = list(_TIME_FIELD.finditer(rest))[-_NEAR_THE_END:]
    exact = [time for time in times if rest.count(";", time.end()) == _AFTER_THE_TIME]
    if times:
        time = (exact or times)[-1]
        word, _, key = rest[time.end() + 1 :].partition(";")
        return _Fields(gateway_id, number, rest[1 : time.start()], time[1], word, key)
    fields = record.split(";")
    return _Fields(*fields) if len(fields) == _SIX_FIELDS else None


def _is_number(written: str) -> bool:
    return not isinstance(clean(written), Fault)


def _read_record(fields: _Fields, zone: ZoneInfo) -> Record:
    raw_number = fields.number.strip()
    number = clean(raw_number)
    gateway_id = _ID.fullmatch(fields.gateway_id.strip(' "'))
    return Record(
        gateway_id=GatewayId(int(gateway_id[1])) if gateway_id else None,
        raw_number=raw_number,
        number=None if isinstance(number, Fault) else number,
        text=fields.text,
        at=read_time(fields.time, zone),
        word=fields.word.strip(),
        receipt=read_receipt(fields.word),
        key=fields.key.strip(),
    )
