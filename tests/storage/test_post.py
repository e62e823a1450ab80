"""What came in: call-backs and replies."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CampaignId, PartId
from bot.domain.replies import InboxState, Reply
from bot.ports import Transaction
from storage import SqliteStore, StorageError
from tests.storage.samples import (
    ANA,
    FIRST,
    add_part,
    in_memory,
    make_campaign,
    make_delivery,
    make_reply,
)


@given(st.binary())
def test_call_back_is_kept_byte_for_byte(body: bytes) -> None:
    """Whatever came, it can be read again when we have learned how."""
    with in_memory() as tx:
        part = add_part(tx).id
        delivery = make_delivery(body)
        stored = tx.inbox.add(part, delivery)
        (found,) = tx.inbox.pending(limit=9)
    assert (found.id, found.part, found.delivery) == (stored, part, delivery)


async def test_call_backs_are_looked_at_once_and_oldest_first(store: SqliteStore) -> None:
    """Settling one takes it out of the queue, and keeps it."""

    def go(tx: Transaction) -> list[int]:
        part = add_part(tx).id
        return [tx.inbox.add(part, make_delivery()) for _ in range(4)]

    ids = await store.write(go)
    await store.write(lambda tx: tx.inbox.settle(ids[0], InboxState.UNREADABLE, "\ud83d?"))
    await store.write(lambda tx: tx.inbox.settle(ids[2], InboxState.APPLIED))
    pending = await store.read(lambda tx: tx.inbox.pending(limit=1))
    assert [each.id for each in pending] == [ids[1]]
    assert await store.read(lambda tx: tx.inbox.counts()) == {
        InboxState.NEW: 2,
        InboxState.APPLIED: 1,
        InboxState.UNREADABLE: 1,
        InboxState.UNMATCHED: 0,
    }


async def test_call_back_needs_its_part_and_settling_needs_its_call_back(
    store: SqliteStore,
) -> None:
    """Both ids are ours, so a wrong one is a mistake of ours."""
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await store.write(lambda tx: tx.inbox.add(PartId(9), make_delivery()))
    with pytest.raises(KeyError):
        await store.write(lambda tx: tx.inbox.settle(9, InboxState.APPLIED))


async def test_reply_comes_back_as_it_was_stored(store: SqliteStore) -> None:
    """With the id it was given, and with what nobody knew left empty."""
    part = (await store.write(add_part)).id
    plain = make_reply(part)
    odd = make_reply(part, "\ud83d SAIR", number=None, at=None, opts_out=True, is_known=False)

    def go(tx: Transaction) -> list[Reply]:
        ids = [tx.replies.add(each, fingerprint=each.text[-4:]) for each in (plain, odd)]
        return [tx.replies.get(each or 0) for each in ids]

    assert await store.write(go) == [replace(plain, id=1), replace(odd, id=2, text="� SAIR")]


async def test_same_reply_twice_is_one_reply(store: SqliteStore) -> None:
    """The platform may call back twice; the thread hears it once."""
    part = (await store.write(add_part)).id
    first = await store.write(lambda tx: tx.replies.add(make_reply(part), fingerprint="f"))
    again = await store.write(lambda tx: tx.replies.add(make_reply(part), fingerprint="f"))
    other = await store.write(lambda tx: tx.replies.add(make_reply(part), fingerprint="g"))
    assert first is not None
    assert again is None
    assert other not in {None, first}


async def test_replies_are_counted_by_campaign(store: SqliteStore) -> None:
    """A card shows how many answered, and how many want no more."""

    def go(tx: Transaction) -> None:
        part = add_part(tx).id
        add_part(tx, [ANA], campaign=make_campaign(2))
        for number, opts_out in enumerate((True, False, True)):
            tx.replies.add(make_reply(part, opts_out=opts_out), fingerprint=str(number))

    await store.write(go)
    assert await store.read(lambda tx: tx.replies.counts(FIRST)) == (3, 2)
    assert await store.read(lambda tx: tx.replies.counts(CampaignId(2))) == (0, 0)


async def test_unknown_reply_is_a_mistake_of_ours(store: SqliteStore) -> None:
    """Ids come from our own tables."""
    with pytest.raises(KeyError):
        await store.read(lambda tx: tx.replies.get(1))
