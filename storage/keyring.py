"""Every call-back address that is somebody's, in memory: a stranger's costs no look at the disk."""

from sqlite_utils import Database

from bot.domain.ids import PartId

_WATCH = (
    "PRAGMA temp_store = MEMORY",
    "CREATE TEMP TABLE new_keys (key TEXT NOT NULL, part INTEGER NOT NULL)",
    """
    CREATE TEMP TRIGGER key_made AFTER INSERT ON main.parts
    BEGIN INSERT INTO new_keys VALUES (NEW.key, NEW.id); END
    """,
    """
    CREATE TEMP TRIGGER key_changed AFTER UPDATE OF key ON main.parts WHEN NEW.key <> OLD.key
    BEGIN INSERT INTO new_keys VALUES (NEW.key, NEW.id); END
    """,
    """
    CREATE TEMP TRIGGER key_retired AFTER INSERT ON main.earlier_requests
    BEGIN INSERT INTO new_keys VALUES (NEW.key, NEW.part); END
    """,
)
_ALL = "SELECT key, id FROM parts UNION ALL SELECT key, part FROM earlier_requests"


class Keyring:
    """Whose address a key is, as of the last commit.

    The database itself notes each key that is written, on the connection that alone writes, and
    in the same transaction: no way of making a part can forget to tell, and what is undone is
    never told. A key is never taken away, for what comes to it is never refused.
    """

    def __init__(self) -> None:
        self._parts: dict[str, PartId] = {}

    def part_of(self, key: str) -> PartId | None:
        """Find whose address ends in this key: in the same time for any key, near or far."""
        return self._parts.get(key)

    def watch(self, db: Database) -> None:
        """Learn every key there is, and have the new ones noted from now on."""
        for statement in _WATCH:
            db.execute(statement)
        self.add(dict(db.execute(_ALL).fetchall()))

    def noted(self, db: Database) -> dict[str, PartId]:
        """Take what was noted, inside the transaction that wrote it."""
        noted: dict[str, PartId] = dict(db.execute("SELECT key, part FROM new_keys").fetchall())
        if noted:
            db.execute("DELETE FROM new_keys")
        return noted

    def add(self, keys: dict[str, PartId]) -> None:
        """Know these too, now that they are on disk."""
        self._parts |= keys
