"""Opt-outs, the platform's minute and credit, and the record of decisions."""

from datetime import datetime
from decimal import Decimal

import pytest

from bot.domain.credit import Balance, BalanceTrouble
from bot.domain.ids import CampaignId, Digest, Number
from bot.domain.numbers import same_person_key
from bot.domain.optouts import OptOut
from bot.domain.reconciling import Disagreement
from bot.domain.replies import AuditEntry
from bot.ports import Transaction
from storage import SqliteStore, StorageError
from tests.storage.samples import (
    ANA,
    BIA,
    CAIO,
    CAIO_IN_FULL,
    FIRST,
    MINUTE,
    NOW,
    in_memory,
    make_campaign,
)


async def test_opted_out_person_is_found_in_either_spelling(store: SqliteStore) -> None:
    """They said stop once; the ninth digit changes nothing."""
    await store.write(lambda tx: tx.optouts.add(CAIO, at=NOW, campaign=None, word="SAIR"))
    asked = [ANA, CAIO, CAIO_IN_FULL, BIA]
    found = await store.read(lambda tx: tx.optouts.among(asked))
    assert found == {CAIO, CAIO_IN_FULL}
    assert await store.read(lambda tx: tx.optouts.among([])) == frozenset()


async def test_second_stop_is_not_news(store: SqliteStore) -> None:
    """The first time, and what it answered, stays on record."""

    def go(tx: Transaction) -> list[bool]:
        tx.campaigns.add(make_campaign(), [], [])
        first = tx.optouts.add(CAIO_IN_FULL, at=NOW, campaign=FIRST, word="pare \ud83d")
        again = tx.optouts.add(CAIO, at=NOW + MINUTE, campaign=FIRST, word="SAIR")
        return [first, again]

    assert await store.write(go) == [True, False]


async def test_a_list_is_put_on_at_once(store: SqliteStore) -> None:
    """Who is there already, however spelled, stays as they came; the rest is counted."""
    await store.write(lambda tx: tx.optouts.add(CAIO, at=NOW, campaign=None, word="SAIR"))
    many = [ANA, CAIO_IN_FULL, BIA, ANA]
    add = NOW + MINUTE
    assert await store.write(lambda tx: tx.optouts.add_all(many, at=add, by="machine:ana")) == 2
    assert await store.read(lambda tx: tx.optouts.count()) == 3
    newest = await store.read(lambda tx: tx.optouts.newest(limit=9))
    assert newest == (
        OptOut(number=BIA, at=add, by="machine:ana"),
        OptOut(number=ANA, at=add, by="machine:ana"),
        OptOut(number=CAIO, at=NOW, word="SAIR"),
    )
    assert await store.read(lambda tx: tx.optouts.newest(limit=1)) == newest[:1]


async def test_a_list_is_read_page_by_page(store: SqliteStore) -> None:
    """In the order of people, each once, whatever the size of a page."""
    numbers = [ANA, BIA, CAIO]
    await store.write(lambda tx: tx.optouts.add_all(numbers, at=NOW, by="x"))
    found: list[Number] = []

    def turn_page(tx: Transaction) -> None:
        after = found[-1] if found else None
        found.extend(one.number for one in tx.optouts.page(after, limit=1))

    for _ in range(4):
        await store.read(turn_page)
    assert found == sorted(numbers, key=same_person_key)


async def test_who_is_taken_off_is_off_in_either_spelling(store: SqliteStore) -> None:
    """And counted only if they were there."""
    await store.write(lambda tx: tx.optouts.add_all([ANA, CAIO], at=NOW, by="x"))
    assert await store.write(lambda tx: tx.optouts.remove([CAIO_IN_FULL, BIA])) == 1
    assert await store.read(lambda tx: tx.optouts.among([ANA, BIA, CAIO])) == {ANA}


async def test_large_lists_are_checked_in_one_go(store: SqliteStore) -> None:
    """A campaign of 100,000 people is held against the list when it is sent."""
    numbers = [Number(f"119{number:08d}") for number in range(100_000)]
    await store.write(lambda tx: tx.optouts.add(numbers[7], at=NOW, campaign=None, word="SAIR"))
    assert await store.read(lambda tx: tx.optouts.among(numbers)) == {numbers[7]}


async def test_platforms_minute_outlives_a_restart(store: SqliteStore) -> None:
    """When it was asked is written down before it is asked, for each question by itself."""

    def ask_twice(tx: Transaction) -> datetime | None:
        before = tx.asks.last("getbalance")
        tx.asks.note("getbalance", NOW)
        tx.asks.note("getbalance", NOW + MINUTE)
        return before

    assert await store.write(ask_twice) is None
    assert await store.read(lambda tx: tx.asks.last("getbalance")) == NOW + MINUTE
    assert await store.read(lambda tx: tx.asks.last("getstatus")) is None


