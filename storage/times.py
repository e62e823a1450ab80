"""Times in the tables: ISO 8601 text in UTC, always 32 characters.

Fixed width makes them sort as time does, and a person with ``sqlite3`` can read them.
"""

from datetime import UTC, datetime
from typing import overload


@overload
def write_time(moment: datetime) -> str: ...
@overload
def write_time(moment: None) -> None: ...
@overload
def write_time(moment: datetime | None) -> str | None: ...
def write_time(moment: datetime | None) -> str | None:
    """Write an aware time as ``2026-12-24T19:00:00.000000+00:00``.

    A naive one raises ``ValueError``: nobody could say which moment it was.
    """
    if moment is None:
        return None
    if moment.utcoffset() is None:
        message = f"a time without its zone: {moment.isoformat()}"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@overload
def read_time(text: str) -> datetime: ...
@overload
def read_time(text: None) -> None: ...
@overload
def read_time(text: str | None) -> datetime | None: ...
def read_time(text: str | None) -> datetime | None:
    """Read what ``write_time`` wrote, in UTC."""
    return None if text is None else datetime.fromisoformat(text)
