"""What the bot has stored, read from its database; never written."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs


def count_stored(database: Path) -> Counter[str]:
    """Count the call-backs that are stored, by their record."""
    rows = _ask(database, "SELECT body FROM inbox")
    return Counter(parse_qs(bytes(body).decode())["data_callback"][0] for (body,) in rows)


def count_waiting(database: Path) -> int:
    """Count what isn't done yet: call-backs to be read, and news to be told."""
    ((unread,),) = _ask(database, "SELECT count(*) FROM inbox WHERE state = 'new'")
    query = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'taken')"
    ((untold,),) = _ask(database, query)
    return int(unread) + int(untold)


def _ask(database: Path, query: str) -> list[tuple[bytes | int, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()
