"""What an answer comes to, so that the same answers can be counted."""

import re
import unicodedata

LONGEST = 60
_WORD = re.compile(r"[^\W_]+")


def gist(text: str) -> str:
    """Tell answers apart by their words alone, of which the first 60 characters count.

    Case, accents, punctuation, spaces and emoji make no difference; of a text without words,
    such as a lone emoji, it is the text itself.
    """
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = " ".join(_WORD.findall("".join(letters).casefold()))
    return (words or text.strip())[:LONGEST]
