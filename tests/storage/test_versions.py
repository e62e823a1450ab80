"""A campaign's versions: its list is replaced while nothing has gone, and changes are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.campaign import ImpossibleMoveError, State
from bot.domain.changes import Changes
from bot.domain.ids import CampaignId, Number, UserId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import PartState
from bot.domain.receipts import Receipt, Status
from bot.domain.replies import DeliveryNews, Finals, Source
from storage import SqliteStore
from tests.storage.samples import (
    ANA,
    BIA,
    CAIO,
    CAIO_IN_FULL,
    FIRST,
    NOW,
    add_part,
    in_memory,
    make_campaign,
)

DORA = Number("31999990004")


def test_a_list_is_replaced_whole() -> None:
    """With who was left out; other campaigns' lists stay."""
    with in_memory() as tx:
        for number in (1, 2):
            tx.campaigns.add(
                make_campaign(number), [ANA, BIA], [LeftOut(1, "foo", Fault.NOT_A_NUMBER)]
            )
        left_out = [LeftOut(2, "bar \ud83d", Fault.NOT_A_NUMBER)]
        assert tx.campaigns.rewrite(FIRST, [DORA, BIA], left_out) == (1, 1)
        assert tx.recipients.numbers(FIRST) == (DORA, BIA)
        assert [out.raw for out in tx.recipients.left_out_examples(FIRST, limit=9)] == ["bar �"]
        assert tx.recipients.numbers(CampaignId(2)) == (ANA, BIA)
        assert tx.recipients.left_out(CampaignId(2)) == {Fault.NOT_A_NUMBER: 1}


@pytest.mark.parametrize(
    ("numbers", "compared"),
    [
        ([ANA, CAIO], (0, 0)),
        ([CAIO, ANA], (0, 0)),
        ([ANA, CAIO_IN_FULL], (0, 0)),
        ([ANA, CAIO, DORA], (1, 0)),
        ([CAIO_IN_FULL], (0, 1)),
        ([BIA, DORA], (2, 2)),
    ],
)
def test_lists_are_compared_by_person(numbers: list[Number], compared: tuple[int, int]) -> None:
    """Order and spelling make nobody new."""
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(), [ANA, CAIO], [])
        assert tx.campaigns.rewrite(FIRST, numbers, []) == compared


def test_a_list_is_not_replaced_once_there_are_parts() -> None:
    """Its people may have it already."""
    with in_memory() as tx:
        add_part(tx)
        with pytest.raises(ImpossibleMoveError, match="list"):
            tx.campaigns.rewrite(FIRST, [DORA], [])
        assert tx.recipients.numbers(FIRST) == (ANA, BIA, CAIO)


async def test_changes_come_back_as_they_were_stored(store: SqliteStore) -> None:
    """Each version's by itself."""
    second = Changes(
        version=2,
        by=UserId("U1"),
        at=NOW,
        text_before="Feliz Natal",
        send_at_before=NOW + timedelta(days=1),
        added=3,
        removed=2,
        voided=1,
    )
    third = replace(second, version=3, send_at_before=None)
    await store.write(lambda tx: tx.campaigns.add(make_campaign(), [], []))
    await store.write(lambda tx: tx.campaigns.note_changes(FIRST, second))
    await store.write(lambda tx: tx.campaigns.note_changes(FIRST, third))
    found = await store.read(lambda tx: [tx.campaigns.changes(FIRST, n) for n in (1, 2, 3)])
    assert found == [None, second, third]


def test_what_was_handed_over_is_reconciled_until_it_is_done_with() -> None:
    """Oldest first."""
    with in_memory() as tx:
        for number, state in enumerate(State, start=1):
            tx.campaigns.add(make_campaign(number, state=state), [], [])
            done = make_campaign(number + 20, state=state, reconciled_at=NOW)
            tx.campaigns.add(done, [], [])
        assert [each.state for each in tx.campaigns.to_reconcile()] == [State.SENT, State.DONE]


def _tell(number: Number, receipt: Receipt, source: Source) -> DeliveryNews:
    return DeliveryNews(number=number, receipt=receipt, word="w", at=None, source=source)


def test_ends_are_counted_by_who_told_them_first() -> None:
    """The other's different end is a dispute; the same end, or no end, is none."""
    with in_memory() as tx:
        part = add_part(tx, [ANA, BIA, CAIO, DORA])
        assert tx.recipients.finals(FIRST) == Finals()
        tx.parts.save(replace(part, state=PartState.ACCEPTED))
        assert tx.recipients.finals(FIRST) == Finals(silent=4)
        tx.recipients.suppress(FIRST, [DORA])
        for receipt in (Receipt.DELIVERED, Receipt.FAILED, Receipt.UNKNOWN):
            tx.recipients.apply(part.id, [_tell(ANA, receipt, Source.CALL_BACK)])
        tx.recipients.apply(part.id, [_tell(BIA, Receipt.INVALID, Source.STATUS)])
        tx.recipients.apply(part.id, [_tell(CAIO, Receipt.WAITING, Source.STATUS)])
        assert tx.recipients.finals(FIRST) == Finals(called_back=1, asked=1, silent=1)
        for receipt in (Receipt.UNKNOWN, Receipt.INVALID):
            tx.recipients.apply(part.id, [_tell(BIA, receipt, Source.CALL_BACK)])
        assert tx.recipients.finals(FIRST).disputed == 0
        news = [_tell(ANA, Receipt.FAILED, Source.STATUS)]
        assert tx.recipients.apply(part.id, news) == 1
        assert tx.recipients.apply(part.id, news) == 0
        assert tx.recipients.finals(FIRST).disputed == 1
        assert tx.recipients.counts(FIRST).of(Status.DELIVERED) == 1


def test_old_mobiles_get_their_ninth_digit() -> None:
    """In their places; other campaigns' lists stay, and a second time there is none left."""
    with in_memory() as tx:
        for number in (1, 2):
            tx.campaigns.add(make_campaign(number), [CAIO, ANA], [])
        assert tx.recipients.ten_digits(FIRST) == 1
        assert tx.recipients.add_ninth_digit(FIRST) == 1
        assert tx.recipients.numbers(FIRST) == (CAIO_IN_FULL, ANA)
        assert (tx.recipients.ten_digits(FIRST), tx.recipients.add_ninth_digit(FIRST)) == (0, 0)
        assert tx.recipients.numbers(CampaignId(2)) == (CAIO, ANA)


def test_numbers_are_not_mended_once_there_are_parts() -> None:
    """Their people may have it already, under the number as it was."""
    with in_memory() as tx:
        add_part(tx)
        with pytest.raises(ImpossibleMoveError, match="numbers"):
            tx.recipients.add_ninth_digit(FIRST)
        assert tx.recipients.numbers(FIRST) == (ANA, BIA, CAIO)
