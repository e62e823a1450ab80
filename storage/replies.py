"""What recipients wrote back."""

from sqlite_utils import Database

from bot.domain.gist import gist
from bot.domain.ids import CampaignId
from bot.domain.replies import Reply, Tally
from storage.rows import read_reply, readable
from storage.times import write_time


class ReplyTable:
    """``ports.Replies`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._conn = db.conn

    def add(self, reply: Reply, *, fingerprint: str) -> int | None:
        """Keep a reply and return its id, whatever ``reply.id`` says; ``None`` for one known."""
        row = self._conn.execute(
            "INSERT INTO replies (fingerprint, campaign, part, number, raw_number, text, at,"
            " received_at, opts_out, is_known, may_opt_out, gist)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (fingerprint) DO NOTHING RETURNING id",
            (
                fingerprint,
                reply.campaign,
                reply.part,
                reply.number,
                readable(reply.raw_number),
                readable(reply.text),
                write_time(reply.at),
                write_time(reply.received_at),
                reply.opts_out,
                reply.is_known,
                reply.may_opt_out,
                gist(readable(reply.text)),
            ),
        ).fetchone()
        return None if row is None else int(row["id"])

    def get(self, reply: int) -> Reply:
        """Read one; ``KeyError`` when there is none."""
        row = self._conn.execute("SELECT * FROM replies WHERE id = ?", (reply,)).fetchone()
        if row is None:
            raise KeyError(reply)
        return read_reply(row)

    def mark_opt_out(self, reply: int) -> None:
        """Write down that it did ask for no more, so that the card counts it."""
        self._conn.execute("UPDATE replies SET opts_out = 1 WHERE id = ?", (reply,))

    def counts(self, campaign: CampaignId) -> tuple[int, int]:
        """How many replies a campaign has, and how many of them opt out."""
        replies, opt_outs = self._conn.execute(
            "SELECT count(*), ifnull(sum(opts_out), 0) FROM replies WHERE campaign = ?",
            (campaign,),
        ).fetchone()
        return replies, opt_outs

    def tally(self, campaign: CampaignId, *, limit: int) -> Tally:
        """What a campaign's replies come to, with so many of the commonest answers."""
        rows = self._conn.execute(
            "SELECT text, n FROM (SELECT count(*) AS n, max(id) AS newest FROM replies"
            " WHERE campaign = ? AND opts_out = 0 GROUP BY gist HAVING n > 1"
            " ORDER BY n DESC, newest LIMIT ?) JOIN replies ON replies.id = newest"
            " ORDER BY n DESC, newest",
            (campaign, limit),
        )
        commonest = tuple((row["text"], row["n"]) for row in rows)
        replies, opt_outs = self.counts(campaign)
        return Tally(replies=replies, opt_outs=opt_outs, commonest=commonest)
