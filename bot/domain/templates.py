"""Fields in a text: ``Olá {nome}`` is another text for each person.

A field is a name in braces, and stands for the column of a file that is called so. Names are
matched as people mean them: case, accents, spaces around and ``_`` for a space don't count.
``{{nome}}`` is a plain ``{nome}``, and so is any brace that holds no name: people draw with them.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.texts import for_phone

_BRACES = re.compile(r"\{\{([^{}]*)\}\}|\{([^{}\n]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text taken apart.

    Attributes:
        pieces: What stands around the fields, one more than there are.
        keys: The folded name of each field, in the order of the text.
        names: Each field once, folded, and as it is first written.
    """

    pieces: tuple[str, ...]
    keys: tuple[str, ...]
    names: Mapping[str, str]

    def fill(self, row: Mapping[str, str]) -> str:
        """Put one person's values in, by folded name; one that is missing leaves nothing.

        In one go: braces in somebody's name are no field.
        """
        filled = [self.pieces[0]]
        for key, piece in zip(self.keys, self.pieces[1:], strict=True):
            filled += (row.get(key, ""), piece)
        return "".join(filled)


def read_template(text: str) -> Template:
    """Find the fields of a text that is spelled for phones already."""
    pieces, keys = [""], list[str]()
    names: dict[str, str] = {}
    end = 0
    for found in _BRACES.finditer(text):
        pieces[-1] += text[end : found.start()]
        end = found.end()
        name = found[2]
        key = "" if name is None else fold(name)
        if key:
            names.setdefault(key, name.strip())
            keys.append(key)
            pieces.append("")
        else:
            pieces[-1] += found[0] if found[1] is None else f"{{{found[1]}}}"
    pieces[-1] += text[end:]
    return Template(tuple(pieces), tuple(keys), names)


def spell_out(text: str) -> str:
    """Write a text without fields so that it is read as itself: what would be one is doubled.

    It is how a form shows the text of a campaign that was sent with plain braces.
    """
    return _BRACES.sub(lambda found: f"{{{found[0]}}}" if _is_read(found) else found[0], text)


def fold(name: str) -> str:
    """Return what two spellings of a column's name share; empty for what names nothing."""
    spread = unicodedata.normalize("NFKD", name.replace("_", " ").casefold())
    plain = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(plain.split()) if any(map(str.isalnum, plain)) else ""


def clean_value(raw: str) -> str:
    """Spell a stranger's value the way phones show it, in one line."""
    return " ".join(for_phone(raw).split())


def _is_read(found: re.Match[str]) -> bool:
    """Whether reading this as it stands would change it."""
    return found[2] is None or bool(fold(found[2]))
