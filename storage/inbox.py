"""Call-backs, in the bytes they came in."""

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from bot.domain.ids import PartId
from bot.domain.replies import Delivery, InboxState, SetAside, StoredDelivery
from storage.rows import read_delivery, read_set_aside, readable
from storage.times import write_time

_SET_ASIDE = tuple(state.value for state in InboxState if state.is_set_aside)
_ADD_ALL = """
    INSERT INTO inbox (part, key, method, query, content_type, body, received_at, state)
    SELECT
        json_extract(value, '$[0]'),
        json_extract(value, '$[1]'),
        json_extract(value, '$[2]'),
        substr(?2, json_extract(value, '$[3]'), json_extract(value, '$[4]')),
        json_extract(value, '$[5]'),
        substr(?2, json_extract(value, '$[6]'), json_extract(value, '$[7]')),
        json_extract(value, '$[8]'),
        ?3
    FROM json_each(?1) ORDER BY json_each.key
"""


class InboxTable:
    """``ports.Inbox`` in SQLite. No row is ever deleted by reading it."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def add(self, part: PartId, delivery: Delivery) -> int:
        """Keep the bytes and return their id."""
        self.add_all([(part, delivery)])
        (newest,) = self._conn.execute("SELECT last_insert_rowid()").fetchone()
        return int(newest)

    def add_all(self, deliveries: Sequence[tuple[PartId, Delivery]]) -> None:
        """Keep the bytes of many, in their order: one statement, however many there are.

        All bytes go to SQLite as one blob, and each row cuts its own out of it.
        """
        octets = bytearray(b"|")  # of nothing at all, SQLite's substr makes NULL
        rows = []
        for part, delivery in deliveries:
            start = len(octets) + 1  # SQLite counts from 1
            octets += delivery.query
            octets += delivery.body
            rows.append(
                (
                    part,
                    delivery.key,
                    readable(delivery.method),
                    start,
                    len(delivery.query),
                    readable(delivery.content_type),
                    start + len(delivery.query),
                    len(delivery.body),
                    write_time(delivery.received_at),
                )
            )
        self._conn.execute(_ADD_ALL, (json.dumps(rows), octets, InboxState.NEW.value))

    def pending(self, *, limit: int) -> tuple[StoredDelivery, ...]:
        """Those not looked at yet, oldest first."""
        rows = self._conn.execute(
            "SELECT * FROM inbox WHERE state = ? ORDER BY id LIMIT ?",
            (InboxState.NEW.value, limit),
        )
        return tuple(map(read_delivery, rows))

    def settle(self, delivery: int, state: InboxState, note: str = "") -> None:
        """Write down what became of one; ``KeyError`` when there is none."""
        done = self._conn.execute(
            "UPDATE inbox SET state = ?, note = ? WHERE id = ?",
            (state.value, readable(note), delivery),
        )
        if not done.rowcount:
            raise KeyError(delivery)

    def counts(self) -> Mapping[InboxState, int]:
        """How many there are of each, with the zeros."""
        rows = self._conn.execute("SELECT state, count(*) FROM inbox GROUP BY state")
        return dict.fromkeys(InboxState, 0) | {InboxState(state): count for state, count in rows}

    def count(self, state: InboxState) -> int:
        """How many there are of one."""
        (count,) = self._conn.execute(
            "SELECT count(*) FROM inbox WHERE state = ?", (state.value,)
        ).fetchone()
        return int(count)

    def set_aside(self, *, limit: int) -> tuple[SetAside, ...]:
        """The newest that couldn't be read whole or matched, oldest of them first."""
        rows = self._conn.execute(
            "SELECT inbox.*, parts.campaign, parts.position FROM inbox"
            " JOIN parts ON parts.id = inbox.part WHERE inbox.state IN (?, ?)"
            " ORDER BY inbox.id DESC LIMIT ?",
            (*_SET_ASIDE, limit),
        )
        return tuple(map(read_set_aside, rows.fetchall()[::-1]))

    def read_again(self) -> int:
        """Put all of those back among the ones that nobody has looked at; how many."""
        done = self._conn.execute(
            "UPDATE inbox SET state = ?, note = '' WHERE state IN (?, ?)",
            (InboxState.NEW.value, *_SET_ASIDE),
        )
        return done.rowcount
