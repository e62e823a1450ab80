"""What a text costs, what the phone can show of it, and what of a stranger's is safe to show.

A text message holds 160 letters of the GSM alphabet, or 70 of UCS-2 as soon as one letter lies
outside it; a longer one goes in segments of 153 or 67, and each segment is a credit (3GPP TS
23.038 and 23.040).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Letters that take two units each: an escape and themselves."""

_GSM7 = GSM7_BASIC | GSM7_EXTENDED
_ALL_PLAIN = re.compile(f"[{re.escape(''.join(sorted(GSM7_BASIC)))}]*")
_UNSEEN = frozenset({"Mn", "Cf"})
_BEYOND_ONE_UNIT = 0xFFFF

_SPELLINGS = str.maketrans(
    dict.fromkeys("“”„‟«»″‶", '"')
    | dict.fromkeys("‘’‚‛‹›′‵`´", "'")
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("\x0b\x0c\x85\u2028\u2029\r", "\n")
    | dict.fromkeys("\t\xa0\u1680\u202f\u205f\u3000", " ")
    | {chr(code): " " for code in range(0x2000, 0x200B)}
    | {"…": "..."}
)
_SAME_LOOK = frozenset("\t\xa0")
"""Spaces that look like any other: nobody misses them."""
_LINES = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029\r", "\n") | {"\t": " "})

_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_EMOJI_OR_HIDDEN = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007f]+"  # a flag spelled in tags: Scotland's
    "|[0-9#*]\ufe0f?\u20e3"  # a key cap
    f"|{_PICTURE}\ufe0f?(?:\u200d{_PICTURE}\ufe0f?)*)"  # a family, a rainbow flag
    # What shows nothing: controls, joiners, bidi overrides, fillers, variation selectors, tags.
    "|[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_AUTOLINK = re.compile(r"<(?:(https?://[^|>]*)|(?:tel|mailto):([^|>]*))(?:\|([^>]*))?>")
_ENTITY = re.compile("&(lt|gt|amp);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}


class Encoding(StrEnum):
    """The alphabet that a text goes out in."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a text takes.

    Attributes:
        encoding: The alphabet that it needs.
        units: Its length in that alphabet's units: 7 bits in GSM, 16 in UCS-2.
        segments: How many messages it goes in, at one credit a person each.
        room: How many units that many segments hold.
        forcing: The letters that GSM lacks, each once, in the order of the text; of an emoji's
            several, those that can be seen.
    """

    encoding: Encoding
    units: int
    segments: int
    room: int
    forcing: tuple[str, ...]


def measure(text: str) -> Measure:
    """Count a text's units and segments; a letter of two units is never cut in half."""
    beyond = tuple(dict.fromkeys(char for char in text if char not in _GSM7))
    if beyond:
        encoding, single, joined = Encoding.UCS2, 70, 67
        wide = {char for char in beyond if ord(char) > _BEYOND_ONE_UNIT}
    else:
        encoding, single, joined = Encoding.GSM7, 160, 153
        wide = set(GSM7_EXTENDED)
    widths = [2 if char in wide else 1 for char in text]
    units = sum(widths)
    segments = 1 if units <= single else _count_segments(widths, joined)
    forcing = tuple(c for c in beyond if unicodedata.category(c) not in _UNSEEN) or beyond
    return Measure(
        encoding, units, segments, single if segments == 1 else joined * segments, forcing
    )


def count_segments(text: str) -> int:
    """Count a text's segments, as ``measure`` does; quick for most, as a list may hold 100,000."""
    if len(text) <= 160 and _ALL_PLAIN.fullmatch(text):  # noqa: PLR2004 - the letters of one
        return 1
    return measure(text).segments


def for_phone(text: str) -> str:
    """Spell a text the way phones show it: what is approved is what they get.

    Typographic quotes, dashes, ellipses and spaces get their plain spelling, for one of them would
    more than halve what a message holds. What shows nothing is dropped, except inside an emoji.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_SPELLINGS)
    return unicodedata.normalize("NFC", _drop_hidden(lines)).strip()


@dataclass(frozen=True, slots=True)
class Respelled:
    """What ``for_phone`` changes of a text.

    Attributes:
        letters: Each letter that gets another spelling, once, with that spelling.
        hidden: How many characters that show nothing are dropped.
    """

    letters: tuple[tuple[str, str], ...]
    hidden: int

    def __bool__(self) -> bool:
        """Whether anything is changed that a person would want to know of."""
        return bool(self.letters or self.hidden)


def respelled(text: str) -> Respelled:
    """Tell what ``for_phone`` changes, so that a person can be told: line ends don't count."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    letters = tuple(
        (char, _SPELLINGS[ord(char)])
        for char in dict.fromkeys(lines)
        if _SPELLINGS.get(ord(char), "\n") != "\n" and char not in _SAME_LOOK
    )
    hidden = sum(
        found[1] is None for found in _EMOJI_OR_HIDDEN.finditer(lines.translate(_SPELLINGS))
    )
    return Respelled(letters, hidden)


def plain_spelling(text: str) -> str:
    """Spell a text within the GSM alphabet as far as taking accents off allows.

    ``ã`` becomes ``a``; ``é``, which the alphabet has, stays, and so does what has no plain
    spelling, such as an emoji.
    """
    return "".join(map(_plain_letter, for_phone(text)))


def cheaper_spelling(text: str) -> Measure | None:
    """Measure a text's plain spelling, where that takes fewer segments; else ``None``."""
    plain = measure(plain_spelling(text))
    is_cheaper = plain.encoding is Encoding.GSM7 and plain.segments < measure(text).segments
    return plain if is_cheaper else None


def unescape_slack(text: str) -> str:
    """Return what a person typed, from what Slack made of it.

    Slack writes ``&``, ``<`` and ``>`` as entities, undone here once, and wraps links and phone
    numbers as ``<http://x|x>``, which become the label that the person saw.
    """
    unlinked = _AUTOLINK.sub(lambda link: link[3] or link[2] or link[1] or "", text)
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], unlinked)


def harmless(text: str, *, limit: int = 2500) -> str:
    """Make a stranger's text fit to show: no controls, nothing that turns the line around.

    Line breaks stay. Longer than ``limit`` characters, it ends in an ellipsis. Whoever shows it
    still has to escape it for where it is shown.
    """
    shown = _drop_hidden(text.replace("\r\n", "\n").translate(_LINES)).strip()
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def _count_segments(widths: Iterable[int], size: int) -> int:
    segments, used = 1, 0
    for width in widths:
        if used + width > size:
            segments, used = segments + 1, 0
        used += width
    return segments


def _drop_hidden(text: str) -> str:
    return _EMOJI_OR_HIDDEN.sub(lambda found: found[1] or "", text)


def _plain_letter(char: str) -> str:
    if char in _GSM7:
        return char
    letters = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
    return "".join(letters) if letters and _GSM7.issuperset(letters) else char
