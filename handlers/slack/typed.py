"""What a person typed after a command: numbers, a time, a text. Slack's escapes are undone."""

import re
from dataclasses import dataclass

from bot.domain.ids import CampaignId
from bot.domain.numbers import Fault, clean
from bot.domain.refusals import NoSuchCampaign
from bot.domain.texts import unescape_slack

LONGEST_SPELLING = 5
PHONE_DIGITS = 8

_SEPARATORS = ",;"
_PHONE_LIKE = re.compile(r"[+\d().,;\-–]+")
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.\-]\d{1,2}[.\-]\d{2,4}")
_AREA_CODE = re.compile(r"\(?0?\d{2}\)?|\+\d{1,3}")
_HASH_NUMBER = re.compile(r"#?\s*(\d{1,12})")
_ALL = frozenset({"all", "tudo", "todas", "todos"})


@dataclass(frozen=True, slots=True)
class TypedCampaign:
    """A campaign as typed in one line: each part may be empty."""

    when: str
    numbers: str
    text: str


def read_campaign_number(typed: str) -> CampaignId:
    """Read ``42`` or ``#42``; anything else is asked back."""
    match = _HASH_NUMBER.fullmatch(typed.strip())
    if match is None:
        raise NoSuchCampaign(typed.strip())
    return CampaignId(int(match[1]))


def means_all(typed: str) -> bool:
    """Whether every campaign of the channel is meant, and not one of them."""
    return typed.strip().casefold() in _ALL


def read_typed(typed: str, *, has_time: bool) -> TypedCampaign:
    """Tell time, numbers and text apart in ``24/12/2026 16:00 31999990001 Feliz Natal``.

    The time ends where the first phone number begins. Numbers end where a word comes that
    can't belong to one: "31 99999-0001, 31988880002 Oi" has two numbers and "Oi". The text
    keeps its own spaces and lines.
    """
    typed = unescape_slack(typed).strip()
    words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"\S+", typed)]
    start = _first_number([word for word, _, _ in words]) if has_time else 0
    end = _after_numbers([word for word, _, _ in words], start)
    text_at = words[end - 1][2] if end else 0
    number_at = words[start][1] if start < len(words) else len(typed)
    return TypedCampaign(
        when=typed[:number_at].strip() if has_time else "",
        numbers=typed[number_at:text_at].strip() if end > start else "",
        text=typed[text_at:].strip() if end > start else typed[number_at:].strip(),
    )


def _first_number(words: list[str]) -> int:
    for index, word in enumerate(words):
        if _DATE_LIKE.fullmatch(word):
            continue
        if _PHONE_LIKE.fullmatch(word) and _digits(word) >= PHONE_DIGITS:
            return index
        if _AREA_CODE.fullmatch(word) and any(
            _are_numbers(" ".join(words[index : index + count]))
            for count in range(2, LONGEST_SPELLING + 1)
        ):
            return index
    return len(words)


def _after_numbers(words: list[str], start: int) -> int:
    """Find the index of the first word after the list of numbers that begins at ``start``."""
    position = start
    while position < len(words):
        taken = _spelling(words, position)
        if taken == 0:
            return position
        position += taken
        ends_open = words[position - 1][-1] in _SEPARATORS
        goes_on = position < len(words) and words[position][0] in _SEPARATORS
        if not (ends_open or goes_on):
            return position
    return position


def _spelling(words: list[str], position: int) -> int:
    """Count the words that make up the number (or comma list of them) at this position."""
    for count in range(1, LONGEST_SPELLING + 1):
        candidate = " ".join(words[position : position + count])
        if position + count > len(words):
            break
        if _are_numbers(candidate):
            return count
    looks_like_one = _PHONE_LIKE.fullmatch(words[position]) is not None
    has_list = any(mark in words[position] for mark in _SEPARATORS)
    return 1 if looks_like_one or (has_list and words[position][0].isdigit()) else 0


def _are_numbers(candidate: str) -> bool:
    pieces = [piece for piece in re.split(r"[,;]", candidate) if piece.strip()]
    return bool(pieces) and not any(isinstance(clean(piece), Fault) for piece in pieces)


def _digits(word: str) -> int:
    return sum(character.isdigit() for character in word)
