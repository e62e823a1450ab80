"""News that Slack hasn't got yet.

A letter is ``waiting``, then ``taken`` while Slack is told, then ``told`` or ``gave_up``. What
changes on a card meanwhile waits as a letter of its own, so no change is lost and no older
drawing overtakes a newer one.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.flood import LULL_REPLIES, MOST, Crowd
from bot.domain.ids import CampaignId, MessageTs
from bot.domain.news import Letter, News, NewsKind, lane_of
from bot.domain.replies import Reply
from storage.outbox_questions import JOIN_DRAWINGS, NEXT, OPEN, WAITING_REPLIES
from storage.rows import read_letter, read_reply, readable
from storage.times import read_time, write_time

LONGEST_WAIT = timedelta(hours=1)
"""What waits longer than Slack ever asks for waits for a clock that was put back since."""


class OutboxTable:
    """``ports.Outbox`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def add(self, news: News) -> None:
        """Queue news; a change of a card or summary joins one of its campaign that waits."""
        facts = json.dumps(dict(news.facts))
        self._conn.execute(
            "INSERT INTO outbox (kind, campaign, facts, lane, reply) VALUES (?1, ?2, ?3, ?4,"
            " (SELECT id FROM replies WHERE ?4 = 'replies' AND id = json_extract(?3, '$.reply')))"
            " ON CONFLICT (campaign, kind)"
            " WHERE state = 'waiting' AND kind IN ('card', 'summary') DO NOTHING",
            (news.kind.value, news.campaign, facts, lane_of(news.kind).value),
        )

    def due(self, now: datetime, *, limit: int) -> tuple[Letter, ...]:
        """What may be told now, oldest first: of each campaign the first in each lane.

        A thread message waits for the card, and for older ones of its lane, also while one of
        them is being told; a card waits while an older drawing of it is being told.
        """
        rows = self._conn.execute(
            f"{NEXT} AND ifnull(not_before <= ? OR not_before > ?, TRUE)"
            " ORDER BY outbox.id LIMIT ?",
            (write_time(now), write_time(now + LONGEST_WAIT), limit),
        )
        return tuple(map(read_letter, rows))

    def next_due(self) -> datetime | None:
        """When the earliest postponed letter may go; ``None`` when none is postponed."""
        (soonest,) = self._conn.execute(f"SELECT min(not_before) FROM ({NEXT})").fetchone()
        return None if soonest is None else read_time(str(soonest))

    def crowd(self, campaign: CampaignId) -> Crowd | None:
        """The replies of a thread that wait to be told; ``None`` where none does.

        It is asked often, so those that are just being told are counted, too: their index alone
        can tell that.
        """
        (count,) = self._conn.execute(
            "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE campaign = ? AND lane = 'replies'"
            f" AND {OPEN} LIMIT ?)",
            (campaign, MOST),
        ).fetchone()
        oldest = self._conn.execute(
            f"SELECT received_at {WAITING_REPLIES} ORDER BY outbox.id LIMIT 1", (campaign,)
        ).fetchone()
        if oldest is None:
            return None
        hastened = self._conn.execute(
            f"SELECT received_at {WAITING_REPLIES} ORDER BY outbox.id DESC LIMIT 1 OFFSET ?",
            (campaign, LULL_REPLIES - 1),
        ).fetchone()
        (unread,) = self._conn.execute(
            "SELECT EXISTS (SELECT 1 FROM inbox WHERE state = 'new')"
        ).fetchone()
        return Crowd(
            is_swelling=bool(unread),
            count=count,
            oldest=read_time(oldest["received_at"]),
            hastened=hastened and read_time(hastened["received_at"]),
        )

    def replies(self, campaign: CampaignId, *, limit: int) -> tuple[tuple[int, Reply], ...]:
        """The first so many of them, oldest first, each with its letter."""
        rows = self._conn.execute(
            f"SELECT replies.*, outbox.id AS letter {WAITING_REPLIES} ORDER BY outbox.id LIMIT ?",
            (campaign, limit),
        )
        return tuple((row["letter"], read_reply(row)) for row in rows)

    def letters_in(self, post: str) -> tuple[int, ...]:
        """The letters that were put in one message, and aren't settled."""
        rows = self._conn.execute(
            f"SELECT id FROM outbox WHERE post = ? AND {OPEN} ORDER BY id", (post,)
        )
        return tuple(row["id"] for row in rows)

    def take(self, letters: Sequence[int], *, at: datetime, post: str | None = None) -> None:
        """Mark letters as being told, so that nothing joins them any more.

        With ``post`` they become a new message with that key: until Slack's answer is written
        down, nobody knows whether it took it.
        """
        self._change(
            letters,
            "state = 'taken', post = ?, tried_at = ?",
            (post, write_time(at) if post else None),
            since="waiting",
        )

    def recover(self) -> int:
        """Queue again, at start, what was being told when the program ended; how many."""
        self._conn.execute(f"{JOIN_DRAWINGS})")
        back = self._conn.execute(
            f"UPDATE outbox SET state = 'waiting' WHERE {OPEN} AND state = 'taken'"
        )
        return back.rowcount

    def told(self, letters: Sequence[int], *, at: datetime, ts: MessageTs | None) -> None:
        """Slack has them."""
        change = "state = 'told', settled_at = ?, ts = ?, reason = '', tried_at = NULL"
        self._change(letters, change, (write_time(at), ts))

    def postpone(
        self, letters: Sequence[int], *, until: datetime, reason: str, may_be_there: bool = False
    ) -> None:
        """Try again later; counts the attempt. A card takes what changed since along with it.

        ``may_be_there`` where nobody knows whether Slack took the message.
        """
        self._conn.execute(
            f"{JOIN_DRAWINGS} AND id IN (SELECT value FROM json_each(?)))",
            (json.dumps(letters),),
        )
        forget = "" if may_be_there else ", post = NULL, tried_at = NULL"
        change = "state = 'waiting', attempts = attempts + 1, not_before = ?, reason = ?"
        self._change(letters, change + forget, (write_time(until), readable(reason)))

    def not_there(self, post: str) -> None:
        """Slack hasn't got that message: its letters may be told again."""
        self._conn.execute(
            "UPDATE outbox SET state = 'waiting', post = NULL, tried_at = NULL"
            f" WHERE post = ? AND {OPEN}",
            (post,),
        )

    def give_up(self, letters: Sequence[int], *, at: datetime, reason: str) -> None:
        """They can't be told, ever; keep them and why."""
        change = "state = 'gave_up', settled_at = ?, reason = ?, tried_at = NULL"
        self._change(letters, change, (write_time(at), readable(reason)))

    def give_up_thread(self, campaign: CampaignId, *, at: datetime, reason: str) -> int:
        """Give up all that waits for a thread that can't be; how many."""
        given_up = self._conn.execute(
            "UPDATE outbox SET state = 'gave_up', settled_at = ?, reason = ?"
            f" WHERE campaign = ? AND lane IN ('story', 'replies', 'summary') AND {OPEN}",
            (write_time(at), readable(reason), campaign),
        )
        return given_up.rowcount

    def has_said(self, campaign: CampaignId, reason: str) -> bool:
        """Whether the requester was told, or will be, that something can't be for this reason."""
        (found,) = self._conn.execute(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE campaign = ? AND kind = ?"
            " AND json_extract(facts, '$.reason') = ?)",
            (campaign, NewsKind.CANT_TELL.value, reason),
        ).fetchone()
        return bool(found)

    def has_summary(self, campaign: CampaignId) -> bool:
        """Whether a message sums up its replies."""
        row = self._conn.execute("SELECT 1 FROM summaries WHERE campaign = ?", (campaign,))
        return row.fetchone() is not None

    def save_summary(self, campaign: CampaignId, ts: MessageTs | None) -> None:
        """Keep which message does; ``None`` when somebody deleted it."""
        if ts is None:
            self._conn.execute("DELETE FROM summaries WHERE campaign = ?", (campaign,))
        else:
            self._conn.execute(
                "REPLACE INTO summaries (campaign, ts) VALUES (?, ?)", (campaign, ts)
            )

    def waiting(self) -> int:
        """How many letters Slack hasn't got, with those that are being told."""
        (count,) = self._conn.execute(f"SELECT count(*) FROM outbox WHERE {OPEN}").fetchone()
        return int(count)

    def _change(
        self,
        letters: Sequence[int],
        change: str,
        values: tuple[str | None, ...],
        *,
        since: str | None = None,
    ) -> None:
        """Change those of them that aren't settled, or are still in the state ``since``."""
        still = f"outbox.state = '{since}'" if since else OPEN
        self._conn.execute(
            f"UPDATE outbox SET {change} WHERE id IN (SELECT value FROM json_each(?)) AND {still}",
            (*values, json.dumps(letters)),
        )
