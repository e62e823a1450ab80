"""The bot's own record, read from its database while it runs; never written."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.domain.campaign import State
from bot.domain.parts import PartState


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """A part as the bot believes it is.

    Attributes:
        id: its row.
        key: the end of its call-back address.
        state: what the bot is certain of.
        is_postponed: whether it waits, after a request that never left.
        was_lost: whether its fate was ever unknown.
        is_settled_by_person: whether a person decided what became of it.
        numbers: who is in it.
    """

    id: int
    key: str
    state: PartState
    is_postponed: bool
    was_lost: bool
    is_settled_by_person: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRecord:
    """A campaign as the bot believes it is; ``is_held`` while somebody wants it held."""

    id: int
    state: State
    is_held: bool
    parts: tuple[PartRecord, ...]

    @property
    def is_approved(self) -> bool:
        """Whether it was ever let go."""
        return self.state is not State.WAITING

    @property
    def is_calm(self) -> bool:
        """Whether nothing happens while things are as they are: nothing is under way or due."""
        if self.is_held:
            return not self.in_state(PartState.IN_FLIGHT)
        due = [p for p in self.in_state(PartState.READY) if not p.is_postponed]
        return (
            self.state is not State.APPROVED and not due and not self.in_state(PartState.IN_FLIGHT)
        )

    @property
    def is_at_rest(self) -> bool:
        """Whether it has come to an end by itself: nothing waits, but for a release or a person."""
        return self.is_calm and (self.is_held or not self.in_state(PartState.READY))

    def in_state(self, state: PartState) -> tuple[PartRecord, ...]:
        """Its parts in this state."""
        return tuple(part for part in self.parts if part.state is state)


def read_campaign(database: Path, text: str) -> CampaignRecord | None:
    """Read the campaign with this text, if there is one."""
    with closing(_open(database)) as db:
        row = db.execute("SELECT * FROM campaigns WHERE text = ?", (text,)).fetchone()
        if row is None:
            return None
        parts = db.execute(
            "SELECT * FROM parts WHERE campaign = ? ORDER BY position", (row["id"],)
        ).fetchall()
        return CampaignRecord(
            id=row["id"],
            state=State(row["state"]),
            is_held=row["held_at"] is not None,
            parts=tuple(_read_part(db, part) for part in parts),
        )


def count_in_flight(database: Path) -> int:
    """Count the requests that the bot believes to be under way, of all campaigns."""
    return _count(database, "SELECT count(*) FROM parts WHERE state = 'in_flight'")


def count_unread_callbacks(database: Path) -> int:
    """Count the call-backs that are stored and not yet read."""
    return _count(database, "SELECT count(*) FROM inbox WHERE state = 'new'")


def read_notice(database: Path, part: int) -> str | None:
    """Read which message in the thread asks people about a part of unknown fate."""
    query = (
        "SELECT ts FROM notices JOIN parts ON parts.id = notices.part"
        " WHERE notices.part = ? AND notices.resent = parts.resent"
    )
    with closing(_open(database)) as db:
        row = db.execute(query, (part,)).fetchone()
        return None if row is None else str(row["ts"])


def _read_part(db: sqlite3.Connection, row: sqlite3.Row) -> PartRecord:
    numbers = db.execute("SELECT number FROM recipients WHERE part = ?", (row["id"],)).fetchall()
    return PartRecord(
        id=row["id"],
        key=row["key"],
        state=PartState(row["state"]),
        is_postponed=row["state"] == PartState.READY and row["not_before"] is not None,
        was_lost=row["lost_at"] is not None,
        is_settled_by_person=row["settled_by"] is not None,
        numbers=tuple(str(one["number"]) for one in numbers),
    )


def _count(database: Path, query: str) -> int:
    with closing(_open(database)) as db:
        found: int = db.execute(query).fetchone()[0]
        return found


def _open(database: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    return db
