"""Slack's payloads are read, answered at once, and done afterwards; garbage is logged."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.domain.ids import PartId
from handlers.blocks.actions import PartPress, Press
from handlers.slack.answering import Asker
from handlers.slack.composer import form_in
from handlers.slack.interactions import (
    read_claimed,
    read_click,
    read_composed,
    read_part_click,
    read_reason,
)
from handlers.slack.listeners import read_command
from tests.builders import ANA, CHANNEL, make_campaign
from tests.slack.reception import Reception

DIGEST = make_campaign().digest
URL = "https://hooks.slack.example/commands/1"
COMMAND = {
    "command": "/sms-send",
    "text": "31999990001 Oi",
    "user_id": ANA,
    "channel_id": CHANNEL,
    "channel_name": "natal",
    "response_url": URL,
    "trigger_id": "1.2.3",
}
CLICK = {
    "type": "block_actions",
    "user": {"id": ANA},
    "channel": {"id": CHANNEL},
    "trigger_id": "1.2.3",
    "response_url": URL,
    "actions": [{"action_id": "campaign.approve", "value": f"42.1.{DIGEST}"}],
}


def view(metadata: object, **typed: str | None) -> dict[str, Any]:
    """A modal as it comes in."""
    values = {name: {name: {"type": "plain_text_input", "value": v}} for name, v in typed.items()}
    return {
        "type": "view_submission",
        "user": {"id": ANA},
        "view": {
            "id": "V1",
            "hash": "h1",
            "private_metadata": metadata if isinstance(metadata, str) else json.dumps(metadata),
            "state": {"values": values},
        },
    }


@pytest.mark.parametrize(
    ("command", "text", "verb", "typed"),
    [
        ("/sms-send", "31999990001 Oi", "send", "31999990001 Oi"),
        ("/sms", "send 31999990001 Oi", "send", "31999990001 Oi"),
        ("/sms", "  SEND\n31999990001 Oi", "send", "31999990001 Oi"),
        ("/sms", "status", "status", ""),
        ("/sms", "", "", ""),
        ("/sms", None, "", ""),
        ("/sms-status", None, "status", ""),
    ],
)
def test_sms_with_a_verb_is_the_verbs_own_command(
    command: str, text: str | None, verb: str, typed: str
) -> None:
    """However the verb is spelt, and whatever space follows it."""
    read = read_command(COMMAND | {"command": command, "text": text})
    assert (read.verb, read.typed) == (verb, typed)


def test_a_command_tells_who_asks_and_where() -> None:
    """And the address for a private answer, where Slack gives one."""
    read = read_command(COMMAND)
    assert (read.user, read.channel, read.asker) == (ANA, CHANNEL, Asker(ANA, CHANNEL, URL))
    without = read_command({k: v for k, v in COMMAND.items() if k != "response_url"})
    assert without.asker.response_url is None


@pytest.mark.parametrize(
    ("channel", "name", "is_direct"),
    [
        ("D0ANA", "directmessage", True),
        ("G0TRES", "mpdm-ana--bruno--carla-1", True),
        ("C0TRES", "mpdm-ana--bruno--carla-1", True),
        ("C0NATAL", "natal", False),
        ("C0NATAL", "directmessage-marketing", False),
        ("G0NATAL", "privategroup", False),
    ],
)
def test_a_channel_isnt_taken_for_a_conversation(
    channel: str,
    name: str,
    is_direct: bool,  # noqa: FBT001  the example's outcome
) -> None:
    """A team may call its channel what it likes."""
    read = read_command(COMMAND | {"channel_id": channel, "channel_name": name})
    assert read.is_direct is is_direct


def test_a_click_carries_what_the_button_showed() -> None:
    """The campaign, its version, and the digest that an approval is for."""
    click = read_click(CLICK)
    assert click.press == Press(make_campaign().id, 1, DIGEST)
    assert (click.action, click.user) == ("campaign.approve", ANA)
    assert click.asker == Asker(ANA, CHANNEL, URL)


FORM = form_in(CHANNEL, zone="America/Manaus")


def test_the_composer_gives_what_was_typed_and_empty_for_nothing() -> None:
    """Slack sends null for an empty field, and nothing for one it doesn't know."""
    read = read_composed(view(FORM.remember(), text="Oi", name=None))
    assert read.form == replace(FORM, text="Oi")
    assert (read.user, read.id, read.hash, read.given) == (ANA, "V1", "h1", None)


