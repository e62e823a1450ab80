"""Call-back addresses in memory: whose one is, as of the last commit."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.ids import PartId
from bot.ports import Transaction
from storage import SqliteStore, StorageError
from tests.storage.samples import NOW, add_part, make_campaign
from tests.storage.writing import run_sql


async def test_a_key_is_known_once_its_part_is_on_disk(store: SqliteStore) -> None:
    """The request that names it leaves after that, and its call-back comes after the request."""
    assert store.part_of("k1-0") is None
    part = await store.write(add_part)
    assert store.part_of("k1-0") == part.id
    for other in ("", "k", "K1-0", "k1-0 ", "k1-1"):
        assert store.part_of(other) is None


async def test_what_was_undone_is_never_known(store: SqliteStore) -> None:
    """Neither by its own error nor by the whole commit's."""

    def fail(tx: Transaction) -> None:
        add_part(tx)
        message = "no"
        raise LookupError(message)

    with pytest.raises(LookupError):
        await store.write(fail)

    def break_commit(tx: Transaction) -> None:
        run_sql("PRAGMA defer_foreign_keys = ON")(tx)
        add_part(tx)
        run_sql("INSERT INTO notices VALUES (99, 0, '1.0')")(tx)

    with pytest.raises(StorageError):
        await store.write(break_commit)
    assert store.part_of("k1-0") is None
    await store.write(add_part)
    assert store.part_of("k1-0") == 1


async def test_a_request_sent_again_is_known_by_every_address_it_had(
    store: SqliteStore, path: Path
) -> None:
    """What the first request set off may call back at any time, after a restart as well."""

    def send_again(tx: Transaction) -> None:
        part = add_part(tx)
        tx.parts.retire_key(part.id, part.key)
        tx.parts.save(replace(part, key="second"))
        tx.parts.swap_key(part.id, earlier="k1-0", newest="second")
        other = add_part(tx, campaign=make_campaign(2))
        tx.parts.save(replace(other, asked_at=NOW))

    await store.write(send_again)
    for opened in range(2):
        known = {key: store.part_of(key) for key in ("k1-0", "second", "k2-0")}
        assert known == {"k1-0": 1, "second": 1, "k2-0": 2}, opened
        await store.close()
        store = SqliteStore(path)
        await store.open()
    await store.close()


async def test_no_way_of_writing_a_key_is_missed(store: SqliteStore) -> None:
    """The database notes it, so even what goes past every port is known."""
    await store.write(add_part)
    await store.write(run_sql("UPDATE parts SET key = 'mended'"))
    assert store.part_of("mended") == PartId(1)
