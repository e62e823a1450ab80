"""A waiting campaign is changed in its form; what was approved before counts no more."""

from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId
from bot.domain.standing import CampaignView
from bot.sandbox.server import Sandbox
from tests.slack.reception import ANA, BRUNO, CARLA, MARKETING, Reception, open_reception

FIRST = CampaignId(1)
TYPED = "/sms-schedule 24/12/2026 16:00 31999990001,31988880002 Oi & tchau"
MANY = ",".join(f"319{n:08}" for n in range(10_000_000, 10_000_400))


async def read(reception: Reception) -> CampaignView:
    """Read the campaign as it is now."""
    return await reception.services.viewing.campaign(FIRST)


async def campaign(reception: Reception) -> Campaign:
    """Read what was asked and decided."""
    return (await read(reception)).campaign


async def open_form(reception: Reception, typed: str = TYPED) -> dict[str, str]:
    """Let Ana write a campaign and press Edit; returns what the form is filled with."""
    await reception.type(typed)
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    return reception.filled(ANA)


async def test_the_form_begins_with_what_the_card_says(reception: Reception) -> None:
    """Its time is written as Ana would type it, and is read back as the same."""
    form = await open_form(reception)
    assert form == {
        "name": "Oi & tchau",
        "text": "Oi & tchau",
        "numbers": "31999990001, 31988880002",
        "when": "24/12/2026 16:00",
    }
    before = await campaign(reception)
    await reception.submit(person=ANA, **form | {"text": "Oi e tchau"})
    after = await campaign(reception)
    assert (after.version, after.text, after.send_at) == (2, "Oi e tchau", before.send_at)
    assert "#1 is changed: version 2 waits for approval, for 2 people." in reception.private()[-1]


async def test_an_edit_is_shown_on_the_card_and_told_in_the_thread(reception: Reception) -> None:
    """Word by word, with the numbers and the times."""
    form = await open_form(reception)
    changed = {"text": "Oi e tchau", "numbers": "31999990001, 31999990003\n1234", "when": ""}
    await reception.submit(person=ANA, **form | changed)
    assert "1234" in reception.private()[-1]
    await reception.tell()
    card, *_, told = reception.public()
    assert '"text": "&", "style": {"strike": true}' in card
    assert '"text": "e", "style": {"bold": true}' in card
    assert "+1 / −1 numbers" in card
    assert "→ as soon as approved" in card
    assert "Version 2 waits for approval" in told


async def test_the_same_again_is_no_new_version(reception: Reception) -> None:
    """Approvals stand, and there is nothing to hand back."""
    form = await open_form(reception)
    await reception.submit(person=ANA, **form)
    assert "says already" in reception.private()[-1]
    assert "```" not in reception.private()[-1]
    assert (await campaign(reception)).version == 1


async def test_nobody_else_edits(reception: Reception) -> None:
    """The button is on their screen, too; the form stays shut."""
    await reception.type(TYPED)
    await reception.tell()
    await reception.press("campaign.edit", person=BRUNO)
    assert f"<@{ANA}>" in reception.private(BRUNO)[-1]
    assert reception.sandbox.world.slack.views.top(BRUNO) is None


async def test_an_edit_voids_approvals_and_says_so_to_those_who_gave_them(
    sandbox: Sandbox,
    client: AsyncWebClient,
    tmp_path: Path,
) -> None:
    """Bruno's yes was to the first version; both buttons of it are worth nothing now."""
    async with open_reception(sandbox, client, tmp_path, approvals=2) as careful:
        await careful.type("/sms-send 31999990001 Oi")
        await careful.tell()
        _, old = careful.find("campaign.approve")
        await careful.press("campaign.approve", person=BRUNO)
        await careful.press("campaign.edit", person=ANA)
        await careful.submit(person=ANA, **careful.filled(ANA) | {"text": "Oi!"})
        await careful.tell()
        assert (await campaign(careful)).approvals == ()
        assert f"<@{BRUNO}>, your approval was of the older version" in careful.public()[-1]
        await careful.press("campaign.approve", person=CARLA, value=old["value"])
        assert "was changed" in careful.private(CARLA)[-1]
        assert (await campaign(careful)).approvals == ()


