"""The tables of forms; a step of ``migrations``, in a file of its own."""

from sqlite_utils import Database

from storage.migrations import migrations


@migrations()
def m011_forms(db: Database) -> None:
    """Forms that were begun, forms that were sent, and the files given in them.

    ``form`` is the form at Slack that told of it last: its letters may overtake each other, and an
    older state never replaces a newer one. ``content`` is a file's bytes as Slack gave them. A
    form that is sent twice breaks the key of ``sent_forms``, so that it makes one campaign.
    """
    statements = (
        """
        CREATE TABLE files (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            content BLOB NOT NULL,
            fetched_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE unfinished (
            user TEXT NOT NULL,
            place TEXT NOT NULL,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            numbers TEXT NOT NULL,
            is_timed INTEGER NOT NULL,
            send_at TEXT,
            quiet INTEGER NOT NULL,
            file TEXT REFERENCES files,
            form TEXT NOT NULL,
            written_at TEXT NOT NULL,
            PRIMARY KEY (user, place)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE sent_forms (
            form TEXT PRIMARY KEY,
            campaign INTEGER NOT NULL REFERENCES campaigns,
            at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE campaign_files (
            campaign INTEGER PRIMARY KEY REFERENCES campaigns,
            file TEXT NOT NULL REFERENCES files
        ) STRICT
        """,
    )
    for statement in statements:
        db.execute(statement)
