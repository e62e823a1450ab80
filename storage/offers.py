"""What was typed for a quiet time, and offered another."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.ids import CampaignId, OfferId
from bot.domain.offers import Offer
from bot.domain.refusals import NoSuchOffer, OfferTaken
from storage.rows import read_offer
from storage.times import write_time


class OfferTable:
    """``ports.Offers`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, offer: Offer, *, forget_before: datetime) -> OfferId:
        """Keep one, and forget old ones: what customers' numbers aren't needed isn't kept."""
        self._db.execute("DELETE FROM offers WHERE at < ?", (write_time(forget_before),))
        added = self._db.execute(
            "INSERT INTO offers (channel, requester, text, numbers, send_at, zone, opens, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                offer.channel,
                offer.requester,
                offer.text,
                offer.numbers,
                write_time(offer.send_at),
                offer.zone,
                write_time(offer.opens),
                write_time(offer.at),
            ),
        )
        return OfferId(added.lastrowid or 0)

    def get(self, offer: OfferId) -> Offer:
        """Read one; raises ``NoSuchOffer``."""
        row = self._db.execute("SELECT * FROM offers WHERE id = ?", (offer,)).fetchone()
        if row is None:
            raise NoSuchOffer
        return read_offer(row)

    def take(self, offer: OfferId, campaign: CampaignId) -> None:
        """Note what was made of it; raises ``OfferTaken`` where something was already."""
        known = self.get(offer).campaign
        if known is not None:
            raise OfferTaken(known)
        self._db.execute("UPDATE offers SET campaign = ? WHERE id = ?", (campaign, offer))
