"""Reading the platform's answers.

Public clients have seen ``{"status": 1, "data": ..., "msg": "SUCESSO"}``, bare values, and bare
``0:REASON``. An answer is accepted only where the platform plainly said so: for a ``sendsms``, what
is not understood may have gone, so it must not count as either yes or no.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus

from bot.domain.ids import GatewayId
from bot.gateway.platform_text import decode, mend
from bot.gateway.status_rows import StatusRows

_REFUSAL = re.compile(r"0\s*:(.*)", re.DOTALL)
_ASSENT = re.compile(r"(\d+)\s*:\s*SUCESSO\W*", re.IGNORECASE | re.ASCII)
_ID = re.compile(r"0*([1-9]\d{0,17})(?:\.0+)?", re.ASCII)
_AMOUNT = re.compile(r"(?:R\$)?\s*(-?\d{1,18}(?:[.,]\d{1,6})?)", re.ASCII)
_LONGEST_AMOUNT = 40
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:[.,]\d{3})*[.,]\d{1,6}$)", re.ASCII)
_NOTHING_SAID = "no reason given"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform answered with data.

    Attributes:
        data: What it gave, as text; empty where it gave nothing.
        confirmed: Whether it said success in so many words, as a bare value does not.
    """

    data: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform said no, in these words. They may echo credentials: clean them first."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The answer says neither yes nor no; ``what`` tells what it was, in our own words."""

    what: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The platform answered with a table, as its SOAP door does to a ``GetStatus``."""

    rows: StatusRows


Answer = Accepted | Listed | Rejected | NotUnderstood


def read_answer(status_code: int, body: bytes, *, rows: bool = False) -> Answer:
    """Read an answer of any shape. Never raises.

    With ``rows``, as for a ``getstatus``, data that looks like rows is accepted whatever the
    envelope says: clients have seen good rows under a status that is not 1.
    """
    if status_code != HTTPStatus.OK:  # a 206 is a part of an answer, a 202 a promise of one
        return NotUnderstood(f"HTTP {status_code}")
    text = decode(body).strip()
    if not text:
        return NotUnderstood("an empty answer")
    if text.startswith("<"):
        return NotUnderstood("a web page")
    if text.startswith("{"):
        return _read_envelope(text, rows=rows)
    return read_bare(_unquote(text))


def read_bare(text: str) -> Answer:
    """Read a bare text: ``0:REASON`` is a no, ``ID:SUCESSO`` a yes, anything else the data."""
    refusal = _REFUSAL.fullmatch(text)
    if refusal:
        return Rejected(refusal[1].strip() or _NOTHING_SAID)
    assent = _ASSENT.fullmatch(text)
    return Accepted(assent[1], confirmed=True) if assent else Accepted(text, confirmed=False)


def read_id(answer: Accepted) -> GatewayId | None:
    """Read a ``sendsms`` answer's campaign id: a positive integer, sometimes in a string."""
    found = _ID.fullmatch(answer.data.strip())
    return GatewayId(int(found[1])) if found else None


def read_amount(answer: Accepted) -> Decimal | None:
    """Read a ``getbalance`` answer: credits left, with a decimal point or a comma."""
    found = _AMOUNT.fullmatch(_THOUSANDS.sub("", answer.data.strip()[:_LONGEST_AMOUNT]))
    return Decimal(found[1].replace(",", ".")) if found else None


def read_done(answer: Accepted) -> bool:
    """Tell whether a ``holdsms`` or ``releasesms`` answer confirms it; silence is no brake."""
    return answer.confirmed or answer.data.strip().casefold() in {"1", "sucesso"}


def _read_envelope(text: str, *, rows: bool) -> Answer:
    try:
        envelope = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return NotUnderstood("JSON that does not parse")
    fields = {str(name).casefold(): value for name, value in envelope.items()}
    data = _read_data(fields.get("data"))
    if data is None:
        return NotUnderstood("data of no known shape")
    if rows and ";" in data:
        return Accepted(data, confirmed=False)
    status = str(fields.get("status")).strip().casefold()
    if status in {"1", "true"}:
        return Accepted(data, confirmed=True)
    if status in {"0", "false"}:
        return Rejected(mend(str(fields.get("msg") or data or _NOTHING_SAID)).strip())
    return NotUnderstood("an unknown status in the answer")


def _read_data(data: object) -> str | None:
    if data is None:
        return ""
    if isinstance(data, str):
        return mend(data)
    if isinstance(data, list) and all(isinstance(row, str) for row in data):
        return mend("\n".join(data))
    return str(data) if isinstance(data, int | Decimal) and not isinstance(data, bool) else None


def _unquote(text: str) -> str:
    """Open a bare value that came as a JSON string."""
    try:
        value = json.loads(text) if text.startswith('"') else text
    except ValueError:
        return text
    return mend(str(value))
