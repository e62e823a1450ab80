"""The parts' table."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from bot.domain.ids import CampaignId, Number, PartId
from bot.domain.numbers import same_person_key
from bot.domain.parts import Part
from bot.domain.receipts import Status
from storage.rows import read_part, write_part
from storage.times import read_time, write_time


class PartTable:
    """``ports.Parts`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, campaign: CampaignId, *, position: int, key: str, numbers: Sequence[Number]
    ) -> Part:
        """Make a ready part and assign these recipients to it.

        Each must be a queued recipient that no part carries yet, or it raises ``ValueError``:
        nobody can be in two parts, and so nobody is sent to twice.
        """
        draft = Part(
            id=PartId(0), campaign=campaign, position=position, key=key, people=len(numbers)
        )
        row = write_part(draft)
        del row["id"]
        self._db.table("parts").insert(row)
        part = self.by_key(key)
        assigned = self._db.execute(
            "UPDATE recipients SET part = ? WHERE campaign = ? AND part IS NULL AND status = ?"
            " AND person IN (SELECT value FROM json_each(?))",
            (
                part and part.id,
                campaign,
                Status.QUEUED.value,
                json.dumps([same_person_key(number) for number in numbers]),
            ),
        )
        if part is None or assigned.rowcount != len(numbers):
            message = f"campaign {campaign}: some numbers aren't free for part {position}"
            raise ValueError(message)
        return part

    def get(self, part: PartId) -> Part:
        """Read one; ``KeyError`` when there is none."""
        for found in self._select("WHERE id = ?", part):
            return found
        raise KeyError(part)

    def save(self, part: Part) -> None:
        """Write one back; ``KeyError`` when there is none."""
        try:
            self._db.table("parts").update(part.id, write_part(part))
        except NotFoundError as error:
            raise KeyError(part.id) from error

    def of(self, campaign: CampaignId) -> tuple[Part, ...]:
        """A campaign's parts, in order."""
        return self._select("WHERE campaign = ? ORDER BY position", campaign)

    def by_key(self, key: str) -> Part | None:
        """Whose call-back address this is."""
        return next(iter(self._select("WHERE key = ?", key)), None)

    def next_ready(self, now: datetime) -> Part | None:
        """The next to submit: the oldest campaign first, its parts in order."""
        found = self._select(
            "WHERE state = 'ready' AND ifnull(not_before <= ?, TRUE) AND campaign IN"
            " (SELECT id FROM campaigns WHERE state = 'sending' AND held_by IS NULL)"
            " ORDER BY campaign, position LIMIT 1",
            write_time(now),
        )
        return next(iter(found), None)

    def last_departure(self) -> datetime | None:
        """When the newest request left, for any campaign."""
        (newest,) = self._db.execute("SELECT max(submitted_at) FROM parts").fetchone()
        return None if newest is None else read_time(str(newest))

    def in_flight(self) -> tuple[Part, ...]:
        """Those whose request may be under way."""
        return self._select("WHERE state = 'in_flight' ORDER BY id")

    def for_brake(self, now: datetime, *, account: str) -> tuple[Part, ...]:
        """Those whose hold or release isn't confirmed; holds first, oldest first."""
        return self._select(
            "WHERE brake IN ('asked', 'releasing') AND state = 'accepted'"
            " AND gateway_id IS NOT NULL AND ifnull(brake_not_before <= ?, TRUE)"
            " AND campaign IN (SELECT id FROM campaigns WHERE account = ?)"
            " ORDER BY brake = 'asked' DESC, id",
            write_time(now),
            account,
        )

    def worth_asking(self, now: datetime, *, account: str) -> tuple[Part, ...]:
        """Accepted parts with people to hear of; never asked first, then the longest ago."""
        return self._select(
            "WHERE campaign IN (SELECT id FROM campaigns WHERE state IN ('sending', 'sent')"
            " AND ifnull(send_at <= ?, TRUE) AND account = ?)"
            " AND state = 'accepted' AND gateway_id IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM recipients"
            " WHERE part = parts.id AND status IN ('queued', 'sent'))"
            " ORDER BY asked_at NULLS FIRST, id",
            write_time(now),
            account,
        )

    def _select(self, which: str, *values: str | int | None) -> tuple[Part, ...]:
        rows = self._db.execute(f"SELECT * FROM parts {which}", values)  # noqa: S608 - ours
        return tuple(map(read_part, rows))
