"""Reading the house's rules as people write them.

Readers run before pydantic's own, so what already has its type passes through. A ``ValueError``
goes on to whoever set the value, so its words never repeat it.
"""

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.ids import GroupId, UserId
from bot.domain.optouts import OptOutWords, fold
from bot.domain.quiet import QuietSpan

_USER = re.compile(r"(?:<@)?([UW][A-Z0-9]{2,})(?:\|[^<>]*)?>?")
_GROUP = re.compile(r"(?:<!subteam\^)?(S[A-Z0-9]{2,})(?:\|[^<>]*)?>?")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?", re.ASCII)
_NO_SPAN = frozenset({"", "off", "none"})
_LOCALES = {"en": "en", "pt_br": "pt_BR"}


@dataclass(frozen=True, slots=True)
class Approvers:
    """Who may approve: people and user groups. Nobody named means any member of the channel."""

    users: tuple[UserId, ...] = ()
    groups: tuple[GroupId, ...] = ()

    def __str__(self) -> str:
        return ",".join((*self.users, *self.groups))


def read_approvers(typed: object) -> object:
    """Read ids of people (``U…``, ``W…``) and groups (``S…``), bare or as Slack mentions them."""
    if not isinstance(typed, str):
        return typed
    users: dict[UserId, None] = {}
    groups: dict[GroupId, None] = {}
    for place, entry in enumerate(filter(None, map(str.strip, typed.split(","))), start=1):
        if user := _USER.fullmatch(entry):
            users[UserId(user[1])] = None
        elif group := _GROUP.fullmatch(entry):
            groups[GroupId(group[1])] = None
        else:
            what = (
                f"has an entry, number {place}, that is neither a person's id such as U024BE7LH"
                " nor a group's such as S0614TZR7"
            )
            raise ValueError(what)
    return Approvers(tuple(users), tuple(groups))


def read_quiet_hours(typed: object) -> object:
    """Read ``21:00-08:00``; empty or ``off`` is none."""
    if not isinstance(typed, str):
        return typed
    if typed.casefold() in _NO_SPAN:
        return None
    what = "isn't two times of day such as 21:00-08:00, nor off"
    found = _SPAN.fullmatch(typed)
    if found is None:
        raise ValueError(what)
    try:
        start = time(int(found[1]), int(found[2] or 0))
        end = time(int(found[3]), int(found[4] or 0))
    except ValueError:
        raise ValueError(what) from None
    if start == end:
        what = "starts and ends at the same time: say off for none"
        raise ValueError(what)
    return QuietSpan(start, end)


def read_opt_out_words(typed: object) -> object:
    """Read words or short phrases with commas between; each must hold a letter or a digit."""
    if not isinstance(typed, str):
        return typed
    entries = [entry for entry in map(str.strip, typed.split(",")) if entry]
    for place, entry in enumerate(entries, start=1):
        if not fold(entry):
            what = f"has an entry, number {place}, without a letter or a digit"
            raise ValueError(what)
    return OptOutWords(tuple(dict.fromkeys(entries)))


def read_path(typed: object) -> object:
    """Take a file's path; an address of a database is another thing."""
    if isinstance(typed, str) and "://" in typed:
        what = "is an address: it takes the path of a file"
        raise ValueError(what)
    return typed


def read_locale(typed: object) -> object:
    """Forgive ``pt-br`` and the like."""
    return (
        _LOCALES.get(typed.casefold().replace("-", "_"), typed) if isinstance(typed, str) else typed
    )


def read_upper(typed: object) -> object:
    """Forgive small letters."""
    return typed.upper() if isinstance(typed, str) else typed


def read_lower(typed: object) -> object:
    """Forgive capitals."""
    return typed.lower() if isinstance(typed, str) else typed
