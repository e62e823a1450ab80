"""Where offers are kept."""

from datetime import datetime
from typing import Protocol

from bot.domain.ids import CampaignId, OfferId
from bot.domain.offers import Offer


class Offers(Protocol):
    """What people typed for a quiet time, kept until they press what they want of it."""

    def add(self, offer: Offer, *, forget_before: datetime) -> OfferId:
        """Keep one, whatever number it has, and forget those older than that."""
        ...

    def get(self, offer: OfferId) -> Offer:
        """Read one; raises ``NoSuchOffer``."""
        ...

    def take(self, offer: OfferId, campaign: CampaignId) -> None:
        """Note what was made of it; raises ``OfferTaken`` where something was already."""
        ...
