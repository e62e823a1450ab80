"""How people ask not to be written to again."""

import re
import unicodedata

STOP_WORDS = frozenset({"sair", "pare", "parar", "stop", "cancelar"})
_WORD = re.compile(r"[^\W_]+")


def asks_to_stop(text: str) -> bool:
    """Tell whether a reply is one of the opt-out words and nothing else.

    Any case, with or without accents, punctuation, spaces or emoji around it. A sentence that
    only holds such a word ("vou parar aí") is not one: a person reads those.
    """
    letters = (char for char in unicodedata.normalize("NFKD", text) if not _is_mark(char))
    words = _WORD.findall("".join(letters).casefold())
    return len(words) == 1 and words[0] in STOP_WORDS


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}
