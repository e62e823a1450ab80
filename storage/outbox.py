"""News that Slack hasn't got yet.

A letter is ``waiting``, then ``taken`` while Slack is told, then ``told`` or ``gave_up``. What
changes on a card meanwhile waits as a letter of its own, so no change is lost and no older
drawing overtakes a newer one.
"""

import json
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.ids import MessageTs
from bot.domain.news import Letter, News, NewsKind
from storage.rows import readable
from storage.times import read_time, write_time

_NEXT = """
    FROM outbox JOIN campaigns ON campaigns.id = outbox.campaign
    LEFT JOIN campaigns AS homes ON homes.id = campaigns.thread_of
    LEFT JOIN notices ON outbox.kind = 'part_unknown'
        AND notices.part = json_extract(facts, '$.part_id')
        AND notices.resent = json_extract(facts, '$.resent')
    WHERE outbox.id IN (
        SELECT min(id) FROM outbox WHERE state IN ('waiting', 'taken')
        GROUP BY campaign, kind = 'card'
    ) AND outbox.state = 'waiting' AND (kind = 'card' OR campaigns.card IS NOT NULL)
    AND (campaigns.thread_of IS NULL OR homes.card IS NOT NULL)
"""
"""The first card and the first thread message of each campaign, unless it is under way.

An answer's card is posted in the thread of another campaign, so it waits for that one's.
"""

_JOIN_CARDS = """
    DELETE FROM outbox WHERE state = 'waiting' AND kind = 'card' AND campaign IN
        (SELECT campaign FROM outbox WHERE state = 'taken' AND kind = 'card' AND id = ifnull(?, id))
"""
"""Before a taken card waits again: the one that waits behind it asks for the same drawing."""


LONGEST_WAIT = timedelta(hours=1)
"""What waits longer than Slack ever asks for waits for a clock that was put back since."""


class OutboxTable:
    """``ports.Outbox`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def add(self, news: News) -> None:
        """Queue news; a card change joins one of its campaign that waits already."""
        self._conn.execute(
            "INSERT INTO outbox (kind, campaign, facts) VALUES (?, ?, ?)"
            " ON CONFLICT (campaign) WHERE state = 'waiting' AND kind = 'card' DO NOTHING",
            (news.kind.value, news.campaign, json.dumps(dict(news.facts))),
        )

    def due(self, now: datetime, *, limit: int) -> tuple[Letter, ...]:
        """What may be told now, oldest first: of each campaign at most a card and a message.

        A thread message waits for the card, for older messages of its thread, and while one
        of them is being told; a card waits while an older drawing of it is being told.
        """
        rows = self._conn.execute(
            "SELECT outbox.*, campaigns.channel, campaigns.card, homes.card AS home,"
            f" notices.ts AS notice {_NEXT}"
            " AND ifnull(not_before <= ? OR not_before > ?, TRUE) ORDER BY outbox.id LIMIT ?",
            (write_time(now), write_time(now + LONGEST_WAIT), limit),
        )
        return tuple(
            Letter(
                id=row["id"],
                news=News(NewsKind(row["kind"]), row["campaign"], json.loads(row["facts"])),
                channel=row["channel"],
                attempts=row["attempts"],
                not_before=read_time(row["not_before"]),
                thread=row["card"],
                notice=row["notice"],
                home=row["home"],
            )
            for row in rows
        )

    def next_due(self) -> datetime | None:
        """When the earliest postponed letter may go; ``None`` when none is postponed."""
        (soonest,) = self._conn.execute(f"SELECT min(not_before) {_NEXT}").fetchone()
        return None if soonest is None else read_time(str(soonest))

    def take(self, letter: int) -> None:
        """Mark a letter as being told, so that nothing joins it any more."""
        self._conn.execute(
            "UPDATE outbox SET state = 'taken' WHERE id = ? AND state = 'waiting'", (letter,)
        )

    def recover(self) -> int:
        """Queue again, at start, what was being told when the program ended; how many."""
        self._conn.execute(_JOIN_CARDS, (None,))
        back = self._conn.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'taken'")
        return back.rowcount

    def told(self, letter: int, *, at: datetime, ts: MessageTs | None) -> None:
        """Slack has it."""
        self._settle(letter, "told", at=at, ts=ts)

    def postpone(self, letter: int, *, until: datetime, reason: str) -> None:
        """Try again later; counts the attempt. A card takes what changed since along with it."""
        self._conn.execute(_JOIN_CARDS, (letter,))
        self._conn.execute(
            "UPDATE outbox SET state = 'waiting', attempts = attempts + 1, not_before = ?,"
            " reason = ? WHERE id = ? AND state IN ('waiting', 'taken')",
            (write_time(until), readable(reason), letter),
        )

    def give_up(self, letter: int, *, at: datetime, reason: str) -> None:
        """It can't be told, ever; keep it and why."""
        self._settle(letter, "gave_up", at=at, reason=reason)

    def waiting(self) -> int:
        """How many letters Slack hasn't got, with those that are being told."""
        (count,) = self._conn.execute(
            "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'taken')"
        ).fetchone()
        return int(count)

    def _settle(
        self,
        letter: int,
        state: str,
        *,
        at: datetime,
        ts: MessageTs | None = None,
        reason: str = "",
    ) -> None:
        self._conn.execute(
            "UPDATE outbox SET state = ?, settled_at = ?, ts = ?, reason = ?"
            " WHERE id = ? AND state IN ('waiting', 'taken')",
            (state, write_time(at), ts, readable(reason), letter),
        )
