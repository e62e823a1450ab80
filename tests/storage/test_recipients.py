"""Recipients: everybody's own status."""

from dataclasses import replace
from functools import reduce
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CampaignId, Number, PartId
from bot.domain.parts import PartState
from bot.domain.receipts import Receipt, Status, advance
from bot.domain.replies import DeliveryNews
from bot.ports import Transaction
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
    new_part,
)

STRANGER = Number("11999990009")


def tell(number: Number, receipt: Receipt, word: str = "w") -> DeliveryNews:
    """Bring news of one number."""
    return DeliveryNews(number=number, receipt=receipt, word=word, at=NOW)


news_lists = st.lists(
    st.builds(
        tell,
        st.sampled_from([ANA, CAIO, CAIO_IN_FULL, STRANGER]),
        st.sampled_from(Receipt),
        st.sampled_from(["SUCESSO", "AGUARDANDO ENVIO", "\ud83d"]),
    )
)


@given(news_lists)
def test_applying_news_is_folding_advance(news: list[DeliveryNews]) -> None:
    """All at once or one by one, in either form of the number, the domain's rule decides."""
    with in_memory() as tx:
        part = add_part(tx, [ANA, CAIO]).id
        tx.recipients.mark_sent(part)
        tx.recipients.apply(part, news)
        together = tx.recipients.counts(FIRST).by_status
    of_ana = [each.receipt for each in news if each.number == ANA]
    of_caio = [each.receipt for each in news if each.number in {CAIO, CAIO_IN_FULL}]
    ends = [reduce(advance, receipts, Status.SENT) for receipts in (of_ana, of_caio)]
    assert together == {status: ends.count(status) for status in ends}


@given(news_lists)
def test_same_news_twice_changes_nothing(news: list[DeliveryNews]) -> None:
    """The platform may call back twice, and polling tells again what call-backs told."""
    with in_memory() as tx:
        part = add_part(tx, [ANA, CAIO]).id
        tx.recipients.apply(part, news)
        assert tx.recipients.apply(part, news) == 0


@given(news_lists, news_lists)
def test_final_status_never_goes_back(first: list[DeliveryNews], later: list[DeliveryNews]) -> None:
    """Whatever comes later, whoever is finished stays finished."""
    with in_memory() as tx:
        part = add_part(tx, [ANA, CAIO]).id
        tx.recipients.apply(part, first)
        before = tx.recipients.counts(FIRST)
        tx.recipients.apply(part, later)
        after = tx.recipients.counts(FIRST)
    for status in (Status.DELIVERED, Status.FAILED, Status.INVALID):
        assert after.of(status) >= before.of(status)


async def test_apply_says_how_many_rows_it_changed(store: SqliteStore) -> None:
    """A card is drawn again only when something changed; strangers change nothing."""
    news = [tell(ANA, Receipt.DELIVERED), tell(STRANGER, Receipt.DELIVERED)]

    def go(tx: Transaction) -> tuple[int, int]:
        part = add_part(tx).id
        return tx.recipients.apply(part, []), tx.recipients.apply(part, news)

    assert await store.write(go) == (0, 1)


async def test_word_nobody_knows_is_kept_beside_the_status(store: SqliteStore) -> None:
    """What the platform said last, its carrier and its time can be read in the table."""
    odd = replace(tell(CAIO_IN_FULL, Receipt.UNKNOWN, "ESTRANHO"), carrier="VIVO")
    bare = DeliveryNews(number=CAIO, receipt=Receipt.UNKNOWN, word="MAIS ESTRANHO", at=None)

    def go(tx: Transaction) -> list[int]:
        part = add_part(tx).id
        return [tx.recipients.apply(part, [each]) for each in (odd, bare)]

    assert await store.write(go) == [1, 1]
    row = await store.read(
        lambda tx: tx.recipients._conn.execute(  # type: ignore[attr-defined]  # past the port
            "SELECT number, status, word, carrier, status_at FROM recipients WHERE word <> ''"
        ).fetchone()
    )
    told_at = "2026-12-24T12:00:00.000000+00:00"
    assert tuple(row) == (CAIO, "queued", "MAIS ESTRANHO", "VIVO", told_at)


