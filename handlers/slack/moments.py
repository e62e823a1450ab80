"""Dates and times as people type them, in Portuguese or English, in their own time zone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.refusals import DoubledTime, SkippedTime, UnreadTime

LONGEST = 60

_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])\s*(?:h|hs|horas)\s*(?P<minute>[0-5]\d)?\b")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\s*[ap]\.?m\b")
_NOON = {"meio-dia": "12:00", "meio dia": "12:00", "noon": "12:00"}
_RELATIVE = re.compile(r"^(?:em|in|daqui a)\b")
_JOINERS = re.compile(r"(?<=\S)\s+(?:às|as|à|ao|at)\s+(?=\d)")
_LEADERS = re.compile(r"^(?:(?:na|no|on|next|próxima|próximo|dia)\s+)+")
_ISO_T = re.compile(r"(?<=\d)t(?=\d)")
_DAY_AFTER = re.compile(r"\bdepois de amanh[ãa]\b|\bday after tomorrow\b")


def read_moment(typed: str, *, zone: ZoneInfo, now: datetime) -> datetime:
    """Read a date and time in the writer's zone; returns aware UTC on a whole minute.

    Understands ``24/12/2026 16:00``, ``24/12 16h``, ``amanhã 9h``, ``sexta às 16:00``,
    ``em 2 horas``, ``tomorrow 4pm``, ``2026-12-24 16:00``. Day comes before month, as in
    Brazil. A date without a time of day is asked back: midnight is nobody's wish.

    Raises:
        UnreadTime: It can't be read, or says no time of day.
        SkippedTime: Clocks there are put forward over it.
        DoubledTime: Clocks there are put back over it.
    """
    local_now = now.astimezone(zone)
    phrase = _plain(typed, today=local_now)
    if not phrase or len(phrase) > LONGEST:
        raise UnreadTime(typed.strip())
    if not (_TIME.search(phrase) or _RELATIVE.search(phrase)):
        raise UnreadTime(typed.strip())
    # Loaded when somebody first writes a time: it takes memory, and a few tenths of a second.
    import dateparser  # noqa: PLC0415

    found = dateparser.parse(
        phrase,
        languages=["pt", "en"],
        settings={
            "DATE_ORDER": "YMD" if re.match(r"\d{4}-", phrase) else "DMY",
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": local_now.replace(tzinfo=None),
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None:
        raise UnreadTime(typed.strip())
    local = found.replace(second=0, microsecond=0, tzinfo=zone)
    try:
        _check_clocks(local, typed.strip())
        return local.astimezone(UTC)
    except OverflowError as error:  # the last evening of 9999 is past all calendars in UTC
        raise UnreadTime(typed.strip()) from error


def _check_clocks(local: datetime, typed: str) -> None:
    """Refuse a time that daylight saving leaves out, or brings twice.

    Both readings of it lie an offset apart: before the change and after it.
    """
    first, second = local.replace(fold=0), local.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return
    is_skipped = first.astimezone(UTC).astimezone(local.tzinfo).replace(fold=0) != first
    width = abs((first.utcoffset() or timedelta()) - (second.utcoffset() or timedelta()))
    before, after = (first - width).astimezone(UTC), (second + width).astimezone(UTC)
    raise (SkippedTime if is_skipped else DoubledTime)(typed, before, after)


def _plain(typed: str, *, today: datetime) -> str:
    """Spell times as ``9:00`` and drop the small words that parsers trip over."""
    phrase = _ISO_T.sub(" ", " ".join(typed.strip().lower().split()))
    phrase = _DAY_AFTER.sub(f"{today + timedelta(days=2):%d/%m/%Y}", phrase)
    for word, clock in _NOON.items():
        phrase = phrase.replace(word, clock)
    if not _RELATIVE.search(phrase):
        phrase = _CLOCK.sub(lambda m: f"{m['hour']}:{m['minute'] or '00'}", phrase)
    phrase = phrase.replace("daqui a ", "em ")
    return _LEADERS.sub("", _JOINERS.sub(" ", phrase))