def test_a_field_that_got_another_value_from_us_is_still_the_same_field() -> None:
    """Its block has another name, or Slack would keep what was typed there before."""
    redrawn = replace(FORM, redrawn=2)
    read = read_composed(view(redrawn.remember(), **{"text.2": "Oi"}))
    assert read.form == replace(redrawn, text="Oi")


def test_a_letter_says_when_it_was_typed() -> None:
    """Letters may overtake each other on their way."""
    payload = view(FORM.remember(), text="Oi")
    assert read_composed(payload).told_at is None
    payload["actions"] = [{"action_id": "typing.text", "action_ts": "1798045320.25"}]
    assert read_composed(payload).told_at == datetime.fromtimestamp(1798045320.25, UTC)


def test_a_time_counts_only_where_one_is_wanted() -> None:
    """Whoever chose one and then "as soon as it is approved" wants none."""
    chosen = {"type": "datetimepicker", "selected_date_time": 1798045320}
    payload = view(FORM.remember(), text="Oi")
    values = payload["view"]["state"]["values"]
    values["at"] = {"typing.at": chosen}
    values["when"] = {"compose.when": {"selected_option": {"value": "now"}}}
    assert read_composed(payload).form.send_at is None
    values["when"] = {"compose.when": {"selected_option": {"value": "later"}}}
    form = read_composed(payload).form
    assert (form.is_timed, form.send_at) == (True, datetime.fromtimestamp(1798045320, UTC))


def test_the_reason_belongs_to_the_press_that_asked_for_it() -> None:
    """Spaces around it are nobody's reason."""
    metadata = {"press": f"42.1.{DIGEST}", "channel": CHANNEL}
    read = read_reason(view(metadata, reason="  preço errado\n"))
    assert (read.press.campaign, read.reason) == (42, "preço errado")
    assert read.asker == Asker(ANA, CHANNEL)


PRESS = Press(make_campaign().id, 3, DIGEST)


@pytest.mark.parametrize(
    ("kept", "numbers", "keeps"),
    [(9, None, True), (9, " \n", True), (9, "31999990001", False), (0, None, False)],
)
def test_a_list_that_was_not_shown_stays_unless_another_is_written(
    kept: int,
    numbers: str | None,
    keeps: bool,  # noqa: FBT001  the example's outcome
) -> None:
    """One that was shown and emptied is a mistake, which the form says."""
    edits = replace(FORM, press=PRESS, kept=kept)
    form = read_composed(view(edits.remember(), text="Oi", numbers=numbers)).form
    assert form.keeps_numbers is keeps
    assert (form.press, form.text) == (PRESS, "Oi")


def test_a_click_about_a_part_carries_its_try() -> None:
    """Which part, and how often it had been sent again when the button was drawn."""
    action = {"action_id": "part.again", "value": "42.7.1"}
    click = read_part_click(CLICK | {"actions": [action]})
    assert click.press == PartPress(make_campaign().id, PartId(7), 1)
    assert (click.action, click.asker) == ("part.again", Asker(ANA, CHANNEL, URL))


def test_a_number_belongs_to_the_press_that_asked_for_it() -> None:
    """It is read as it was typed: what is wrong with it is said in the form."""
    read = read_claimed(view({"press": "42.7.1", "channel": CHANNEL}, gateway_id=" 9o005"))
    assert read.press == PartPress(make_campaign().id, PartId(7), 1)
    assert (read.asker, read.typed) == (Asker(ANA, CHANNEL), " 9o005")