async def test_news_for_another_part_is_passed_over(store: SqliteStore) -> None:
    """A call-back speaks for the part whose address it came to."""

    def go(tx: Transaction) -> tuple[int, Number | None]:
        tx.campaigns.add(make_campaign(), [ANA, BIA], [])
        one = new_part(tx, FIRST, position=0, key="one", numbers=[ANA])
        new_part(tx, FIRST, position=1, key="two", numbers=[BIA])
        changed = tx.recipients.apply(one.id, [tell(BIA, Receipt.DELIVERED)])
        return changed, tx.recipients.find(one.id, BIA)

    assert await store.write(go) == (0, None)


async def test_number_is_found_in_the_spelling_it_was_sent_to(store: SqliteStore) -> None:
    """A reply may come from the long form of a short number; people know the one they wrote."""
    part = (await store.write(add_part)).id
    asked = (CAIO_IN_FULL, CAIO, ANA, STRANGER)
    found = await store.read(lambda tx: [tx.recipients.find(part, number) for number in asked])
    assert found == [CAIO, CAIO, ANA, None]


async def test_suppressed_people_are_not_carried_and_not_sent_to(store: SqliteStore) -> None:
    """Who opted out between approval and sending gets nothing, in either form of the number."""

    def go(tx: Transaction) -> PartId:
        part = add_part(tx).id
        tx.recipients.suppress(FIRST, [CAIO_IN_FULL])
        tx.recipients.mark_sent(part)
        tx.recipients.suppress(FIRST, [ANA])
        return part

    part = await store.write(go)
    assert await store.read(lambda tx: tx.recipients.of_part(part)) == (ANA, BIA)
    assert await store.read(lambda tx: tx.recipients.numbers(FIRST)) == (ANA, BIA, CAIO)
    counts = await store.read(lambda tx: tx.recipients.counts(FIRST))
    assert counts.by_status == {Status.SENT: 2, Status.SUPPRESSED: 1}


async def test_news_that_came_before_sent_stays(store: SqliteStore) -> None:
    """A call-back may overtake the answer to our own request."""

    def go(tx: Transaction) -> tuple[int, int]:
        part = add_part(tx).id
        tx.recipients.apply(part, [tell(ANA, Receipt.FAILED)])
        tx.recipients.mark_sent(part)
        return tx.recipients.counts(FIRST).failed, tx.recipients.waiting_in(part)

    assert await store.write(go) == (1, 2)


async def test_somebody_waits_until_everyone_in_an_accepted_part_is_final(
    store: SqliteStore,
) -> None:
    """Whoever's request never went waits for nothing; neither does another campaign's."""

    def go(tx: Transaction) -> list[bool]:
        part = add_part(tx, [ANA, BIA])
        add_part(tx, [CAIO], campaign=make_campaign(2))
        seen = [tx.recipients.anyone_waits(FIRST)]
        tx.parts.save(replace(part, state=PartState.ACCEPTED))
        seen.append(tx.recipients.anyone_waits(FIRST))
        for number in (ANA, BIA):
            tx.recipients.apply(part.id, [tell(number, Receipt.FAILED)])
            seen.append(tx.recipients.anyone_waits(FIRST))
        return seen

    assert await store.write(go) == [False, True, True, False]


async def test_empty_campaign_counts_nothing(store: SqliteStore) -> None:
    """No rows, no statuses: not even a zero."""
    assert (await store.read(lambda tx: tx.recipients.counts(FIRST))).by_status == {}


async def test_hundred_thousand_people_fit(store: SqliteStore) -> None:
    """The largest campaign is stored, shared out, told about and counted whole."""
    numbers = [Number(f"119{a:04d}{b:04d}") for a, b in product(range(10), range(10_000))]
    news = [tell(number, Receipt.DELIVERED) for number in numbers[:50_000]]

    def go(tx: Transaction) -> int:
        part = add_part(tx, numbers).id
        tx.recipients.mark_sent(part)
        return tx.recipients.apply(part, news)

    assert await store.write(go) == 50_000
    counts = await store.read(lambda tx: tx.recipients.counts(CampaignId(FIRST)))
    assert (counts.delivered, counts.waiting) == (50_000, 50_000)
    assert await store.read(lambda tx: len(tx.recipients.of_part(PartId(1)))) == 100_000
