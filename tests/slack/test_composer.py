"""The composer at Slack: kept letter by letter, looked at, mended, and sent once."""

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.ids import CampaignId
from bot.sandbox.gestures.gesture import escape_text
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Content
from tests.slack.reception import ANA, BRUNO, GUEST, MARKETING, Reception

LIST = b"nome;Celular\nAna;31999990001\nBia;31 98888-0002\nCaio;1234\n"


def give(reception: Reception, content: bytes = LIST, name: str = "lista.csv") -> None:
    """Choose a file in the form that Ana has open."""
    slack = reception.sandbox.world.slack
    file: JsonObject = slack.files.give(name, content, user=ANA).as_slack(slack.url)
    reception.answer(ANA, "file")["files"] = [file]


def shown(reception: Reception, person: str = ANA) -> str:
    """What the form shows, as one text."""
    return json.dumps(reception.modal(person).blocks, ensure_ascii=False)


async def press(reception: Reception, action: str) -> None:
    """Let Ana press something in the form."""
    await reception.press_in_form(f"compose.{action}", person=ANA)


async def write(reception: Reception, **typed: str) -> None:
    """Let Ana write in the form, which tells each letter."""
    await reception.fill_in(person=ANA, **typed)
    await reception.press_in_form("typing.text", person=ANA)


def close(reception: Reception) -> None:
    """Let Ana close the form by accident."""
    slack = reception.sandbox.world.slack
    slack.views.close(reception.modal(ANA))


async def campaigns(reception: Reception) -> list[Any]:
    """Every campaign of the channel."""
    return list(
        await reception.services.store.read(
            lambda tx: tx.campaigns.in_channel(MARKETING, limit=9)  # type: ignore[arg-type]  # an id
        )
    )


async def test_a_form_closed_by_accident_opens_again_with_its_content(
    reception: Reception,
) -> None:
    """It says so, and Bruno's own form is his own."""
    await reception.type("/sms-send")
    await write(reception, name="Natal", text="Feliz", numbers="31999990001")
    close(reception)
    await reception.type("/sms-send", person=BRUNO)
    assert "You began this" not in shown(reception, BRUNO)
    await reception.type("/sms-schedule")
    assert "You began this" in shown(reception)
    assert reception.filled(ANA) == {
        "name": "Natal",
        "text": "Feliz",
        "numbers": "31999990001",
        "when": "",
    }


async def test_a_chosen_time_comes_back_too(reception: Reception) -> None:
    """In the writer's zone."""
    await reception.type("/sms-send")
    await write(reception, text="Feliz", when="24/12/2026 16:00")
    close(reception)
    await reception.type("/sms-send")
    assert reception.filled(ANA)["when"] == "24/12/2026 16:00"


async def test_whoever_wants_to_can_start_anew(reception: Reception) -> None:
    """Then nothing of it is left, in the form or behind it."""
    await reception.type("/sms-send")
    await write(reception, text="Feliz", numbers="31999990001")
    close(reception)
    await reception.type("/sms-send")
    await press(reception, "anew")
    assert reception.filled(ANA) == {"name": "", "text": "", "numbers": "", "when": ""}
    close(reception)
    await reception.type("/sms-send")
    assert "You began this" not in shown(reception)


async def test_a_change_that_is_begun_comes_back_and_can_be_undone(reception: Reception) -> None:
    """Starting anew shows what the campaign says."""
    await reception.type("/sms-send 31999990001 Oi")
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    await write(reception, text="Olá")
    close(reception)
    await reception.press("campaign.edit", person=ANA)
    assert reception.filled(ANA)["text"] == "Olá"
    await press(reception, "anew")
    assert reception.filled(ANA) == {
        "name": "Oi",
        "text": "Oi",
        "numbers": "31999990001",
        "when": "",
    }


async def test_a_new_time_that_is_begun_can_be_begun_anew(reception: Reception) -> None:
    """With the text and the numbers that it had."""
    await reception.type("/sms-schedule 24/12/2026 16:00 31999990001 Oi")
    (campaign,) = await campaigns(reception)
    reception.clock.set(campaign.expires_at)
    await reception.services.approving.expire_due()
    await reception.tell()
    await reception.press("campaign.new_time", person=ANA)
    await write(reception, text="Olá")
    await press(reception, "anew")
    assert reception.filled(ANA)["text"] == "Oi"


