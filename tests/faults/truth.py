"""What the platform knows of a round's campaign: the truth, whatever the bot was told."""

from collections.abc import Iterator

from bot.sandbox.callbacks import Callback
from bot.sandbox.campaigns import SmsCampaign
from bot.sandbox.request_log import LoggedRequest
from bot.sandbox.world import World
from tests.faults.counting import Texting

OK = 200


class Truth:
    """One text, as the platform sees it."""

    def __init__(self, world: World, text: str) -> None:
        self._world = world
        self._text = text

    @property
    def received(self) -> list[LoggedRequest]:
        """Every request to send it, done or not."""
        return [one for one in self._world.reception.log if one.parameters.get("msg") == self._text]

    @property
    def callbacks(self) -> list[Callback]:
        """Every call-back about it."""
        ids = {campaign.id for campaign in self._campaigns()}
        return [one for one in self._world.courier.sent if one.records[0].campaign_id in ids]

    @property
    def texted(self) -> list[Texting]:
        """What was carried out."""
        return [Texting(one.order.text, one.order.numbers) for one in self._campaigns()]

    def find(self, key: str) -> SmsCampaign | None:
        """Find what was made of the request with this call-back address."""
        for campaign in self._campaigns():
            if (campaign.order.callback_url or "").endswith(f"/{key}"):
                return campaign
        return None

    def is_silent(self, *, retries: int) -> bool:
        """Whether no call-back is on its way: each was taken, or was given up."""
        return all(OK in one.statuses or len(one.statuses) > retries for one in self.callbacks)

    def is_delivered(self) -> bool:
        """Whether nobody waits for an SMS any more."""
        return all(campaign.is_done for campaign in self._campaigns())

    def is_still(self) -> bool:
        """Whether no SMS leaves while things are as they are: each has, or is held."""
        return all(campaign.is_done or campaign.is_held for campaign in self._campaigns())

    def _campaigns(self) -> Iterator[SmsCampaign]:
        campaigns = self._world.platform.campaigns.values()
        return (one for one in campaigns if one.order.text == self._text)
