"""Text inside XML."""

import re
from xml.sax.saxutils import escape

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def spell(text: str) -> str:
    """Spell any text for XML; what XML can't hold at all becomes a question mark."""
    return escape(_UNSPEAKABLE.sub("?", text))
