"""What is wrong with the settings, in words that say what to do and never what the value was.

A value that is wrong is often a secret in the wrong place, so nothing here echoes one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from bot.domain.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    Attributes:
        setting: Its name as it is written in the environment.
        what: What is wrong with it.
        where_to_get_it: What it is and where a right value is found.
    """

    setting: str
    what: str
    where_to_get_it: str


class WrongSettings(SettingsError):
    """The settings can't be used; it carries every problem, so that one round mends them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.setting} {one.what}" for one in self.problems))


_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "isn't a setting",
    "int_parsing": "isn't a whole number",
    "int_type": "isn't a whole number",
    "int_from_float": "isn't a whole number",
    "int_parsing_size": "is too large",
    "float_parsing": "isn't a number",
    "float_type": "isn't a number",
    "bool_parsing": "is neither yes nor no",
    "zoneinfo_str": "isn't a time zone that is known here, such as America/Sao_Paulo",
}
_BOUNDS = {
    "greater_than_equal": ("is less than", "ge"),
    "less_than_equal": ("is more than", "le"),
    "literal_error": ("isn't one of", "expected"),
    "enum": ("isn't one of", "expected"),
}


def read_problems(error: ValidationError, fields: Mapping[str, FieldInfo]) -> list[Problem]:
    """Put pydantic's findings into our words; its own may quote what was typed."""
    found = error.errors(include_url=False, include_input=False)
    return [explain(str(one["loc"][0]), _describe(one), fields) for one in found]


def explain(name: str, what: str, fields: Mapping[str, FieldInfo]) -> Problem:
    """Say what is wrong with a setting, and from its description where to get it."""
    field = fields.get(name)
    return Problem(name.upper(), what, (field and field.description) or "")


def _describe(finding: Mapping[str, Any]) -> str:
    kind = finding["type"]
    context = finding.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        limit = context[bound]
        return f"{words} {limit:g}" if isinstance(limit, float) else f"{words} {limit}"
    return _WORDS.get(kind, "can't be read")