async def test_a_preview_reads_the_file_and_shows_what_would_become_of_it(
    reception: Reception,
) -> None:
    """Who gets it, who doesn't and why, and what it costs; the file is then named."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="“Natal” é já")
    give(reception)
    await press(reception, "preview")
    said = shown(reception)
    assert "*Who*\\n2 people" in said
    assert "line 4 `1234` too short" in said
    assert "The numbers are those of the column `Celular`." in said
    assert "Replaced: `“`" in said
    assert "📄 The numbers are in lista.csv." in said
    assert not reception.has(ANA, "file")
    assert reception.filled(ANA)["text"] == "“Natal” é já"
    await reception.send_form(person=ANA)
    (campaign,) = await campaigns(reception)
    assert campaign.text == '"Natal" é já'
    view = await reception.services.viewing.campaign(campaign.id)
    assert view.counts.people == 2
    assert "line 4 `1234` too short" in reception.private()[-1]


async def test_a_file_that_was_given_comes_back_and_can_be_changed(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is fetched once, whatever happens at Slack meanwhile."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Oi")
    give(reception)
    await press(reception, "preview")
    close(reception)
    slack = reception.sandbox.world.slack
    monkeypatch.setattr(slack.files, "find", lambda _: None)
    await reception.type("/sms-send")
    assert "📄 The numbers are in lista.csv." in shown(reception)
    await press(reception, "preview")
    assert "*Who*\\n2 people" in shown(reception)
    await press(reception, "other_list")
    assert reception.has(ANA, "file")
    await reception.submit(person=ANA, numbers="31999990001")
    (campaign,) = await campaigns(reception)
    assert (await reception.services.viewing.campaign(campaign.id)).counts.people == 1


async def test_a_bad_file_is_said_in_the_preview(reception: Reception) -> None:
    """With everything else that is wrong; nothing is lost."""
    await reception.type("/sms-send")
    give(reception, b"\x89PNG\r\n\x1a\n\x00\x00")
    await press(reception, "preview")
    assert "That file is no list" in shown(reception)
    assert shown(reception).count("⚠️") == 2
    give(reception, name="lista.xlsm")
    await press(reception, "preview")
    assert "macros" in shown(reception)


async def test_two_lists_are_asked_back_in_the_preview_and_at_a_field(
    reception: Reception,
) -> None:
    """Where the file's field is gone, at the numbers."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Oi")
    give(reception)
    await press(reception, "preview")
    await reception.fill_in(person=ANA, numbers="31999990001")
    await press(reception, "preview")
    assert "I don't know which list you mean" in shown(reception)
    answer = (await reception.send_form(person=ANA)).json()
    assert "I don't know which list you mean" in answer["errors"]["numbers"]


async def test_accents_are_taken_off_with_one_press(reception: Reception) -> None:
    """Everything else stays as it was written."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="ã" * 71, numbers="31999990001")
    await press(reception, "preview")
    assert "Without accents: 1 segment" in shown(reception)
    await press(reception, "plain")
    assert reception.filled(ANA)["text"] == "a" * 71
    assert reception.filled(ANA)["numbers"] == "31999990001"
    assert "1 of 160" in shown(reception)
    await reception.send_form(person=ANA)
    (campaign,) = await campaigns(reception)
    assert campaign.text == "a" * 71


async def test_an_error_at_a_field_that_was_redrawn_finds_it(reception: Reception) -> None:
    """Its block has another name by then."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="ã" * 71, numbers="1234")
    await press(reception, "plain")
    answer = (await reception.send_form(person=ANA)).json()
    assert list(answer["errors"]) == ["numbers.1"]


async def test_a_list_that_stays_is_counted_in_the_preview(reception: Reception) -> None:
    """It isn't in the form, for it doesn't fit."""
    many = ",".join(f"319{n:08}" for n in range(10_000_000, 10_000_400))
    await reception.type(f"/sms-send {many} Oi")
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    await press(reception, "preview")
    assert "*Who*\\n400 people" in shown(reception)


async def test_a_change_takes_a_file_too(reception: Reception) -> None:
    """In place of the list that there was; the writer reads which column it was."""
    await reception.type("/sms-send 31999990001 Oi")
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    await reception.fill_in(person=ANA, numbers="")
    give(reception)
    await reception.send_form(person=ANA)
    view = await reception.services.viewing.campaign(CampaignId(1))
    assert (view.campaign.version, view.counts.people) == (2, 2)
    assert "the column `Celular`" in reception.private()[-1]


