"""The parts' table."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.domain.ids import CampaignId, GatewayId, MessageTs, Number, PartId
from bot.domain.numbers import same_person_key
from bot.domain.parts import LONGEST_PAUSE, EarlierRequest, Part, PartState
from bot.domain.polling import Askable
from bot.domain.receipts import Status
from storage.rows import PART_COLUMNS, read_askable, read_part, write_part
from storage.times import read_time, write_time

_NEW_COLUMNS = tuple(column for column in PART_COLUMNS if column != "id")
_READ_NEW = ", ".join(f"json_extract(value, '$.{column}')" for column in _NEW_COLUMNS)
_ADD = (
    f"INSERT INTO parts ({', '.join(_NEW_COLUMNS)})"  # noqa: S608 - ours
    f" SELECT {_READ_NEW} FROM json_each(?)"
)
_ASSIGN = """
    UPDATE recipients SET part = given.part FROM (
        SELECT parts.campaign AS campaign, parts.id AS part, people.value AS person
        FROM json_each(?1) AS new
        CROSS JOIN parts ON parts.campaign = json_extract(new.value, '$[0]')
            AND parts.position = json_extract(new.value, '$[1]')
        CROSS JOIN json_each(new.value, '$[2]') AS people
        LIMIT -1
    ) AS given
    WHERE recipients.campaign = given.campaign AND recipients.person = given.person
        AND recipients.part IS NULL AND recipients.status = ?2