def test_newest_credit_is_kept_to_the_cent() -> None:
    """An answer that was overtaken by a newer one changes nothing; accounts don't mix."""
    newest = Balance(Decimal("1234.50"), NOW)
    with in_memory() as tx:
        assert tx.asks.balance("a") is None
        tx.asks.save_balance("a", Balance(Decimal("0.1"), NOW - 2 * MINUTE))
        tx.asks.save_balance("a", newest)
        tx.asks.save_balance("a", Balance(Decimal(9), NOW - MINUTE))
        tx.asks.save_balance("b", Balance(Decimal(-3), NOW))
        assert tx.asks.balance("a") == newest
        assert str(tx.asks.balance("a")) == str(newest)


def test_every_credit_told_is_kept_with_its_moment() -> None:
    """What was known before a moment, and what is first known after it; accounts don't mix."""
    told = [Balance(Decimal(left), NOW + at * MINUTE) for left, at in ((30, 0), (20, 1), (10, 2))]
    with in_memory() as tx:
        for balance in reversed(told):
            tx.asks.save_balance("a", balance)
        tx.asks.save_balance("b", Balance(Decimal(1), NOW + MINUTE / 2))
        assert tx.asks.balance_before("a", NOW) is None
        assert tx.asks.balance_before("a", NOW + MINUTE) == told[0]
        assert tx.asks.balance_before("a", NOW + 9 * MINUTE) == told[2]
        assert tx.asks.balance_after("a", NOW - MINUTE) == told[0]
        assert tx.asks.balance_after("a", NOW + MINUTE) == told[2]
        assert tx.asks.balance_after("a", NOW + 2 * MINUTE) is None
        corrected = Balance(Decimal(11), NOW + 2 * MINUTE)
        tx.asks.save_balance("a", corrected)
        assert tx.asks.balance("a") == corrected


def test_what_does_not_add_up_is_new_once() -> None:
    """For each campaign and each kind by itself."""
    silent, credit = Disagreement.SILENT, Disagreement.CREDIT
    with in_memory() as tx:
        for number in (1, 2):
            tx.campaigns.add(make_campaign(number), [], [])
        noted = [(FIRST, silent), (FIRST, credit), (FIRST, silent), (CampaignId(2), silent)]
        new = [tx.asks.note_disagreement(campaign, kind, at=NOW) for campaign, kind in noted]
        assert new == [True, True, False, True]


def test_newest_trouble_is_kept_until_credit_is_told() -> None:
    """Before any credit is known as well as after; a trouble newer than the credit stays."""
    with in_memory() as tx:
        assert tx.asks.trouble("a") is None
        tx.asks.save_trouble("a", "", NOW)
        assert tx.asks.trouble("a") == BalanceTrouble("", NOW)
        assert tx.asks.balance("a") is None
        tx.asks.save_trouble("a", "LOGIN \ud83d", NOW + MINUTE)
        assert tx.asks.trouble("a") == BalanceTrouble("LOGIN \ufffd", NOW + MINUTE)
        assert tx.asks.trouble("b") is None
        tx.asks.save_balance("a", Balance(Decimal(9), NOW))
        assert tx.asks.trouble("a") is not None
        tx.asks.save_balance("a", Balance(Decimal(9), NOW + MINUTE))
        assert tx.asks.trouble("a") is None


async def test_record_is_read_in_the_order_it_was_written(store: SqliteStore) -> None:
    """With all its facts, or none; a campaign's own only."""
    full = AuditEntry(
        at=NOW,
        who="U1",
        what="approved",
        campaign=FIRST,
        version=2,
        digest=Digest("d1"),
        facts={"part": 1, "why": "é", "by": None},
    )
    bare = AuditEntry(at=NOW - MINUTE, who="torpedo", what="expired", campaign=FIRST)
    other = AuditEntry(at=NOW, who="torpedo", what="started")

    def go(tx: Transaction) -> None:
        for entry in (full, bare, other):
            tx.audit.add(entry)

    await store.write(go)
    assert await store.read(lambda tx: tx.audit.of(FIRST)) == (full, bare)
    assert await store.read(lambda tx: tx.audit.of(CampaignId(2))) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET who = 'U2'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (id, at, who, what) VALUES (1, 'x', 'x', 'x')",
    ],
)
async def test_record_can_only_grow(store: SqliteStore, change: str) -> None:
    """The database itself refuses to change or forget a decision."""
    entry = AuditEntry(at=NOW, who="U1", what="approved", campaign=FIRST)
    await store.write(lambda tx: tx.audit.add(entry))
    with pytest.raises(StorageError, match="audit is append-only"):
        await store.write(
            lambda tx: tx.audit._db.execute(change)  # type: ignore[attr-defined]  # past the port
        )
    assert await store.read(lambda tx: tx.audit.of(FIRST)) == (entry,)
