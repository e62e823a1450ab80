"""People who asked for no more."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.domain.ids import CampaignId, Number
from bot.domain.numbers import same_person_key
from bot.domain.optouts import OptOut
from storage.rows import readable
from storage.times import read_time, write_time


class OptOutTable:
    """``ports.OptOuts`` in SQLite; a person is on the list once, however the number is spelled."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        number: Number,
        *,
        at: datetime,
        campaign: CampaignId | None,
        word: str,
        by: str = "",
    ) -> bool:
        """Put a number on the list; whether it is new there. The first time stays on record."""
        if self.among([number]):
            return False
        self._db.table("optouts").insert(
            {
                "person": same_person_key(number),
                "number": number,
                "at": write_time(at),
                "campaign": campaign,
                "word": readable(word),
                "added_by": by,
            }
        )
        return True

    def add_all(self, numbers: Sequence[Number], *, at: datetime, by: str) -> int:
        """Put many on the list in one statement; how many are new there."""
        pairs = [[same_person_key(number), number] for number in numbers]
        added = self._db.execute(
            "INSERT INTO optouts (person, number, at, word, added_by)"
            " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), ?, '', ?"
            " FROM json_each(?) WHERE TRUE"
            " ON CONFLICT (person) DO NOTHING",
            (write_time(at), by, json.dumps(pairs)),
        )
        return added.rowcount

    def remove(self, numbers: Sequence[Number]) -> int:
        """Take these off the list, however they are spelled; how many were there."""
        people = json.dumps([same_person_key(number) for number in numbers])
        removed = self._db.execute(
            "DELETE FROM optouts WHERE person IN (SELECT value FROM json_each(?))", (people,)
        )
        return removed.rowcount

    def among(self, numbers: Iterable[Number]) -> frozenset[Number]:
        """Which of these are on it, in the spelling asked for.

        The shorter of the two lists is gone through: a campaign's may have 100,000 people.
        """
        asked = list(numbers)
        if self.count() < len(asked):
            rows = self._db.execute("SELECT person FROM optouts")
        else:
            people = json.dumps([same_person_key(number) for number in asked])
            rows = self._db.execute(
                "SELECT person FROM optouts WHERE person IN (SELECT value FROM json_each(?))",
                (people,),
            )
        listed = {person for (person,) in rows}
        if not listed:
            return frozenset()
        return frozenset(number for number in asked if same_person_key(number) in listed)

    def count(self) -> int:
        """How many people are on it."""
        (count,) = self._db.execute("SELECT count(*) FROM optouts").fetchone()
        return int(count)

    def newest(self, *, limit: int) -> tuple[OptOut, ...]:
        """Those who came last, newest first."""
        rows = self._db.execute(
            "SELECT * FROM optouts ORDER BY at DESC, person DESC LIMIT ?", (limit,)
        )
        return tuple(map(_read, rows))

    def page(self, after: Number | None, *, limit: int) -> tuple[OptOut, ...]:
        """The next so many after a number, in the order of numbers."""
        rows = self._db.execute(
            "SELECT * FROM optouts WHERE person > ? ORDER BY person LIMIT ?",
            ("" if after is None else same_person_key(after), limit),
        )
        return tuple(map(_read, rows))


def _read(row: sqlite3.Row) -> OptOut:
    return OptOut(
        number=row["number"],
        at=read_time(row["at"]),
        campaign=row["campaign"],
        word=row["word"],
        by=row["added_by"],
    )
