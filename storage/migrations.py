"""The tables, as steps that are never changed once released: a change is a new step.

Every table is STRICT, so that a wrong type is an error where it happens. Words such as
states are checked by the domain's enums, which read every row.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("torpedo")


@migrations()
def m001_campaigns(db: Database) -> None:
    """Campaigns, who approved them, how they were edited, and who was left out of them.

    AUTOINCREMENT keeps a campaign's number from ever being used again.
    """
    _run(
        db,
        """
        CREATE TABLE campaigns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL,
            name TEXT NOT NULL,
            channel TEXT NOT NULL,
            requester TEXT NOT NULL,
            text TEXT NOT NULL,
            send_at TEXT,
            zone TEXT NOT NULL,
            account TEXT NOT NULL,
            door TEXT NOT NULL,
            digest TEXT NOT NULL,
            state TEXT NOT NULL,
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            edited_at TEXT,
            reminded_at TEXT,
            closed_by TEXT,
            closed_at TEXT,
            close_reason TEXT NOT NULL,
            go_at TEXT,
            launched_at TEXT,
            finished_at TEXT,
            held_by TEXT,
            held_at TEXT,
            release_asked_by TEXT,
            release_asked_at TEXT,
            wanted_at TEXT,
            reconciled_at TEXT,
            card TEXT
        ) STRICT
        """,
        "CREATE INDEX campaigns_by_state ON campaigns (state)",
        "CREATE INDEX campaigns_by_channel ON campaigns (channel)",
        """
        CREATE TABLE approvals (
            campaign INTEGER NOT NULL REFERENCES campaigns,
            version INTEGER NOT NULL,
            position INTEGER NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (campaign, version, position),
            UNIQUE (campaign, version, by)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE changes (
            campaign INTEGER NOT NULL REFERENCES campaigns,
            version INTEGER NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            text_before TEXT NOT NULL,
            send_at_before TEXT,
            added INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            voided INTEGER NOT NULL,
            PRIMARY KEY (campaign, version)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE left_out (
            campaign INTEGER NOT NULL REFERENCES campaigns,
            position INTEGER NOT NULL,
            line INTEGER NOT NULL,
            raw TEXT NOT NULL,
            fault TEXT NOT NULL,
            PRIMARY KEY (campaign, position)
        ) STRICT, WITHOUT ROWID
        """,
    )
    _make_append_only(db, "approvals")
    _make_append_only(db, "changes")


@migrations()
def m002_recipients(db: Database) -> None:
    """Parts and the people they carry.

    A recipient's key is the person, which is the number with its ninth digit: whichever
    way a number is spelled, a campaign reaches it once.
    """
    _run(
        db,
        """
        CREATE TABLE parts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign INTEGER NOT NULL REFERENCES campaigns,
            position INTEGER NOT NULL,
            key TEXT NOT NULL UNIQUE,
            people INTEGER NOT NULL,
            digest TEXT,
            state TEXT NOT NULL,
            gateway_id INTEGER,
            reason TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            not_before TEXT,
            submitted_at TEXT,
            settled_at TEXT,
            settled_by TEXT,
            resent INTEGER NOT NULL,
            lost_at TEXT,
            claimed_id INTEGER,
            claimed_by TEXT,
            claimed_at TEXT,
            brake TEXT NOT NULL,
            brake_reason TEXT NOT NULL,
            brake_attempts INTEGER NOT NULL,
            brake_not_before TEXT,
            asked_at TEXT,
            heard_at TEXT,
            called_back_at TEXT,
            moved_at TEXT,
            listed INTEGER,
            told INTEGER NOT NULL,
            UNIQUE (campaign, position)
        ) STRICT
        """,
        """
        CREATE TABLE earlier_requests (
            key TEXT PRIMARY KEY,
            part INTEGER NOT NULL REFERENCES parts,
            heard_at TEXT,
            gateway_id INTEGER
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX earlier_requests_by_part ON earlier_requests (part)",
        "CREATE INDEX parts_by_departure ON parts (submitted_at)",
        "CREATE INDEX parts_by_gateway_id ON parts (gateway_id) WHERE gateway_id IS NOT NULL",
        "CREATE INDEX parts_by_state ON parts (state, campaign, position)",
        "CREATE INDEX parts_braking ON parts (brake) WHERE brake IN ('asked', 'releasing')",
        """
        CREATE TABLE recipients (
            campaign INTEGER NOT NULL REFERENCES campaigns,
            person TEXT NOT NULL,
            number TEXT NOT NULL,
            position INTEGER NOT NULL,
            part INTEGER REFERENCES parts,
            status TEXT NOT NULL,
            word TEXT NOT NULL DEFAULT '',
            carrier TEXT NOT NULL DEFAULT '',
            status_at TEXT,
            source TEXT NOT NULL DEFAULT '',
            disputed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (campaign, person)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX recipients_by_part ON recipients (part, status) WHERE part IS NOT NULL",
    )


@migrations()
def m003_post(db: Database) -> None:
    """What comes in and what goes out.

    The outbox keeps at most one waiting card a campaign: ten changes are one redrawing.
    """
    _run(
        db,
        """
        CREATE TABLE inbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            part INTEGER NOT NULL REFERENCES parts,
            key TEXT NOT NULL,
            method TEXT NOT NULL,
            query BLOB NOT NULL,
            content_type TEXT NOT NULL,
            body BLOB NOT NULL,
            received_at TEXT NOT NULL,
            state TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT ''
        ) STRICT
        """,
        "CREATE INDEX inbox_by_state ON inbox (state)",
        """
        CREATE TABLE replies (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            fingerprint TEXT NOT NULL UNIQUE,
            campaign INTEGER NOT NULL REFERENCES campaigns,
            part INTEGER NOT NULL REFERENCES parts,
            number TEXT,
            raw_number TEXT NOT NULL,
            text TEXT NOT NULL,
            at TEXT,
            received_at TEXT NOT NULL,
            opts_out INTEGER NOT NULL,
            is_known INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX replies_by_campaign ON replies (campaign, opts_out)",
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            campaign INTEGER NOT NULL REFERENCES campaigns,
            facts TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting',
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before TEXT,
            reason TEXT NOT NULL DEFAULT '',
            ts TEXT,
            settled_at TEXT
        ) STRICT
        """,
        """
        CREATE TABLE notices (
            part INTEGER NOT NULL REFERENCES parts,
            resent INTEGER NOT NULL,
            ts TEXT NOT NULL,
            PRIMARY KEY (part, resent)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE UNIQUE INDEX outbox_cards ON outbox (campaign)
            WHERE state = 'waiting' AND kind = 'card'
        """,
        """
        CREATE INDEX outbox_open ON outbox (campaign, kind)
            WHERE state IN ('waiting', 'taken')
        """,
    )


@migrations()
def m004_record(db: Database) -> None:
    """Opt-outs, the platform's minute and credit, what didn't add up, and what was decided.

    Every credit told is kept: a request whose answer was lost is judged by the one before and
    the one after. The record refers to campaigns without a foreign key: it outlives them.
    """
    _run(
        db,
        """
        CREATE TABLE optouts (
            person TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            at TEXT NOT NULL,
            campaign INTEGER REFERENCES campaigns,
            word TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE asks (what TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE balances (
            account TEXT NOT NULL,
            at TEXT NOT NULL,
            credits TEXT NOT NULL,
            PRIMARY KEY (account, at)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE balance_troubles (
            account TEXT PRIMARY KEY,
            reason TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            campaign INTEGER,
            version INTEGER,
            digest TEXT,
            facts TEXT
        ) STRICT
        """,
        "CREATE INDEX audit_by_campaign ON audit (campaign)",
        """
        CREATE TABLE disagreements (
            campaign INTEGER NOT NULL REFERENCES campaigns,
            kind TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (campaign, kind)
        ) STRICT, WITHOUT ROWID
        """,
    )
    _make_append_only(db, "audit")


@migrations()
def m005_outbox(db: Database) -> None:
    """Messages of several letters, whose fate may be unknown; replies counted by what they say.

    ``lane`` is what is told one after the other. ``post`` is the key of the message a letter was
    put in. ``gist`` is what an answer comes to; older ones get it from their letters alone.
    """
    _run(
        db,
        "ALTER TABLE outbox ADD COLUMN lane TEXT NOT NULL DEFAULT 'story'",
        "ALTER TABLE outbox ADD COLUMN reply INTEGER REFERENCES replies",
        "ALTER TABLE outbox ADD COLUMN post TEXT",
        "ALTER TABLE outbox ADD COLUMN tried_at TEXT",
        "UPDATE outbox SET lane = 'card' WHERE kind = 'card'",
        """
        UPDATE outbox SET lane = 'replies',
            reply = (SELECT id FROM replies WHERE id = json_extract(facts, '$.reply'))
        WHERE kind = 'reply'
        """,
        "DROP INDEX outbox_open",
        "DROP INDEX outbox_cards",
        """
        CREATE INDEX outbox_open ON outbox (campaign, lane)
            WHERE state IN ('waiting', 'taken')
        """,
        """
        CREATE INDEX outbox_posts ON outbox (post)
            WHERE post IS NOT NULL AND state IN ('waiting', 'taken')
        """,
        """
        CREATE UNIQUE INDEX outbox_drawings ON outbox (campaign, kind)
            WHERE state = 'waiting' AND kind IN ('card', 'summary')
        """,
        "CREATE INDEX outbox_cant_tell ON outbox (campaign) WHERE kind = 'cant_tell'",
        """
        CREATE TABLE summaries (
            campaign INTEGER PRIMARY KEY REFERENCES campaigns,
            ts TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "ALTER TABLE replies ADD COLUMN gist TEXT NOT NULL DEFAULT ''",
        "UPDATE replies SET gist = lower(trim(substr(text, 1, 60)))",
        "DROP INDEX replies_by_campaign",
        "CREATE INDEX replies_by_campaign ON replies (campaign, opts_out, gist)",
    )


@migrations()
def m006_answers(db: Database) -> None:
    """Campaigns of one that answer a reply, and who put whom on the opt-out list.

    ``thread_of`` is the campaign in whose thread an answer lives. ``form`` names the form that
    it was written in: one that is sent twice makes one answer.
    """
    _run(
        db,
        "ALTER TABLE campaigns ADD COLUMN reply INTEGER REFERENCES replies",
        "ALTER TABLE campaigns ADD COLUMN thread_of INTEGER REFERENCES campaigns",
        "ALTER TABLE campaigns ADD COLUMN form TEXT",
        "CREATE UNIQUE INDEX campaigns_by_form ON campaigns (form) WHERE form IS NOT NULL",
        "CREATE INDEX campaigns_by_reply ON campaigns (reply) WHERE reply IS NOT NULL",
        "ALTER TABLE replies ADD COLUMN may_opt_out INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE optouts ADD COLUMN added_by TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX optouts_by_time ON optouts (at)",
    )


@migrations()
def m007_quiet(db: Database) -> None:
    """Campaigns that ask for quiet time, yeses that allow it, and what was offered instead.

    ``offers.campaign`` is what somebody made of an offer: a second press makes nothing more.
    """
    _run(
        db,
        "ALTER TABLE campaigns ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE approvals ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE offers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel TEXT NOT NULL,
            requester TEXT NOT NULL,
            text TEXT NOT NULL,
            numbers TEXT NOT NULL,
            send_at TEXT,
            zone TEXT NOT NULL,
            opens TEXT NOT NULL,
            at TEXT NOT NULL,
            campaign INTEGER REFERENCES campaigns
        ) STRICT
        """,
        "CREATE INDEX offers_by_time ON offers (at)",
    )


@migrations()
def m009_tests(db: Database) -> None:
    """Tests, where they go, and how many mobiles an edit gave their ninth digit.

    A test is a campaign of one that is in the thread of the campaign it tests (``thread_of``).
    ``own_numbers`` is personal data: one row for each person, gone when they want it gone.
    """
    _run(
        db,
        "ALTER TABLE changes ADD COLUMN ninth INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE campaigns ADD COLUMN tested_version INTEGER",
        """
        CREATE INDEX campaigns_by_tested ON campaigns (thread_of, tested_version)
            WHERE tested_version IS NOT NULL
        """,
        """
        CREATE INDEX campaigns_by_tester ON campaigns (requester, created_at)
            WHERE tested_version IS NOT NULL
        """,
        """
        CREATE TABLE own_numbers (
            user TEXT PRIMARY KEY,
            number TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    )


def _run(db: Database, *statements: str) -> None:
    """Run each by itself: splitting a script takes longer than all the rest of opening."""
    for statement in statements:
        db.execute(statement)


def _make_append_only(db: Database, table: str) -> None:
    """Let the database itself refuse to change or forget what was decided."""
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
