"""The recipients' table: one row a person of a campaign.

A person is found by campaign and the number with its ninth digit, which is the key.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from bot.domain.campaign import ImpossibleMoveError
from bot.domain.ids import CampaignId, Number, PartId
from bot.domain.numbers import Fault, LeftOut, same_person_key
from bot.domain.receipts import Status, advance
from bot.domain.replies import DeliveryNews, Finals, Source
from bot.domain.standing import Counts
from storage.rows import readable
from storage.times import write_time


class _News(NamedTuple):
    """What a row says of its person's message."""

    status: str
    word: str
    carrier: str
    status_at: str | None
    source: str
    disputed: int


class RecipientTable:
    """``ports.Recipients`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def numbers(self, campaign: CampaignId) -> tuple[Number, ...]:
        """Everyone it was approved for, in the order given, opted out or not."""
        rows = self._conn.execute(
            "SELECT number FROM recipients WHERE campaign = ? ORDER BY position", (campaign,)
        )
        return tuple(number for (number,) in rows)

    def of_part(self, part: PartId) -> tuple[Number, ...]:
        """The numbers a part carries, in the order given; who was suppressed since isn't one."""
        rows = self._conn.execute(
            "SELECT number FROM recipients WHERE part = ? AND status <> ? ORDER BY position",
            (part, Status.SUPPRESSED.value),
        )
        return tuple(number for (number,) in rows)

    def without_it(self, campaign: CampaignId) -> tuple[Number, ...]:
        """Everyone who certainly hasn't got it and won't: never sent, refused, or held."""
        rows = self._conn.execute(
            "SELECT r.number FROM recipients r LEFT JOIN parts p ON p.id = r.part"
            " WHERE r.campaign = ? AND r.status IN ('queued', 'sent') AND (p.id IS NULL"
            " OR p.state = 'refused' OR p.state = 'dropped' AND p.reason <> 'left'"
            " OR p.state = 'accepted' AND p.brake = 'held') ORDER BY r.position",
            (campaign,),
        )
        return tuple(number for (number,) in rows)

    def sealed_in(self, part: PartId) -> tuple[Number, ...]:
        """Everyone a part was made for, opted out since or not."""
        rows = self._conn.execute("SELECT number FROM recipients WHERE part = ?", (part,))
        return tuple(number for (number,) in rows)

    def ten_digits(self, campaign: CampaignId) -> int:
        """How many of its mobiles have ten digits, and may lack their ninth."""
        (count,) = self._conn.execute(
            "SELECT count(*) FROM recipients WHERE campaign = ? AND number <> person", (campaign,)
        ).fetchone()
        return int(count)

    def add_ninth_digit(self, campaign: CampaignId) -> int:
        """Write those as they are dialled today: as their key, which has the ninth digit.

        Once there are parts, it raises ``ImpossibleMoveError``: its people may have it.
        """
        if self._conn.execute("SELECT 1 FROM parts WHERE campaign = ?", (campaign,)).fetchone():
            message = f"campaign {campaign} has parts: its numbers can't change any more"
            raise ImpossibleMoveError(message)
        changed = self._conn.execute(
            "UPDATE recipients SET number = person WHERE campaign = ? AND number <> person",
            (campaign,),
        )
        return changed.rowcount

    def suppress(self, campaign: CampaignId, numbers: Iterable[Number]) -> None:
        """Mark these as left out; whoever was sent to already stays as they are."""
        self._conn.execute(
            "UPDATE recipients SET status = ? WHERE campaign = ? AND status = ?"
            " AND person IN (SELECT value FROM json_each(?))",
            (
                Status.SUPPRESSED.value,
                campaign,
                Status.QUEUED.value,
                json.dumps([same_person_key(number) for number in numbers]),
            ),
        )

    def mark_sent(self, part: PartId) -> None:
        """Move a part's queued people to ``sent``; later news stays."""
        self._conn.execute(
            "UPDATE recipients SET status = ? WHERE part = ? AND status = ?",
            (Status.SENT.value, part, Status.QUEUED.value),
        )

    def apply(self, part: PartId, news: Sequence[DeliveryNews]) -> int:
        """Apply delivery news and return how many rows it changed.

        A final row never changes, but that somebody else tells another end is noted. One
        without a final status keeps the newest word and the carrier even when the word means
        nothing to us yet. The same news twice changes nothing the second time.
        """
        keys = [same_person_key(each.number) for each in news]
        known = self._people(part, keys)
        told = dict(known)
        for key, each in zip(keys, news, strict=True):
            if key in told:
                told[key] = _tell(told[key], each)
        changed = [(*row, part, key) for key, row in told.items() if row != known[key]]
        self._conn.executemany(
            "UPDATE recipients SET status = ?, word = ?, carrier = ?, status_at = ?,"
            " source = ?, disputed = ?"
            " WHERE campaign = (SELECT campaign FROM parts WHERE id = ?) AND person = ?",
            changed,
        )
        return len(changed)

    def find(self, part: PartId, number: Number) -> Number | None:
        """The part's own spelling of this number, or ``None`` when it isn't one of its people."""
        rows = self._conn.execute(
            "SELECT r.number FROM parts p JOIN recipients r ON r.campaign = p.campaign"
            " WHERE p.id = ? AND r.person = ? AND r.part = p.id",
            (part, same_person_key(number)),
        )
        return next((spelled for (spelled,) in rows), None)

    def counts(self, campaign: CampaignId) -> Counts:
        """How many have which status: always counted from the rows."""
        rows = self._conn.execute(
            "SELECT status, count(*) FROM recipients WHERE campaign = ? GROUP BY status",
            (campaign,),
        )
        return Counts({Status(status): count for status, count in rows})

    def shared(self, campaign: CampaignId, other: CampaignId) -> int:
        """How many people of one campaign get the other as well, may get it, or may have got it.

        Not whom either left out when it was sent, nor whose part of the other never went.
        """
        (count,) = self._conn.execute(
            "SELECT count(*) FROM recipients a JOIN recipients b"
            " ON b.campaign = ? AND b.person = a.person LEFT JOIN parts p ON p.id = b.part"
            " WHERE a.campaign = ? AND a.status <> ? AND b.status <> ? AND (p.id IS NULL"
            " OR p.state <> 'refused' AND (p.state <> 'dropped' OR p.reason = 'left'))",
            (other, campaign, Status.SUPPRESSED.value, Status.SUPPRESSED.value),
        ).fetchone()
        return int(count)

    def waiting_in(self, part: PartId) -> int:
        """How many of a part have no final status yet."""
        (count,) = self._conn.execute(
            "SELECT count(*) FROM recipients WHERE part = ? AND status IN ('queued', 'sent')",
            (part,),
        ).fetchone()
        return int(count)

    def anyone_waits(self, campaign: CampaignId) -> bool:
        """Whether anyone in its accepted parts has no final status yet: it stops at the first."""
        (waits,) = self._conn.execute(
            "SELECT EXISTS (SELECT 1 FROM parts CROSS JOIN recipients ON recipients.part = parts.id"
            " WHERE parts.campaign = ? AND parts.state = 'accepted'"
            " AND recipients.status IN ('queued', 'sent'))",
            (campaign,),
        ).fetchone()
        return bool(waits)

    def finals(self, campaign: CampaignId) -> Finals:
        """How many of its accepted parts' people are final by whose word, and how many aren't."""
        rows = self._conn.execute(
            "SELECT status IN ('queued', 'sent') AS silent, source, disputed, count(*)"
            " FROM recipients WHERE campaign = ? AND status <> ? AND part IN"
            " (SELECT id FROM parts WHERE campaign = ? AND state = 'accepted') GROUP BY 1, 2, 3",
            (campaign, Status.SUPPRESSED.value, campaign),
        )
        found = Finals()
        for silent, source, disputed, count in rows:
            found = Finals(
                called_back=found.called_back + count * (source == Source.CALL_BACK),
                asked=found.asked + count * (source == Source.STATUS),
                silent=found.silent + count * silent,
                disputed=found.disputed + count * disputed,
            )
        return found

    def left_out(self, campaign: CampaignId) -> Mapping[Fault, int]:
        """How many were left out when it was written, by reason."""
        rows = self._conn.execute("SELECT fault FROM left_out WHERE campaign = ?", (campaign,))
        return Counter(Fault(fault) for (fault,) in rows)

    def left_out_examples(self, campaign: CampaignId, *, limit: int) -> tuple[LeftOut, ...]:
        """The first few of them, to name."""
        return self._left_out(campaign, limit)

    def left_out_of(self, campaign: CampaignId) -> tuple[LeftOut, ...]:
        """All of them, as its list goes."""
        return self._left_out(campaign, -1)

    def _left_out(self, campaign: CampaignId, limit: int) -> tuple[LeftOut, ...]:
        rows = self._conn.execute(
            "SELECT line, raw, fault FROM left_out WHERE campaign = ? ORDER BY position LIMIT ?",
            (campaign, limit),
        )
        return tuple(LeftOut(line, raw, Fault(fault)) for line, raw, fault in rows)

    def _people(self, part: PartId, keys: Sequence[str]) -> dict[str, _News]:
        rows = self._conn.execute(
            "SELECT r.person, r.status, r.word, r.carrier, r.status_at, r.source, r.disputed"
            " FROM parts p JOIN recipients r ON r.campaign = p.campaign"
            " WHERE p.id = ? AND r.person IN (SELECT value FROM json_each(?)) AND r.part = p.id",
            (part, json.dumps(keys)),
        )
        return {person: _News(*rest) for person, *rest in rows}


def _tell(row: _News, news: DeliveryNews) -> _News:
    current, told = Status(row.status), advance(Status.SENT, news.receipt)
    if current.is_final:
        other = told.is_final and told is not current and row.source != news.source
        return row._replace(disputed=1) if other else row
    return _News(
        advance(current, news.receipt).value,
        readable(news.word),
        readable(news.carrier) or row.carrier,
        write_time(news.at) or row.status_at,
        news.source.value if told.is_final else row.source,
        row.disputed,
    )
