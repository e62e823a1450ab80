"""Words in the language of the house: English in the code, Portuguese from a catalog beside it.

A sentence is its own key. ``say`` and ``count`` take it as a literal, so that a test can read the
sources and hold the catalog to them: nothing untranslated, nothing left over.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, get_timezone, get_timezone_location
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol

from handlers.blocks.escaping import mrkdwn

_PATTERNS = {"en": "d MMM y, HH:mm", "pt_BR": "dd/MM/y, HH:mm"}
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


class Words:
    """Says things in one language, with its numbers and times.

    Facts that go into a sentence are put in as they are: whoever hands in other people's words
    escapes them for where the sentence is shown.
    """

    def __init__(self, locale: str = "en") -> None:
        if locale not in _PATTERNS:
            message = f"no words for {locale!r}: one of {', '.join(_PATTERNS)}"
            raise ValueError(message)
        self._pattern = _PATTERNS[locale]
        self._locale = Locale.parse(locale)
        self._catalog = None if locale == "en" else read_catalog(locale)

    def say(self, msgid: str, /, **facts: object) -> str:
        """Say a sentence, its ``{placeholders}`` filled in."""
        return self._translate(msgid, 0, msgid).format(**facts)

    def count(self, n: int, singular: str, plural: str, /, **facts: object) -> str:
        """Say how many of something: ``{n}`` is the number, and 1 alone is singular."""
        index = int(n != 1)
        found = self._translate(singular, index, (singular, plural)[index])
        return found.format(n=self.number(n), **facts)

    def number(self, n: float | Decimal) -> str:
        """Write a number with thousands separators: ``4,812`` or ``4.812``."""
        return format_decimal(n, locale=self._locale)

    @property
    def list_separator(self) -> str:
        """What a spreadsheet in this language parts cells by: no comma where decimals have it."""
        return ";" if get_decimal_symbol(self._locale) == "," else ","

    def moment(self, at: datetime, zone: str = "") -> str:
        """Write a day and time that each reader sees in their own zone.

        Where Slack can't, the fallback is read: in ``zone``, or in the moment's own.
        """
        return self._token(at, "{date_short_pretty} {time}", zone)

    def clock(self, at: datetime, zone: str = "") -> str:
        """Write a time of day, where the day goes without saying."""
        return self._token(at, "{time}", zone)

    def second(self, at: datetime, zone: str = "") -> str:
        """Write a time of day to the second, to find it again in another log."""
        return self._token(at, "{time_secs}", zone)

    def in_zone(self, at: datetime, zone: str = "") -> str:
        """Write a day and time in one zone, and say which: ``24 Dec 2026, 16:00 (Sao Paulo)``."""
        local = at.astimezone(read_zone(zone)) if zone else at
        shown = format_datetime(local.replace(tzinfo=None), self._pattern, locale=self._locale)
        return f"{shown} ({self.place(local.tzinfo)})"

    def place(self, zone: tzinfo | None) -> str:
        """Name a zone by its city, as this language spells it."""
        if not isinstance(zone, ZoneInfo) or "/" not in zone.key or zone.key.startswith("Etc/"):
            return str(zone or UTC)
        return get_timezone_location(get_timezone(zone.key), locale=self._locale, return_city=True)

    def age(self, at: datetime, now: datetime) -> str:
        """Tell how long ago something was; a clock that was put back makes it just now."""
        past = now - at
        if past < timedelta(seconds=1):
            return self.say("just now")
        return self.say("{time} ago", time=self.lasting(past))

    def lasting(self, span: timedelta) -> str:
        """Write a length of time by its two largest units: ``2 h 5 min``.

        The signs are the same in both languages.
        """
        seconds = max(0, int(span.total_seconds()))
        for size, sign, small_size, small_sign in (
            (_DAY, "d", _HOUR, "h"),
            (_HOUR, "h", _MINUTE, "min"),
        ):
            if seconds >= size:
                rest = seconds % size // small_size
                whole = f"{self.number(seconds // size)} {sign}"
                return f"{whole} {rest} {small_sign}" if rest else whole
        return f"{seconds // _MINUTE} min" if seconds >= _MINUTE else f"{seconds} s"

    def _token(self, at: datetime, style: str, zone: str) -> str:
        return f"<!date^{int(at.timestamp())}^{style}|{mrkdwn(self.in_zone(at, zone))}>"

    def _translate(self, msgid: str, index: int, otherwise: str) -> str:
        found = self._catalog.get(msgid) if self._catalog is not None else None
        if found is None or not found.string:
            return otherwise
        return found.string if isinstance(found.string, str) else found.string[index]


def read_zone(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name; UTC for one that this machine doesn't know.

    A name comes from Slack. A newer one than our tables must not keep a campaign untold.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def read_catalog(locale: str) -> Catalog:
    """Read the translations of one language, which lie beside the code as people wrote them."""
    with (resources.files("handlers.blocks") / "locales" / f"{locale}.po").open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)
