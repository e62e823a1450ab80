"""What an edit changed, so that whoever approves sees the difference and not two long texts."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from bot.domain.ids import UserId

_WORDS = re.compile(r"\s+|\S+")


class Mark(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and what became of them."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How one version differs from the one before it.

    Attributes:
        version: The newer version.
        by: Who edited it; ``at`` is when.
        text_before: The older version's text.
        send_at_before: The older version's time; ``None`` for as soon as approved.
        added: How many people are new on the list.
        removed: How many are no longer on it.
        voided: How many approvals the edit made void.
    """

    version: int
    by: UserId
    at: datetime
    text_before: str
    send_at_before: datetime | None
    added: int
    removed: int
    voided: int = 0


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Tell two texts apart word by word; the kept and added pieces make up ``after``.

    What stands between words counts as a word, so that lines and spaces are kept too.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:j] == new[k:m]:
            pieces.append(Piece(Mark.KEPT, "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece(Mark.REMOVED, "".join(old[i:j])))
        if k < m:
            pieces.append(Piece(Mark.ADDED, "".join(new[k:m])))
    return tuple(pieces)
