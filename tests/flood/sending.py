"""The campaign that people answer: written, approved, and on every phone."""

from tests.faults.people import APPROVERS, REQUESTER, People
from tests.faults.town import Town

PATIENCE_SECONDS = 300.0


async def send_campaign(town: Town, people: People, numbers: list[str], text: str) -> None:
    """Have a campaign written, approved and delivered."""
    campaigns = town.world.platform.campaigns
    before = set(campaigns)
    await people.type(REQUESTER, f"/sms-send {','.join(numbers)} {text}")
    await town.until("the card", lambda: people.shows("campaign.approve"))
    await people.press_on_card(APPROVERS[0], "campaign.approve")

    def is_delivered() -> bool:
        new = [one for number, one in campaigns.items() if number not in before]
        handed_over = sum(len(one.deliveries) for one in new)
        return handed_over == len(numbers) and all(one.is_done for one in new)

    await town.until("the last delivery", is_delivered, patience=PATIENCE_SECONDS)
