"""Which column holds the phone numbers, and what the columns are called."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.file_refusals import NoPhoneColumn
from bot.domain.numbers import Fault, read_pieces
from bot.domain.sheets import Row

_NAMES = (
    frozenset({"celular", "celulares", "cel", "mobile", "cell", "cellphone", "movel"}),
    frozenset({"whatsapp", "whats", "zap", "wpp"}),
    frozenset({"telefone", "telefones", "fone", "tel", "phone", "telephone", "msisdn"}),
    frozenset({"numero", "numeros", "number", "num", "contato", "contact"}),
)
"""What such a column is called, the surest first: a landline is a telephone, too."""
_WORD = re.compile(r"[a-z]+")
_SHOWN = 10
_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's columns, and how it is known which of them has the numbers."""

    names: tuple[str, ...]
    phone: int
    has_header: bool
    is_named: bool


def find_layout(sample: Sequence[Row]) -> Layout:
    """Find the column of the numbers by its name, else by what its first rows hold.

    A name alone isn't enough where its cells hold no number while another column's do: a
    ``Número`` may be a house's. The first row is a header if it names that column, or if it
    has words where the rows below it have numbers.
    """
    rows = [cells for _, cells in sample]
    width = max(map(len, rows))
    ranks = [_rank(name) for name in rows[0]]
    below = [_count_numbers(rows[1:], column) for column in range(width)]
    named = [column for column, rank in enumerate(ranks) if rank is not None]
    good = [column for column in named if below[column]]
    if good or (named and not any(below)):
        phone = min(good or named, key=lambda column: (ranks[column], -below[column]))
        return Layout(_name(rows[0], width), phone, has_header=True, is_named=True)
    counts = [_count_numbers(rows, column) for column in range(width)]
    phone = max(range(width), key=lambda column: counts[column])
    if not counts[phone]:
        raise NoPhoneColumn(tuple(rows[0][:_SHOWN]))
    first = rows[0][phone] if phone < len(rows[0]) else ""
    has_header = bool(first.strip()) and not re.search(r"\d", " ".join(rows[0]))
    names = _name(rows[0] if has_header else (), width)
    return Layout(names, phone, has_header=has_header, is_named=False)


def _rank(name: str) -> int | None:
    """Tell how surely a name is that of phone numbers, 0 the surest; accents don't count."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = set(_WORD.findall("".join(filter(str.isascii, plain))))
    return next((rank for rank, names in enumerate(_NAMES) if words & names), None)


def _count_numbers(rows: Sequence[Sequence[str]], column: int) -> int:
    return sum(
        any(not isinstance(read, Fault) for _, read in read_pieces(cells[column]))
        for cells in rows
        if column < len(cells)
    )


def _name(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Keep the names; a nameless column goes by its letter, a second of a name by a number."""
    names: list[str] = []
    for position in range(width):
        given = header[position].strip() if position < len(header) else ""
        name = given or _letter(position)
        again = sum(before == name or before.startswith(f"{name} (") for before in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)


def _letter(position: int) -> str:
    """Name a column as spreadsheets do: ``A`` to ``Z``, then ``AA``."""
    head, last = divmod(position, _ALPHABET)
    return (_letter(head - 1) if head else "") + chr(ord("A") + last)
