"""People who asked for no more."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.domain.ids import CampaignId, Number
from bot.domain.numbers import same_person_key
from storage.rows import readable
from storage.times import write_time


class OptOutTable:
    """``ports.OptOuts`` in SQLite; a person is on the list once, however the number is spelled."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, number: Number, *, at: datetime, campaign: CampaignId | None, word: str) -> bool:
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
            }
        )
        return True

    def among(self, numbers: Iterable[Number]) -> frozenset[Number]:
        """Which of these are on it, in the spelling asked for."""
        people = {number: same_person_key(number) for number in numbers}
        rows = self._db.execute(
            "SELECT person FROM optouts WHERE person IN (SELECT value FROM json_each(?))",
            (json.dumps(list(people.values())),),
        )
        listed = {person for (person,) in rows}
        return frozenset(number for number, person in people.items() if person in listed)