async def test_a_time_that_was_wanted_and_not_asked_for_yet_is_asked_for(
    reception: Reception,
) -> None:
    """Whoever chooses and sends at once sees the field, and no campaign goes without a time."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Oi", numbers="31999990001")
    later = reception.block(ANA, "when")["element"]["options"][1]
    reception.answer(ANA, "when")["selected_option"] = later
    answer = (await reception.send_form(person=ANA)).json()
    assert answer["response_action"] == "update"
    blocks = [block.get("block_id") for block in answer["view"]["blocks"]]
    assert "at" in blocks
    assert await campaigns(reception) == []


async def test_a_form_that_was_closed_meanwhile_is_left_closed(reception: Reception) -> None:
    """The press is answered, and nothing opens by itself."""
    await reception.type("/sms-send")
    slack = reception.sandbox.world.slack
    view = reception.modal(ANA)
    pressed = {"type": "button", "action_id": "compose.preview", "block_id": "b"}
    payload = slack.payloads.view_press(slack.workspace.people[ANA], view, pressed)
    close(reception)
    with capture_logs() as logs:
        answer = await reception.deliver({"payload": json.dumps(payload)})
    assert answer.status_code == 200
    assert [line["event"] for line in logs] == ["composer not redrawn"]


async def share(reception: Reception, *, person: str = ANA, channel: str = MARKETING) -> None:
    """Choose "Send as SMS" beside a message."""
    slack = reception.sandbox.world.slack
    place, who = slack.workspace.channels[channel], slack.workspace.people[person]
    message = list(slack.messages.in_channel(channel))[-1]
    secret = slack.response_urls.issue(channel, person)
    payload = slack.payloads.message_action(who, place, message, "send_as_sms") | {
        "trigger_id": slack.triggers.issue(person),
        "response_url": slack.response_url(secret),
    }
    await reception.deliver({"payload": json.dumps(payload)})


def say(reception: Reception, text: str, channel: str = MARKETING) -> None:
    """Let Bruno say something."""
    slack = reception.sandbox.world.slack
    slack.messages.post(channel, BRUNO, Content(escape_text(text)))


async def test_a_message_becomes_a_text(reception: Reception) -> None:
    """As its writer typed it; each message has a form of its own."""
    say(reception, "Feliz Natal & bom ano")
    await share(reception)
    assert reception.filled(ANA)["text"] == "Feliz Natal & bom ano"
    await reception.submit(person=ANA, numbers="31999990001")
    (campaign,) = await campaigns(reception)
    assert (campaign.text, campaign.channel) == ("Feliz Natal & bom ano", MARKETING)
    await reception.type("/sms-send")
    assert reception.filled(ANA)["text"] == ""


@pytest.mark.parametrize(("person", "channel"), [(GUEST, MARKETING), (ANA, "D0ANA")])
async def test_whoever_may_not_write_one_is_told(
    reception: Reception, person: str, channel: str
) -> None:
    """Privately, and no form opens."""
    say(reception, "Oi", channel)
    await share(reception, person=person, channel=channel)
    assert reception.sandbox.world.slack.views.top(person) is None
    assert len(reception.private(person, channel)) == 1


async def test_a_change_reads_the_kept_file_again_with_all_its_columns(
    reception: Reception,
) -> None:
    """So another column can be used without giving it again; its left-outs aren't handed twice."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Oi")
    give(reception)
    await reception.send_form(person=ANA)
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    assert "📄 The numbers are in lista.csv." in shown(reception)
    await reception.submit(person=ANA, text="Oi {nome}")
    view = await reception.services.viewing.campaign(CampaignId(1))
    assert (view.campaign.version, view.counts.people) == (2, 2)
    assert view.campaign.filled is not None
    files = [
        one
        for one in reception.sandbox.world.slack.messages.in_channel("D0ANA")
        if one.content.files
    ]
    assert len(files) == 1


async def test_a_list_that_was_typed_since_is_no_more_the_files(reception: Reception) -> None:
    """Nor one whose numbers got their ninth digit: reading the file again would undo it."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Oi")
    give(reception, b"celular\n31999990001\n3188880002\n")
    await reception.send_form(person=ANA)
    await reception.tell()
    await reception.press("campaign.ninth_digit", person=ANA)
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    assert reception.filled(ANA)["numbers"] == "31999990001, 31988880002"
    await reception.submit(person=ANA, numbers="31999990003")
    view = await reception.services.viewing.campaign(CampaignId(1))
    assert (view.campaign.version, view.file) == (3, None)


async def test_the_ninth_digit_is_put_in_with_one_press(reception: Reception) -> None:
    """Before anybody is asked; an edit doesn't undo it."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Oi")
    give(reception, b"celular\n31999990001\n3188880002\n")
    await press(reception, "preview")
    assert "1 number has ten digits" in shown(reception)
    await press(reception, "ninth_digit")
    assert "ten digits" not in shown(reception)
    await reception.send_form(person=ANA)
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    assert reception.filled(ANA)["numbers"] == "31999990001, 31988880002"
