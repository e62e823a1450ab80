"""Things to store, and a database in memory for tests that need hundreds of them."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlite_utils import Database

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId, ChannelId, Digest, Number, PartId, UserId
from bot.domain.parts import Part
from bot.domain.replies import Delivery, Reply
from bot.ports import Transaction
from storage.migrations import migrations
from storage.transaction import SqliteTransaction

NOW = datetime(2026, 12, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FIRST = CampaignId(1)
ANA, BIA, CAIO = Number("31999990001"), Number("31999990002"), Number("3188880003")
CAIO_IN_FULL = Number("31988880003")


def make_campaign(number: int = FIRST, **changes: Any) -> Campaign:  # noqa: ANN401 - any field
    """Write a waiting campaign."""
    facts: dict[str, Any] = {
        "id": CampaignId(number),
        "name": "Natal",
        "channel": ChannelId("C1"),
        "requester": UserId("U1"),
        "text": "Feliz Natal",
        "send_at": None,
        "zone": "America/Sao_Paulo",
        "account": "a1",
        "digest": Digest("d1"),
        "created_at": NOW,
        "expires_at": NOW + timedelta(hours=24),
    }
    return Campaign(**facts | changes)


def make_delivery(body: bytes = b"celular=31999990001&status=SUCESSO") -> Delivery:
    """Receive a call-back."""
    return Delivery(
        key="k1",
        method="POST",
        query=b"a=%FF",
        content_type="application/x-www-form-urlencoded",
        body=body,
        received_at=NOW,
    )


def make_reply(part: PartId, text: str = "Obrigada!", **changes: Any) -> Reply:  # noqa: ANN401 - any field
    """Write back."""
    facts: dict[str, Any] = {
        "id": 0,
        "campaign": FIRST,
        "part": part,
        "number": ANA,
        "raw_number": "+55 (31) 99999-0001",
        "text": text,
        "at": NOW,
        "received_at": NOW + MINUTE,
        "opts_out": False,
        "is_known": True,
    }
    return Reply(**facts | changes)


def add_part(
    tx: Transaction,
    numbers: Sequence[Number] = (ANA, BIA, CAIO),
    *,
    campaign: Campaign | None = None,
    position: int = 0,
) -> Part:
    """Store a campaign that is being sent, with one part that carries everybody."""
    owner = campaign or make_campaign(state=State.SENDING)
    tx.campaigns.add(owner, numbers, [])
    key = f"k{owner.id}-{position}"
    return new_part(tx, owner.id, position=position, key=key, numbers=numbers)


def new_part(
    tx: Transaction,
    campaign: CampaignId,
    *,
    position: int,
    key: str,
    numbers: Sequence[Number],
) -> Part:
    """Store a ready part that carries these."""
    part = Part(id=PartId(0), campaign=campaign, position=position, key=key, people=len(numbers))
    tx.parts.add([(part, numbers)])
    (found,) = [one for one in tx.parts.of(campaign) if one.key == key]
    return found


@contextmanager
def in_memory() -> Iterator[SqliteTransaction]:
    """Give a transaction on an empty database that is gone afterwards."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        conn.row_factory = sqlite3.Row
        conn.deserialize(_empty_tables())
        conn.execute("PRAGMA foreign_keys = ON")
        yield SqliteTransaction(Database(conn, strict=True, execute_plugins=False))
    finally:
        conn.close()


@cache
def _empty_tables() -> bytes:
    """Make the tables once: Hypothesis asks for them hundreds of times."""
    with Database(memory=True, strict=True, execute_plugins=False) as db:
        migrations.apply(db)
        tables: bytes = db.conn.serialize()
        return tables
