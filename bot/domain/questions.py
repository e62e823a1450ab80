"""Questions: replies, as far as whoever answers them has to know."""

from dataclasses import dataclass

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, ChannelId, Number
from bot.domain.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A reply that waits for an answer: its words, whose thread it is in, and the last answer.

    ``answered`` is the newest answer that somebody gave and nobody took back.
    """

    reply: Reply
    number: Number
    thread: CampaignId
    channel: ChannelId
    answered: Campaign | None = None

    @property
    def newest(self) -> CampaignId:
        """What a form that shows this has seen of earlier answers; 0 is none."""
        return CampaignId(0) if self.answered is None else self.answered.id
