"""Call-backs, in the bytes they came in."""

from collections.abc import Mapping

from sqlite_utils import Database

from bot.domain.ids import PartId
from bot.domain.replies import Delivery, InboxState, StoredDelivery
from storage.rows import read_delivery, readable
from storage.times import write_time


class InboxTable:
    """``ports.Inbox`` in SQLite. No row is ever deleted by reading it."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def add(self, part: PartId, delivery: Delivery) -> int:
        """Keep the bytes and return their id."""
        row = self._conn.execute(
            "INSERT INTO inbox (part, key, method, query, content_type, body, received_at, state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                part,
                delivery.key,
                readable(delivery.method),
                delivery.query,
                readable(delivery.content_type),
                delivery.body,
                write_time(delivery.received_at),
                InboxState.NEW.value,
            ),
        ).fetchone()
        return int(row["id"])

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
