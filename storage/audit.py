"""What was decided. The table's own triggers refuse to change or forget a row."""

import json

from sqlite_utils import Database

from bot.domain.ids import CampaignId
from bot.domain.replies import AuditEntry
from storage.times import read_time, write_time


class AuditTable:
    """``ports.Audit`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, entry: AuditEntry) -> None:
        """Put it on record."""
        self._db.table("audit").insert(
            {
                "at": write_time(entry.at),
                "who": entry.who,
                "what": entry.what,
                "campaign": entry.campaign,
                "version": entry.version,
                "digest": entry.digest,
                "facts": None if entry.facts is None else json.dumps(dict(entry.facts)),
            }
        )

    def of(self, campaign: CampaignId) -> tuple[AuditEntry, ...]:
        """A campaign's record, oldest first."""
        rows = self._db.execute("SELECT * FROM audit WHERE campaign = ? ORDER BY id", (campaign,))
        return tuple(
            AuditEntry(
                at=read_time(row["at"]),
                who=row["who"],
                what=row["what"],
                campaign=row["campaign"],
                version=row["version"],
                digest=row["digest"],
                facts=None if row["facts"] is None else json.loads(row["facts"]),
            )
            for row in rows
        )
