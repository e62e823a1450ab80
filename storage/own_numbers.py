"""The numbers of people who write campaigns: where the tests they ask for go."""

from sqlite_utils import Database

from bot.domain.ids import Number, UserId


class OwnNumberTable:
    """``ports.OwnNumbers`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, user: UserId) -> Number | None:
        """Somebody's own number, where they gave it."""
        row = self._db.execute("SELECT number FROM own_numbers WHERE user = ?", (user,)).fetchone()
        return None if row is None else Number(row["number"])

    def keep(self, user: UserId, number: Number) -> None:
        """Keep it, in place of the one before."""
        self._db.execute("REPLACE INTO own_numbers (user, number) VALUES (?, ?)", (user, number))

    def forget(self, user: UserId) -> bool:
        """Forget it; whether there was one."""
        gone = self._db.execute("DELETE FROM own_numbers WHERE user = ?", (user,))
        return gone.rowcount > 0
