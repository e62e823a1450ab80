"""Quiet time in Slack: what is typed for a night, the form's box, and the card's two buttons."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId
from bot.sandbox.server import Sandbox
from tests.builders import HOUR, NOON
from tests.slack.reception import ANA, BRUNO, CARLA, GUEST, Reception, open_reception
from tests.slack.test_correspondence import reply

NUMBERS = "31999990001,31988880002"
TYPED = f"/sms-send {NUMBERS} Oi & tchau"
LATE = NOON + 10 * HOUR
MORNING = NOON + 20 * HOUR


@pytest.fixture
async def night(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> AsyncIterator[Reception]:
    """A reception of a house with quiet hours, at ten in the evening."""
    async with open_reception(sandbox, client, tmp_path, quiet_hours="21-8") as running:
        running.clock.set(LATE)
        yield running


async def campaigns(reception: Reception) -> list[Campaign]:
    """Read all campaigns, oldest first."""
    return list(await reception.services.store.read(lambda tx: tx.campaigns.in_states(State)))


async def the_one(reception: Reception) -> Campaign:
    """Read the only campaign."""
    (campaign,) = await campaigns(reception)
    return campaign


async def ask_anyway(reception: Reception) -> None:
    """Let Ana type a campaign, and ask for the night all the same."""
    await reception.type(TYPED)
    await reception.press("offer.anyway", person=ANA)
    await reception.tell()


async def test_what_is_typed_for_a_night_is_answered_with_two_ways_on(night: Reception) -> None:
    """Nothing is made and nothing is lost."""
    await night.type(TYPED)
    (said,) = night.private()
    assert "quiet time: 21:00 to 08:00" in said
    assert "Send at 23 Dec 2026, 08:00 (Sao Paulo) instead" in said
    assert await campaigns(night) == []
    assert night.public() == []


async def test_one_press_sends_it_in_the_morning(night: Reception) -> None:
    """The card as usual."""
    await night.type(TYPED)
    await night.press("offer.later", person=ANA)
    campaign = await the_one(night)
    assert (campaign.send_at, campaign.text, campaign.quiet) == (MORNING, "Oi & tchau", False)
    assert "#1 is in the channel, waiting for approval: 2 people." in night.private()[-1]
    await night.tell()
    assert "Quiet time" not in night.public()[0]


async def test_a_double_press_makes_one_campaign(night: Reception) -> None:
    """The second is told which."""
    await ask_anyway(night)
    await night.press("offer.later", person=ANA)
    assert "#1 was made of that already." in night.private()[-1]
    assert (await the_one(night)).quiet


async def test_what_was_typed_comes_back_where_it_is_too_late(night: Reception) -> None:
    """The morning has passed."""
    await night.type(TYPED)
    night.clock.set(MORNING + HOUR)
    await night.press("offer.later", person=ANA)
    said = night.private()[-1]
    assert "has passed" in said
    assert f"{NUMBERS}\nOi &amp; tchau" in said
    assert await campaigns(night) == []


async def test_an_offer_is_nobody_elses(night: Reception) -> None:
    """Nor a guest's; a value of somebody's making does nothing."""
    await ask_anyway(night)
    await night.type(TYPED)
    await night.press("offer.anyway", person=BRUNO, value="2")
    assert "That offer is too old." in night.private(BRUNO)[-1]
    await night.press("offer.anyway", person=GUEST, value="2")
    await night.press("offer.anyway", person=ANA, value="x")
    assert len(await campaigns(night)) == 1


async def test_allowing_it_sends_it_at_night(night: Reception) -> None:
    """The card says what it is, and afterwards who allowed it."""
    await ask_anyway(night)
    (card,) = night.public()
    assert "Quiet time* (21:00 to 08:00): 22 Dec 2026, 22:00 (Sao Paulo)." in card
    await night.press("campaign.allow", person=ANA)
    assert "somebody else decides" in night.private()[-1]
    await night.press("campaign.allow", person=BRUNO)
    assert (await the_one(night)).state is State.APPROVED
    await night.tell()
    assert f"allowed in quiet hours by <@{BRUNO}>" in night.public()[0]


async def test_a_card_drawn_by_day_is_drawn_anew_at_night(night: Reception) -> None:
    """Whoever presses Approve is told what to do; a press moves it to the morning."""
    night.clock.set(NOON)
    await night.type(TYPED)
    await night.tell()
    night.clock.set(LATE)
    await night.press("campaign.approve", person=BRUNO)
    assert "#1 would reach people in quiet time (21:00 to 08:00)" in night.private(BRUNO)[-1]
    await night.tell()
    assert "Quiet time" in night.public()[0]
    await night.press("quiet.put_off", person=CARLA)
    assert "Only <@U0ANA>" in night.private(CARLA)[-1]
    await night.press("quiet.put_off", person=ANA)
    campaign = await the_one(night)
    assert (campaign.version, campaign.send_at) == (2, MORNING)
    assert "#1 is changed: version 2 waits for approval, for 2 people." in night.private()[-1]
    await night.tell()
    assert "as soon as approved → <!date^" in night.public()[0]


async def test_a_button_without_its_time_moves_nothing(night: Reception) -> None:
    """It is none of ours."""
    await ask_anyway(night)
    campaign = await the_one(night)
    value = f"1.1.{campaign.digest}"
    await night.press("quiet.put_off", person=ANA, value=value)
    assert "that button belongs to an older version" in night.private()[-1]
    await night.press("quiet.put_off", person=ANA, value="x")
    assert await the_one(night) == campaign


async def test_the_form_says_the_next_good_time_at_its_field(night: Reception) -> None:
    """As it is typed, and the box is the other way; the typed text stays."""
    await night.type("/sms-send")
    answer = await night.submit(person=ANA, text="Oi", numbers=NUMBERS)
    assert answer.json()["errors"] == {
        "when": "It would reach people in quiet time (21:00 to 08:00). Choose 23/12/2026 08:00, or"
        " tick the box: then an approver has to allow it."
    }
    answer = await night.submit(person=ANA, ticked="quiet", text="Oi", numbers=NUMBERS)
    assert answer.text == ""
    assert (await the_one(night)).quiet


async def test_a_form_that_is_begun_anew_has_its_box(night: Reception) -> None:
    """Unticked, as when it was opened first."""
    await night.type("/sms-send")
    await night.press_in_form("compose.anew", person=ANA)
    assert night.answer(ANA, "quiet")["selected_options"] == []


async def test_an_edit_asks_for_the_night(night: Reception) -> None:
    """A new version, with nothing else changed; the form keeps the box as it is."""
    night.clock.set(NOON)
    await night.type(TYPED)
    await night.tell()
    night.clock.set(LATE)
    form = {"text": "Oi & tchau", "numbers": NUMBERS, "when": ""}
    await night.press("campaign.edit", person=ANA)
    assert "initial_options" not in str(night.modal(ANA).blocks)
    await night.submit(person=ANA, ticked="quiet", **form)
    campaign = await the_one(night)
    assert (campaign.version, campaign.quiet) == (2, True)
    await night.tell()
    await night.press("campaign.edit", person=ANA)
    assert "initial_options" in str(night.modal(ANA).blocks)


async def test_a_house_without_quiet_times_asks_nothing(reception: Reception) -> None:
    """No box in its forms."""
    await reception.type("/sms-send")
    assert "quiet" not in [block.get("block_id") for block in reception.modal(ANA).blocks]


async def test_sundays_are_quiet_where_they_are_kept(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> None:
    """The next good time is Monday's first minute."""
    async with open_reception(sandbox, client, tmp_path, quiet_sundays=True) as kept:
        kept.clock.set(datetime(2026, 12, 20, 15, tzinfo=UTC))
        await kept.type(TYPED)
        assert "quiet time: Sunday" in kept.private()[-1]
        assert "Send at 21 Dec 2026, 00:00 (Sao Paulo) instead" in kept.private()[-1]


