"""The brake in Slack: anybody pulls it, and letting go takes a second person."""

from datetime import timedelta

import pytest

from bot.domain.ids import CampaignId
from tests.fakes import FakeGateway
from tests.slack.campaigns import FIRST, approve, create, state
from tests.slack.reception import (
    ANA,
    BRUNO,
    CARLA,
    Reception,
)


async def test_the_brake_needs_nobody_and_the_accelerator_a_second_person(
    reception: Reception,
) -> None:
    """Ana holds alone; her release is a request, which Bruno answers; no, then yes."""
    await approve(reception)
    await reception.press("campaign.hold", person=ANA)
    await reception.tell()
    await reception.press("campaign.release", person=ANA)
    assert "needs a second person" in reception.private(ANA)[-1]
    await reception.tell()
    await reception.press("release.reject", person=BRUNO)
    await reception.tell()
    assert (await reception.services.viewing.campaign(FIRST)).campaign.hold is not None
    await reception.press("campaign.release", person=ANA)
    await reception.tell()
    await reception.press("release.approve", person=ANA)
    assert "somebody else" in reception.private(ANA)[-1]
    await reception.press("release.approve", person=BRUNO)
    assert (await reception.services.viewing.campaign(FIRST)).campaign.hold is None


async def test_an_approvers_release_needs_nobody_else(reception: Reception) -> None:
    """By button or by command; the brake's own command needs no number where one runs."""
    await approve(reception)
    await reception.type("/sms-hold", person=CARLA)
    assert "brake is pulled for #1" in reception.private(CARLA)[-1]
    await reception.tell()
    await reception.press("campaign.release", person=BRUNO)
    await reception.type("/sms-hold 1", person=ANA)
    await reception.type("/sms-release 1", person=ANA)
    assert "needs a second person" in reception.private(ANA)[-1]
    await reception.type("/sms-release", person=BRUNO)
    assert "#1 is released" in reception.private(BRUNO)[-1]


async def test_a_brake_without_a_number_never_guesses(reception: Reception) -> None:
    """With two campaigns under way, or none, it asks which."""
    await reception.type("/sms-hold")
    assert "Which campaign" in reception.private()[-1]
    for campaign in (1, 2):
        await create(reception)
        await reception.press("campaign.approve", person=BRUNO)
        await reception.tell()
        assert await state(reception, campaign) == "approved"
    await reception.type("/sms-hold")
    assert "Which campaign" in reception.private()[-1]


@pytest.mark.parametrize("typed", ["/sms-hold all", "/sms hold TUDO", "/sms-hold  todas "])
async def test_the_brake_takes_hold_of_everything_at_once(reception: Reception, typed: str) -> None:
    """One is on hold before, one is held now, one only waits; the answer tells them apart."""
    for _ in range(2):
        await create(reception)
        await reception.press("campaign.approve", person=BRUNO)
        await reception.tell()
    await create(reception)
    await reception.type("/sms-hold 1", person=BRUNO)
    await reception.type(typed, person=CARLA)
    assert (
        "The brake is pulled for #2. #1 was on hold already."
        " 1 waits for approval: nothing of it goes."
    ) in reception.private(CARLA)[-1]
    for campaign in (1, 2):
        view = await reception.services.viewing.campaign(CampaignId(campaign))
        assert view.campaign.hold is not None
    assert await state(reception, 3) == "waiting"


async def test_a_brake_on_everything_where_nothing_runs_says_so(reception: Reception) -> None:
    """What waits needs no brake."""
    await create(reception)
    await reception.type("/sms-hold all")
    assert "Nothing runs in this channel that could be held." in reception.private()[-1]


async def test_what_was_held_past_its_time_is_closed_in_one_press(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can't be let go any more; before, there is nothing to close."""
    await create(reception, "/sms-schedule 24/12/2026 16:00 31999990001 Oi")
    await reception.press("campaign.approve", person=BRUNO)
    platform = FakeGateway(account=reception.services.gateway.account)
    monkeypatch.setattr(reception.services.sending, "_gateway", platform)
    await reception.services.sending.run()
    await reception.tell()
    _, hold = reception.find("campaign.hold")
    await reception.press("campaign.hold", person=CARLA)
    await reception.press("campaign.close", person=CARLA, value=hold["value"])
    assert "#1 needs no closing" in reception.private(CARLA)[-1]
    assert await state(reception) == "sent"
    monkeypatch.setattr(reception.services.braking, "_gateway", platform)
    await reception.services.braking.run()
    reception.clock.advance(timedelta(days=3))
    await reception.type("/sms-release 1", person=BRUNO)
    assert "that's too late" in reception.private(BRUNO)[-1]
    await reception.tell()
    await reception.press("campaign.close", person=CARLA)
    await reception.tell()
    assert await state(reception) == "done"
    assert any(f"<@{CARLA}> closed #1" in said for said in reception.public())
