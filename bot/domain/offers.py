"""An offer: what somebody typed for a quiet time, and the next good time for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import CampaignId, ChannelId, OfferId, UserId

KEPT = timedelta(days=7)
"""How long an offer is kept. Slack shows its buttons to one person, until they look elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A campaign that was typed and not made: ``numbers`` as typed, ``send_at`` as asked for.

    ``opens`` is the time that is offered instead; ``campaign`` is what was made of it.
    """

    id: OfferId
    channel: ChannelId
    requester: UserId
    text: str
    numbers: str
    send_at: datetime | None
    zone: str
    opens: datetime
    at: datetime
    campaign: CampaignId | None = None