async def test_an_answer_at_night_is_asked_for_with_the_box(night: Reception) -> None:
    """Its form says so; without the box it comes back, and with it an approver allows it."""
    night.clock.set(NOON)
    await reply(night)
    night.clock.set(LATE)
    await night.press("reply.answer", person=ANA)
    assert "Now is quiet time: 21:00 to 08:00" in str(night.modal(ANA).blocks)
    answer = await night.submit(person=ANA, text="Tem sim!")
    assert answer.json()["errors"] == {
        "quiet": "Now is quiet time. Send it from 23 Dec 2026, 08:00 (Sao Paulo) on, or tick the"
        " box."
    }
    assert (await night.submit(person=ANA, ticked="quiet", text="Tem sim!")).text == ""
    (_, given) = await campaigns(night)
    assert (given.state, given.quiet) == (State.WAITING, True)
    await night.tell()
    await night.press("campaign.allow", person=BRUNO)
    assert (await night.services.viewing.campaign(CampaignId(2))).campaign.state is State.APPROVED


async def test_a_form_opened_by_day_and_sent_at_night_comes_back(night: Reception) -> None:
    """With the box, the reason and the text."""
    night.clock.set(NOON)
    await reply(night)
    await night.press("reply.answer", person=ANA)
    night.clock.set(LATE)
    answer = (await night.submit(person=ANA, text="Tem sim!")).json()
    assert answer["response_action"] == "update"
    shown = str(answer["view"]["blocks"])
    assert "Now is quiet time" in shown
    assert "Tem sim!" in shown
    assert len(await campaigns(night)) == 1


async def test_what_was_seen_before_is_asked_too_and_stays_allowed(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> None:
    """Two questions, about two things: the second keeps the answer to the first."""
    rules = {"quiet_hours": "21-8", "repeat_hours": 24}
    async with open_reception(sandbox, client, tmp_path, **rules) as careful:
        careful.clock.set(NOON)
        await careful.type(TYPED)
        careful.clock.set(LATE)
        await careful.type(TYPED)
        await careful.press("offer.anyway", person=ANA)
        assert "says nearly the same to 2 of these 2 people" in careful.private()[-1]
        await careful.tell()
        await careful.press("campaign.allow", person=BRUNO)
        (_, second) = await campaigns(careful)
        assert second.state is State.WAITING
        await careful.send_form(person=BRUNO)
        (_, second) = await campaigns(careful)
        assert second.state is State.APPROVED
        assert [one.allows_quiet for one in second.approvals] == [True]
