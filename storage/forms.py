"""Forms: what was begun, what was sent, and the files given in them."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.ids import CampaignId, UserId
from bot.domain.unfinished import ListFile, Unfinished
from storage.rows import readable
from storage.times import read_time, write_time


class FormTable:
    """``ports.Forms`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, unfinished: Unfinished) -> None:
        """Keep a form as it stands in place of what was kept before; never an older state."""
        file = unfinished.file
        self._db.execute(
            "INSERT INTO unfinished (user, place, name, text, numbers, is_timed, send_at, quiet,"
            " file, form, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (user, place) DO UPDATE SET name = excluded.name, text = excluded.text,"
            " numbers = excluded.numbers, is_timed = excluded.is_timed,"
            " send_at = excluded.send_at, quiet = excluded.quiet, file = excluded.file,"
            " form = excluded.form, written_at = excluded.written_at"
            " WHERE form <> excluded.form OR written_at <= excluded.written_at",
            (
                unfinished.user,
                unfinished.place,
                readable(unfinished.name),
                readable(unfinished.text),
                readable(unfinished.numbers),
                int(unfinished.is_timed),
                write_time(unfinished.send_at),
                int(unfinished.quiet),
                None if file is None else file.id,
                unfinished.form,
                write_time(unfinished.written_at),
            ),
        )

    def begun(self, user: UserId, place: str) -> Unfinished | None:
        """What somebody has begun to write there."""
        row = self._db.execute(
            "SELECT u.*, f.name AS file_name FROM unfinished u LEFT JOIN files f ON f.id = u.file"
            " WHERE u.user = ? AND u.place = ?",
            (user, place),
        ).fetchone()
        if row is None:
            return None
        return Unfinished(
            user=UserId(row["user"]),
            place=row["place"],
            name=row["name"],
            text=row["text"],
            numbers=row["numbers"],
            is_timed=bool(row["is_timed"]),
            send_at=read_time(row["send_at"]),
            quiet=bool(row["quiet"]),
            file=None if row["file_name"] is None else ListFile(row["file"], row["file_name"]),
            form=row["form"],
            written_at=read_time(row["written_at"]),
        )

    def forget(self, user: UserId, place: str) -> None:
        """Forget what somebody had begun to write there."""
        self._db.execute("DELETE FROM unfinished WHERE user = ? AND place = ?", (user, place))

    def sent(self, form: str) -> CampaignId | None:
        """What this very form has made already."""
        row = self._db.execute("SELECT campaign FROM sent_forms WHERE form = ?", (form,)).fetchone()
        return None if row is None else CampaignId(row["campaign"])

    def note_sent(self, form: str, campaign: CampaignId, *, at: datetime) -> None:
        """Write down what a form made; the same form again raises the database's own error."""
        self._db.execute(
            "INSERT INTO sent_forms (form, campaign, at) VALUES (?, ?, ?)",
            (form, campaign, write_time(at)),
        )

    def keep_file(self, file: ListFile, content: bytes, *, at: datetime) -> None:
        """Keep a file's bytes; one that is kept already stays as it is."""
        self._db.execute(
            "INSERT OR IGNORE INTO files (id, name, content, fetched_at) VALUES (?, ?, ?, ?)",
            (file.id, readable(file.name), content, write_time(at)),
        )

    def content(self, file: str) -> bytes | None:
        """A file's bytes, as they were fetched; ``None`` where it isn't kept, or no more."""
        row = self._db.execute("SELECT content FROM files WHERE id = ?", (file,)).fetchone()
        return None if row is None else bytes(row["content"])

    def attach(self, file: str, campaign: CampaignId) -> None:
        """Keep a file for a campaign, in place of the one before, until it is decided."""
        self._db.execute(
            "INSERT OR REPLACE INTO campaign_files (campaign, file) VALUES (?, ?)", (campaign, file)
        )

    def detach(self, campaign: CampaignId) -> None:
        """Forget which file a campaign's list came from: the list is another by now."""
        self._db.execute("DELETE FROM campaign_files WHERE campaign = ?", (campaign,))

    def file_of(self, campaign: CampaignId) -> ListFile | None:
        """The file that a campaign's list came from, while it is kept."""
        row = self._db.execute(
            "SELECT f.id, f.name FROM campaign_files c JOIN files f ON f.id = c.file"
            " WHERE c.campaign = ?",
            (campaign,),
        ).fetchone()
        return None if row is None else ListFile(row["id"], row["name"])

    def clean(self, before: datetime) -> int:
        """Forget what is older than this: forms, and files that no form and no campaign needs."""
        limit = write_time(before)
        self._db.execute("DELETE FROM unfinished WHERE written_at < ?", (limit,))
        self._db.execute("DELETE FROM sent_forms WHERE at < ?", (limit,))
        self._db.execute(
            "DELETE FROM campaign_files WHERE campaign NOT IN"
            " (SELECT id FROM campaigns WHERE state = 'waiting')"
        )
        gone = self._db.execute(
            "DELETE FROM files WHERE fetched_at < ? AND id NOT IN"
            " (SELECT file FROM unfinished WHERE file IS NOT NULL"
            " UNION ALL SELECT file FROM campaign_files)",
            (limit,),
        )
        return gone.rowcount
