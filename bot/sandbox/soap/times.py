"""When a campaign is to go, as XML Schema writes it and .NET reads it."""

import re
from datetime import datetime

from bot.sandbox.clock import PLATFORM_ZONE
from bot.sandbox.soap.operations import UNSET_TIME

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
_OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_WRITTEN = re.compile(f"{_DAY}({_CLOCK})?{_OFFSET}")


def read_time(written: str) -> datetime | None:
    """Read a `DateTime`, in the platform's zone; None is what it is before anybody sets it.

    One without an offset is the platform's local time. One with an offset is that instant, told
    by the platform's own clock from here on: its reports have no other.

    Raises:
        ValueError: it is no time.
    """
    written = written.strip()
    if written.startswith(UNSET_TIME):
        return None
    if not _WRITTEN.fullmatch(written):
        raise ValueError(written)
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=PLATFORM_ZONE)
    try:
        return moment.astimezone(PLATFORM_ZONE)
    except OverflowError as error:
        raise ValueError(written) from error
