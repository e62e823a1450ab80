"""A list's fields filled in: what each person gets, and what can be told of it in short."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.field_refusals import (
    EmptyFields,
    FieldNotKept,
    FieldsNeedFile,
    Missing,
    UnknownField,
)
from bot.domain.ids import Number
from bot.domain.numbers import Recipients
from bot.domain.templates import Template, clean_value, fold, read_template
from bot.domain.texts import count_segments

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """What one person gets."""

    number: Number
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a campaign's fields come to: of its list, which doesn't change without a new version.

    Attributes:
        fields: The columns that the text uses, as the file calls them.
        texts: How many different ones there are.
        requests: How many requests they take: each carries one text.
        examples: The first person's, the longest, and another.
    """

    fields: tuple[str, ...]
    texts: int
    requests: int
    examples: tuple[Example, ...]

    @property
    def longest(self) -> str:
        """The text that takes the most."""
        return max((one.text for one in self.examples), key=_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A list's values and texts, one for each of its people, in its order."""

    fields: tuple[str, ...]
    numbers: tuple[Number, ...]
    values: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    segments: tuple[int, ...]

    def groups(self) -> dict[str, list[Number]]:
        """Gather the people with equal texts: they travel together."""
        return group(self.numbers, self.texts)

    def examples(self) -> tuple[Example, ...]:
        """Show the first, the longest and another; fewer where fewer differ."""
        longest = max(range(len(self.texts)), key=lambda at: (self.segments[at], self._length(at)))
        order = (0, longest, *range(len(self.texts) - 1, 0, -1))
        found: dict[str, Number] = {}
        for at in order:
            found.setdefault(self.texts[at], self.numbers[at])
            if len(found) == MOST_EXAMPLES:
                break
        return tuple(Example(number, text) for text, number in found.items())

    def _length(self, at: int) -> int:
        return len(self.texts[at])


def fill_list(text: str, recipients: Recipients, *, is_kept: bool = False) -> Filling:
    """Fill the text's fields from a list's columns.

    ``is_kept`` is a list that stays from before, of which only the columns are kept that were
    used. Nobody gets a text with a hole in it: ``EmptyFields`` names everybody who would.
    """
    template = read_template(text)
    columns = _find_columns(template, recipients.fields, is_kept=is_kept)
    values = _pick(recipients, columns)
    _check_all_are_there(columns, values, recipients)
    keys = tuple(template.names)
    texts = tuple(template.fill(dict(zip(keys, row, strict=True))) for row in values)
    measured = {each: count_segments(each) for each in dict.fromkeys(texts)}
    return Filling(
        fields=tuple(columns),
        numbers=recipients.numbers,
        values=values,
        texts=texts,
        segments=tuple(measured[each] for each in texts),
    )


def fill_first(text: str, filled: Filled | None) -> str:
    """Say what the first of a list gets: a text with fields is nobody's as it stands."""
    return text if filled is None else filled.examples[0].text


def fill_again(
    text: str, fields: Sequence[str], kept: Mapping[Number, Sequence[str]], to: Iterable[Number]
) -> tuple[str, ...]:
    """Write the text of each of these people from what is kept, as it was approved.

    Whoever's values aren't kept gets none: that is not what was approved, and is found out.
    """
    template, keys = read_template(text), tuple(map(fold, fields))
    return tuple(
        template.fill(dict(zip(keys, kept[number], strict=False))) if number in kept else ""
        for number in to
    )


def group(numbers: Iterable[Number], texts: Iterable[str]) -> dict[str, list[Number]]:
    """Gather people by their text, in the order in which each text first comes."""
    groups: dict[str, list[Number]] = {}
    for number, text in zip(numbers, texts, strict=True):
        groups.setdefault(text, []).append(number)
    return groups


def _find_columns(template: Template, columns: tuple[str, ...], *, is_kept: bool) -> dict[str, int]:
    """Find the column of each field: its name and its place; of two alike, the first."""
    if not columns:
        raise FieldsNeedFile(tuple(template.names.values()))
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        places.setdefault(fold(column), place)
    for key, name in template.names.items():
        if key not in places:
            if is_kept:
                raise FieldNotKept(name, columns)
            from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

            near = get_close_matches(key, places, n=1)
            raise UnknownField(name, columns, columns[places[near[0]]] if near else None)
    return {columns[places[key]]: places[key] for key in template.names}


def _pick(recipients: Recipients, columns: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Take the columns' cells of each person, cleaned; the same cell is cleaned once."""
    places = tuple(columns.values())
    cleaned: dict[str, str] = {}
    picked = []
    for row in recipients.rows:
        cells = tuple(row[place] for place in places)
        for cell in cells:
            if cell not in cleaned:
                cleaned[cell] = clean_value(cell)
        picked.append(tuple(cleaned[cell] for cell in cells))
    return tuple(picked)


def _check_all_are_there(
    columns: Iterable[str], values: Sequence[Sequence[str]], recipients: Recipients
) -> None:
    missing = []
    for at, column in enumerate(columns):
        holes = (not row[at] for row in values)
        lines = [line for line, hole in zip(recipients.lines, holes, strict=False) if hole]
        if lines:
            missing.append(Missing(column, tuple(dict.fromkeys(lines))))
    if missing:
        raise EmptyFields(tuple(missing))


def _size(text: str) -> tuple[int, int]:
    return count_segments(text), len(text)