async def test_an_edit_that_comes_too_late_is_handed_back(reception: Reception) -> None:
    """Bruno approves while Ana is still writing: what she typed is there to copy."""
    form = await open_form(reception, "/sms-send 31999990001 Oi")
    await reception.press("campaign.approve", person=BRUNO)
    await reception.submit(person=ANA, **form | {"text": "Oi, tudo bem?"})
    said = reception.private()[-1]
    assert f"was approved by <@{BRUNO}>" in said
    assert "Nothing was created; what you typed is here to copy:" in said
    assert "Oi, tudo bem?" in said
    assert (await campaign(reception)).text == "Oi"


async def test_the_second_of_two_forms_is_handed_back(reception: Reception) -> None:
    """Ana has it open in two windows; what she sent first stands."""
    form = await open_form(reception)
    await reception.submit(person=ANA, **form | {"text": "Oi!"})
    reception.modal(ANA).id = "V0OTHER"
    await reception.submit(person=ANA, **form | {"text": "Olá!"})
    said = reception.private()[-1]
    assert "version 2" in said
    assert "Olá!" in said
    assert (await campaign(reception)).text == "Oi!"


async def test_an_old_card_or_a_late_press_opens_nothing(reception: Reception) -> None:
    """Before anybody changes a word in vain."""
    form = await open_form(reception)
    _, old = reception.find("campaign.edit")
    await reception.submit(person=ANA, **form | {"text": "Oi!"})
    await reception.press("campaign.edit", person=ANA, value=old["value"])
    assert "was changed" in reception.private()[-1]
    await reception.tell()
    reception.clock.advance(timedelta(days=3))
    await reception.press("campaign.edit", person=ANA)
    assert "that's too late" in reception.private()[-1]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": " "}, "text"),
        ({"numbers": ""}, "numbers"),
        ({"numbers": "1234"}, "numbers"),
        ({"when": "24/12/2020 16:00"}, "at"),
    ],
)
async def test_a_mistake_is_said_at_its_field(
    reception: Reception, typed: dict[str, str], field: str
) -> None:
    """The form stays open; a list that was shown can't be emptied by mistake."""
    form = await open_form(reception)
    answer = await reception.submit(person=ANA, **form | typed)
    assert answer.json()["response_action"] == "errors"
    assert set(answer.json()["errors"]) == {field}
    assert (await campaign(reception)).version == 1


async def test_a_list_too_long_for_the_form_stays_as_it_is(reception: Reception) -> None:
    """Or is replaced whole by what is pasted."""
    form = await open_form(reception, f"/sms-send {MANY} Oi")
    assert form["numbers"] == ""
    await reception.submit(person=ANA, **form | {"text": "Oi!"})
    view = await read(reception)
    assert (view.campaign.text, view.counts.people) == ("Oi!", 400)
    assert "for 400 people" in reception.private()[-1]
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    await reception.submit(person=ANA, **reception.filled(ANA) | {"numbers": "31999990001"})
    assert (await read(reception)).counts.people == 1


async def test_who_left_the_channel_changes_nothing_in_it(
    reception: Reception, sandbox: Sandbox
) -> None:
    """Taken out while writing."""
    form = await open_form(reception)
    sandbox.world.slack.workspace.channels[MARKETING].members.remove(ANA)
    await reception.submit(person=ANA, **form | {"text": "Oi!"})
    assert (await campaign(reception)).version == 1


async def test_a_reminder_comes_once_and_its_end_says_what_was_missing(
    reception: Reception,
) -> None:
    """An hour before its time; then its chosen time passes, and one press gives a new one."""
    await reception.type("/sms-schedule 22/12/2026 20:00 31999990001 Oi")
    expires = (await campaign(reception)).expires_at
    reception.clock.advance(expires - timedelta(minutes=59) - reception.clock.now())
    assert await reception.services.approving.remind_due() == 1
    assert await reception.services.approving.remind_due() == 0
    await reception.tell()
    assert f"<@{ANA}>, #1 still waits for 1 approval" in reception.public()[-1]
    reception.clock.advance(timedelta(hours=1))
    await reception.services.approving.expire_due()
    await reception.tell()
    assert "has passed and nobody had approved it" in reception.public()[-1]
    assert reception.find("campaign.new_time")[1]