"""
"""The limit has SQLite make the inner list first, and then look each person up by their key."""
_AT_ONCE = 500
_STATES = json.dumps([state.value for state in PartState])
_SAVE = (
    f"UPDATE parts SET {', '.join(f'{column} = :{column}' for column in PART_COLUMNS)}"  # noqa: S608 - ours
    " WHERE id = :id"
)


class PartTable:
    """``ports.Parts`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, parts: Sequence[tuple[Part, Sequence[Number]]]) -> None:
        """Store new parts, whatever their ids say, each with the recipients that it carries.

        Each must be a queued recipient that no part carries yet, or it raises ``ValueError``:
        nobody can be in two parts, and so nobody is sent to twice.

        Hundreds go in one statement: within a large transaction each takes half a millisecond by
        itself, and a text with fields may make thousands of parts.
        """
        for start in range(0, len(parts), _AT_ONCE):
            self._add(parts[start : start + _AT_ONCE])

    def _add(self, parts: Sequence[tuple[Part, Sequence[Number]]]) -> None:
        rows = json.dumps([write_part(part) for part, _ in parts])
        self._db.execute(_ADD, (rows,))
        carried = [
            [part.campaign, part.position, list(map(same_person_key, numbers))]
            for part, numbers in parts
        ]
        assigned = self._db.execute(_ASSIGN, (json.dumps(carried), Status.QUEUED.value))
        if assigned.rowcount != sum(len(numbers) for _, numbers in parts):
            first, _ = parts[0]
            message = f"campaign {first.campaign}: some numbers aren't free for its parts"
            raise ValueError(message)

    def get(self, part: PartId) -> Part:
        """Read one; ``KeyError`` when there is none."""
        for found in self._select("WHERE id = ?", part):
            return found
        raise KeyError(part)

    def save(self, part: Part) -> None:
        """Write one back; ``KeyError`` when there is none."""
        row = write_part(part)
        done = self._db.execute(_SAVE, {**row, "told": int(row["told"])})
        if not done.rowcount:
            raise KeyError(part.id)

    def states(self, campaign: CampaignId) -> frozenset[PartState]:
        """Which states its parts are in: at one glance, however many there are."""
        rows = self._db.execute(
            "SELECT value FROM json_each(?) WHERE EXISTS"
            " (SELECT 1 FROM parts WHERE state = value AND campaign = ?)",
            (_STATES, campaign),
        )
        return frozenset(PartState(state) for (state,) in rows)

    def of(self, campaign: CampaignId) -> tuple[Part, ...]:
        """A campaign's parts, in order."""
        return self._select("WHERE campaign = ? ORDER BY position", campaign)

    def by_key(self, key: str) -> Part | None:
        """Whose call-back address this is, or was before it was sent again."""
        found = self._select(
            "WHERE key = ?1 OR id = (SELECT part FROM earlier_requests WHERE key = ?1)", key
        )
        return next(iter(found), None)

    def by_gateway_id(self, gateway_id: GatewayId, *, account: str) -> Part | None:
        """Whose platform number this is, or is said to be, under this account."""
        found = self._select(
            "WHERE (gateway_id = ?1 OR claimed_id = ?1 OR id IN"
            " (SELECT part FROM earlier_requests WHERE gateway_id = ?1))"
            " AND campaign IN (SELECT id FROM campaigns WHERE account = ?2)"
            " ORDER BY ifnull(gateway_id = ?1, FALSE) DESC, id",
            gateway_id,
            account,
        )
        return next(iter(found), None)

    def unknown(self, *, account: str) -> tuple[Part, ...]:
        """Those of unknown fate under this account."""
        return self._select(
            "WHERE state = 'unknown' AND campaign IN"
            " (SELECT id FROM campaigns WHERE account = ?) ORDER BY id",
            account,
        )

    def departed(self, *, account: str, after: datetime, until: datetime) -> tuple[Part, ...]:
        """Those of this account of which a request left, or may have, in this span of time.

        Of one sent again only the newest request's time is kept, so it is taken to have left
        whenever its campaign was under way.
        """
        return self._select(
            "WHERE submitted_at > ?1 AND (state NOT IN ('ready', 'refused') OR resent)"
            " AND campaign IN (SELECT id FROM campaigns WHERE account = ?3"
            " AND (submitted_at <= ?2 OR resent AND launched_at <= ?2)) ORDER BY id",
            write_time(after),
            write_time(until),
            account,
        )

    def retire_key(self, part: PartId, key: str) -> None:
        """Keep listening to the address of a request that is sent again under another."""
        self._db.table("earlier_requests").insert({"key": key, "part": part})

    def swap_key(self, part: PartId, *, earlier: str, newest: str) -> None:
        """Take an earlier request's address for the part's own; the newest is listened to still."""
        self._db.execute("DELETE FROM earlier_requests WHERE key = ?", (earlier,))
        self._db.execute("UPDATE parts SET key = ? WHERE id = ?", (earlier, part))
        self.retire_key(part, newest)

    def earlier(self, part: PartId) -> tuple[EarlierRequest, ...]:
        """The requests of this part that were sent again."""
        rows = self._db.execute(
            "SELECT key, heard_at, gateway_id FROM earlier_requests WHERE part = ?", (part,)
        )
        return tuple(
            EarlierRequest(
                key=row["key"], heard_at=read_time(row["heard_at"]), gateway_id=row["gateway_id"]
            )
            for row in rows
        )

    def hear_earlier(self, key: str, gateway_id: GatewayId | None, *, at: datetime) -> None:
        """Write down that an earlier request did go; the first word stays."""
        self._db.execute(
            "UPDATE earlier_requests SET heard_at = ifnull(heard_at, ?),"
            " gateway_id = ifnull(gateway_id, ?) WHERE key = ?",
            (write_time(at), gateway_id, key),
        )

    def save_notice(self, part: PartId, resent: int, ts: MessageTs) -> None:
        """Keep which message tells of this try's unknown fate."""
        self._db.table("notices").upsert(
            {"part": part, "resent": resent, "ts": ts}, pk=("part", "resent")
        )

    def forget_notice(self, part: PartId, resent: int) -> None:
        """Forget it: somebody deleted the message."""
        self._db.execute("DELETE FROM notices WHERE part = ? AND resent = ?", (part, resent))

    def next_ready(self, now: datetime) -> Part | None:
        """The next to submit: the oldest campaign first, its parts in order.

        Not one with a call-back that nobody has read yet: it may prove that it went.
        """
        found = self._select(
            "WHERE state = 'ready' AND ifnull(not_before <= ? OR not_before > ?, TRUE)"
            " AND id NOT IN (SELECT part FROM inbox WHERE state = 'new')"
            " AND campaign IN"
            " (SELECT id FROM campaigns WHERE state = 'sending' AND held_by IS NULL)"
            " ORDER BY campaign, position LIMIT 1",
            write_time(now),
            write_time(now + LONGEST_PAUSE),
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
            " AND gateway_id IS NOT NULL"
            " AND ifnull(brake_not_before <= ? OR brake_not_before > ?, TRUE)"
            " AND campaign IN (SELECT id FROM campaigns WHERE account = ?)"
            " ORDER BY brake = 'asked' DESC, id",
            write_time(now),
            write_time(now + LONGEST_PAUSE),
            account,
        )

    def askable(self, now: datetime, *, account: str) -> tuple[Askable, ...]:
        """Parts that asking may tell something about: people to hear of, or a word to check."""
        rows = self._db.execute(
            "SELECT parts.*, max(ifnull(send_at, ''), ifnull(parts.settled_at, parts.submitted_at))"
            " AS since, wanted_at FROM parts JOIN campaigns ON campaigns.id = parts.campaign"
            " WHERE account = ?2 AND campaigns.state IN ('sending', 'sent') AND ("
            " parts.state = 'unknown' AND claimed_id IS NOT NULL"
            " OR parts.state = 'accepted' AND gateway_id IS NOT NULL"
            " AND ifnull(send_at <= ?1, TRUE) AND EXISTS (SELECT 1 FROM recipients"
            " WHERE part = parts.id AND status IN ('queued', 'sent')))",
            (write_time(now), account),
        )
        return tuple(map(read_askable, rows))

    def _select(self, which: str, *values: str | int | None) -> tuple[Part, ...]:
        rows = self._db.execute(f"SELECT * FROM parts {which}", values)  # noqa: S608 - ours
        return tuple(map(read_part, rows))
