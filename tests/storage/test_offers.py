"""What was typed for a quiet time, kept until its writer has chosen."""

from dataclasses import replace

import pytest

from bot.domain.ids import CampaignId, ChannelId, OfferId, UserId
from bot.domain.offers import Offer
from bot.domain.refusals import NoSuchOffer, OfferTaken
from bot.ports import Transaction
from storage import SqliteStore
from tests.storage.samples import FIRST, MINUTE, NOW, in_memory, make_campaign

TYPED = Offer(
    id=OfferId(1),
    channel=ChannelId("C1"),
    requester=UserId("U1"),
    text="Feliz Natal\n🎄",
    numbers="31999990001, foo",
    send_at=NOW,
    zone="America/Sao_Paulo",
    opens=NOW + MINUTE,
    at=NOW,
)


async def test_an_offer_comes_back_as_it_was_typed(store: SqliteStore) -> None:
    """With a time or without one, each under its own number."""
    later = replace(TYPED, id=OfferId(2), send_at=None, at=NOW + MINUTE)

    def keep(tx: Transaction) -> list[OfferId]:
        return [tx.offers.add(offer, forget_before=NOW) for offer in (TYPED, later)]

    assert await store.write(keep) == [TYPED.id, later.id]
    assert await store.read(lambda tx: tx.offers.get(TYPED.id)) == TYPED
    assert await store.read(lambda tx: tx.offers.get(later.id)) == later


def test_an_offer_is_taken_once() -> None:
    """A second press learns what the first one made."""
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(), [], [])
        offer = tx.offers.add(TYPED, forget_before=NOW)
        tx.offers.take(offer, FIRST)
        assert tx.offers.get(offer) == replace(TYPED, campaign=FIRST)
        with pytest.raises(OfferTaken) as refused:
            tx.offers.take(offer, CampaignId(2))
        assert refused.value.campaign == FIRST


def test_old_offers_are_forgotten() -> None:
    """Customers' numbers aren't kept for nobody; a number is never used again."""
    with in_memory() as tx:
        first = tx.offers.add(TYPED, forget_before=NOW)
        second = tx.offers.add(TYPED, forget_before=NOW)
        assert tx.offers.get(first) == replace(TYPED, id=first)
        third = tx.offers.add(replace(TYPED, at=NOW + MINUTE), forget_before=NOW + MINUTE)
        assert len({first, second, third}) == 3
        for gone in (first, second):
            with pytest.raises(NoSuchOffer):
                tx.offers.get(gone)
