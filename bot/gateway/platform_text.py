"""How the platform spells letters and times."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

TIME = r"(?:\d{4}-\d\d-\d\d[ T]|\d\d/\d\d/\d{4} )\d\d:\d\d(?::\d\d(?:[.,]\d{1,7})?)?"
"""What a time looks like: its shape in the manual, and in a Brazilian's hand."""

_TIME = re.compile(TIME, re.ASCII)
_OFFSET = re.compile(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)$", re.ASCII)
_YEARS = range(1971, 9999)  # so that no zone carries a time over the calendar's edge


def decode(raw: bytes) -> str:
    """Read bytes as UTF-8, else as Windows-1252: the platform uses both. Never raises.

    Each line is read by itself, for records from different phones come in one body.
    """
    return "\n".join(map(_decode_line, raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")))


def mend(text: str) -> str:
    r"""Replace halves of letters (``\ud83d`` alone in JSON), which no database stores."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_time(written: str, zone: ZoneInfo) -> datetime | None:
    """Read a time of the platform's as UTC: local to it, unless it says an offset as XML does.

    None for what is no time, and for the year 1, which .NET writes when there is none.
    """
    written = written.strip()
    offset = _OFFSET.search(written)
    if not _TIME.fullmatch(written[: offset.start()] if offset else written):
        return None
    if "/" in written:
        written = f"{written[6:10]}-{written[3:5]}-{written[:2]} {written[11:]}"
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        return None
    if local.year not in _YEARS:
        return None
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def _decode_line(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")
