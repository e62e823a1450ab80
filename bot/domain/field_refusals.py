"""Why a text's fields can't be filled; each refusal carries what its answer must tell."""

from dataclasses import dataclass

from bot.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that some people have no value for, and the lines of the file where they stand."""

    field: str
    lines: tuple[int, ...]


@dataclass(eq=False)
class FieldsNeedFile(Refusal):
    """The text has fields, and a list that was typed has no columns to fill them from."""

    fields: tuple[str, ...]


@dataclass(eq=False)
class UnknownField(Refusal):
    """No column is called so; ``closest`` is the one that is meant, where one is near."""

    field: str
    columns: tuple[str, ...]
    closest: str | None = None


@dataclass(eq=False)
class FieldNotKept(Refusal):
    """The list stays from before, and of its columns only those are kept that were used."""

    field: str
    kept: tuple[str, ...]


@dataclass(eq=False)
class EmptyFields(Refusal):
    """Somebody would get a text with a hole in it."""

    missing: tuple[Missing, ...]