PAYLOADS: dict[str, dict[str, Any]] = {
    "a button without a value": CLICK | {"actions": [{"action_id": "campaign.approve"}]},
    "a button with another's value": CLICK
    | {"actions": [{"action_id": "campaign.approve", "value": "42"}]},
    "a button with a number": CLICK | {"actions": [{"action_id": "campaign.hold", "value": 42}]},
    "a part's button with a campaign's value": CLICK
    | {"actions": [{"action_id": "part.leave", "value": f"42.1.{DIGEST}"}]},
    "a button in no channel": {k: v for k, v in CLICK.items() if k != "channel"},
    "a composer that remembers nothing": view({}),
    "a composer that remembers a list": view([]),
    "a composer of another version": view({"channel": CHANNEL, "zone": "UTC"}),
    "a composer for garbage": view(json.loads(FORM.remember()) | {"press": "42"}),
    "a letter in something else": CLICK | {"actions": [{"action_id": "typing.text"}]},
    "a button in something else": CLICK | {"actions": [{"action_id": "compose.preview"}]},
    "a shortcut beside nothing": CLICK | {"type": "message_action", "callback_id": "send_as_sms"},
    "a reason for nothing": view({}),
    "a reason for garbage": view({"press": "42", "channel": CHANNEL}),
    "a repeat for garbage": view({"press": "42", "channel": CHANNEL}),
    "a number for garbage": view({"press": f"42.1.{DIGEST}", "channel": CHANNEL}),
}
CALLBACK_IDS = {
    "a number": "went",
    "a composer": "compose",
    "a reason": "reason",
    "a repeat": "repeat",
}


@pytest.mark.parametrize("name", PAYLOADS)
async def test_an_interaction_that_isnt_ours_is_answered_and_logged(
    reception: Reception, name: str
) -> None:
    """Slack has its ack, so nobody sees a warning sign; the log has a line."""
    payload = json.loads(json.dumps(PAYLOADS[name]))
    if "view" in payload:
        payload["view"] |= {
            "type": "modal",
            "callback_id": next(v for k, v in CALLBACK_IDS.items() if name.startswith(k)),
        }
    with capture_logs() as logs:
        answer = await reception.deliver({"payload": json.dumps(payload)})
    assert answer.status_code == 200
    assert [line["event"] for line in logs] == ["payload not understood"]


async def test_a_command_without_a_trigger_is_answered_and_logged(reception: Reception) -> None:
    """Slack always sends one, so this is nobody's command."""
    form = {"command": "/sms-send", "user_id": ANA, "channel_id": CHANNEL}
    with capture_logs() as logs:
        answer = await reception.deliver(form)
    assert answer.status_code == 200
    assert [line["event"] for line in logs] == ["payload not understood"]


async def test_a_button_of_an_older_version_says_that_it_broke(reception: Reception) -> None:
    """An action that exists no more is answered, too; never with silence."""
    await reception.type("/sms-send 31999990001 Oi")
    await reception.tell()
    _, button = reception.find("campaign.hold")
    assert button == {}
    value = f"1.1.{DIGEST}"
    answer = await reception.press("campaign.teleport", person="U0BRUNO", value=value)
    assert answer.status_code == 200
    assert "broke on our side" in reception.private("U0BRUNO")[-1]


async def test_a_request_that_nobody_listens_for_is_no_error(reception: Reception) -> None:
    """Another app's action id is answered 404, and the bot goes on."""
    payload = CLICK | {"actions": [{"action_id": "other.app", "value": "1"}]}
    answer: httpx.Response = await reception.deliver({"payload": json.dumps(payload)})
    assert answer.status_code == 404
    await reception.type("/sms help")
    assert "/sms-send" in reception.private()[-1]
