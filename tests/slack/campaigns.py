"""A campaign in Slack, as far as a test needs it: written, approved, and how it stands."""

from bot.domain.ids import CampaignId
from tests.slack.reception import BRUNO, Reception

FIRST = CampaignId(1)


async def state(reception: Reception, campaign: int = FIRST) -> str:
    """Read how a campaign stands."""
    view = await reception.services.viewing.campaign(CampaignId(campaign))
    return view.campaign.state.value


async def create(reception: Reception, typed: str = "/sms-send 31999990001 Oi") -> None:
    """Let Ana write a campaign, and put its card up."""
    await reception.type(typed)
    await reception.tell()


async def approve(reception: Reception) -> None:
    """Let Ana write a campaign and Bruno approve it."""
    await create(reception)
    await reception.press("campaign.approve", person=BRUNO)
    assert await state(reception) == "approved"
    await reception.tell()
