"""What an edit changed, so that whoever approves sees the difference and not two long texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import UserId

_WORDS = re.compile(r"\s+|\S+")
MOST_COMPARED = 300
"""Words, and spaces between them, that are told apart one by one."""


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
        ninth: How many mobiles of ten digits got their ninth digit.
    """

    version: int
    by: UserId
    at: datetime
    text_before: str
    send_at_before: datetime | None
    added: int
    removed: int
    voided: int = 0
    ninth: int = 0


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Tell two texts apart word by word; the kept and added pieces make up ``after``.

    What stands between words counts as a word, so that lines and spaces are kept too. The work
    grows with the cube of what differs, so of very much in between all counts as replaced.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _count_same(old, new)
    end = _count_same(old[start:][::-1], new[start:][::-1])
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    tail = old[len(old) - end :]
    pieces = (_piece(Mark.KEPT, old[:start]), *_compare(gone, come), _piece(Mark.KEPT, tail))
    return tuple(piece for piece in pieces if piece.words)


def _compare(gone: Sequence[str], come: Sequence[str]) -> Iterator[Piece]:
    if max(len(gone), len(come)) > MOST_COMPARED:
        yield _piece(Mark.REMOVED, gone)
        yield _piece(Mark.ADDED, come)
        return
    # Loaded with the first edit: a bot holds on to what it loads.
    from difflib import SequenceMatcher  # noqa: PLC0415

    for what, i, j, k, m in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        if what == "equal":
            yield _piece(Mark.KEPT, gone[i:j])
        else:
            yield _piece(Mark.REMOVED, gone[i:j])
            yield _piece(Mark.ADDED, come[k:m])


def _piece(mark: Mark, words: Sequence[str]) -> Piece:
    return Piece(mark, "".join(words))


def _count_same(one: Sequence[str], other: Sequence[str]) -> int:
    """Count with how many words both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
