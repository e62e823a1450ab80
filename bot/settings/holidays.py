"""Brazil's national holidays, by name in the house's language."""

from datetime import date
from functools import cache

LANGUAGES = {"en": "en_US", "pt_BR": "pt_BR"}


class NationalHolidays:
    """Names a day where it is a national holiday of Brazil.

    The calendar is loaded when a day is first asked about, so a house without holidays never
    loads it; a year is worked out once and never changed, since several threads ask.
    """

    def __init__(self, locale: str) -> None:
        self._language = LANGUAGES[locale]

    def __call__(self, day: date) -> str:
        """Tell a day's name, empty where it is no holiday."""
        return _names(day.year, self._language).get(day, "")


@cache
def _names(year: int, language: str) -> dict[date, str]:
    # Loaded when a day is first looked up: it takes memory, and more than a tenth of a second.
    from holidays.countries.brazil import Brazil  # noqa: PLC0415

    return dict(Brazil(years=year, language=language).items())
