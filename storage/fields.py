"""The table of what the fields of texts are filled with: one row a person."""

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from bot.domain.filling import Filling
from bot.domain.ids import CampaignId, Number
from bot.domain.numbers import same_person_key
from bot.domain.receipts import Status


class FieldTable:
    """``ports.Fields`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def keep(self, campaign: CampaignId, filling: Filling | None) -> None:
        """Keep the values of its people in place of those before; with ``None``, no more."""
        self._conn.execute("DELETE FROM field_values WHERE campaign = ?", (campaign,))
        if filling is None:
            return
        rows = zip(filling.numbers, filling.values, filling.segments, strict=True)
        self._conn.executemany(
            "INSERT INTO field_values (campaign, person, cells, segments) VALUES (?, ?, ?, ?)",
            (
                (campaign, same_person_key(number), json.dumps(cells), segments)
                for number, cells, segments in rows
            ),
        )

    def values(self, campaign: CampaignId) -> Mapping[Number, Sequence[str]]:
        """Each person's values, in the order of the campaign's fields."""
        rows = self._conn.execute(
            "SELECT number, cells FROM recipients JOIN field_values USING (campaign, person)"
            " WHERE campaign = ?",
            (campaign,),
        )
        return {number: json.loads(cells) for number, cells in rows}

    def segments(self, campaign: CampaignId) -> Mapping[int, int]:
        """How many people's text takes how many segments; who was suppressed isn't counted."""
        rows = self._conn.execute(
            "SELECT segments, count(*) FROM recipients JOIN field_values USING (campaign, person)"
            " WHERE campaign = ? AND status <> ? GROUP BY segments",
            (campaign, Status.SUPPRESSED.value),
        )
        return dict(rows.fetchall())
