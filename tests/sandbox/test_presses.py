"""Presses on buttons and menus of messages."""

from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import Response

from tests.sandbox.conftest import Receiver
from tests.sandbox.desk import CARD, HERE, MENU_OPTIONS, MENUS, Do, modal, open_modal, payload_of


async def test_a_press_arrives_with_its_message(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """The message with blocks and metadata, who pressed what, and a trigger id."""
    metadata = {"event_type": "card", "event_payload": {"version": 3}}
    posted = await slack.chat_postMessage(channel=HERE, text="#42", blocks=CARD, metadata=metadata)
    pressed = {"ts": posted["ts"], "block_id": "card", "action_id": "campaign.approve"}
    assert (await do("press", person="U0BRUNO", channel=HERE, **pressed))["ok"]
    payload = payload_of(bot.requests[0])
    assert payload["type"] == "block_actions"
    assert payload["user"] == {
        "id": "U0BRUNO",
        "username": "bruno",
        "name": "bruno",
        "team_id": "T0AURORA",
    }
    assert payload["channel"] == {"id": HERE, "name": "marketing"}
    assert payload["container"]["message_ts"] == posted["ts"]
    assert payload["message"]["blocks"] == CARD
    assert payload["message"]["metadata"] == metadata
    (action,) = payload["actions"]
    assert (action["action_id"], action["value"]) == ("campaign.approve", "42")
    assert payload["trigger_id"]


async def test_a_button_that_is_gone_cant_be_pressed(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """Nor one of another's ephemeral message, nor in a channel one isn't in."""
    posted = await slack.chat_postEphemeral(channel=HERE, user="U0ANA", text="a", blocks=CARD)
    pressed = {"ts": posted["message_ts"], "block_id": "card", "action_id": "campaign.approve"}
    assert not (await do("press", person="U0BRUNO", channel=HERE, **pressed))["ok"]
    assert not (await do("press", person="U0VISITOR", channel=HERE, **pressed))["ok"]
    other = pressed | {"action_id": "campaign.reject"}
    assert not (await do("press", person="U0ANA", channel=HERE, **other))["ok"]
    assert not bot.requests
    assert (await do("press", person="U0ANA", channel=HERE, **pressed))["ok"]
    payload = payload_of(bot.requests[0])
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


async def test_choices_in_messages_are_remembered(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """Each press tells what it chose, and what that person chose before."""
    posted = await slack.chat_postMessage(channel=HERE, text="a", blocks=MENUS)
    place = {"person": "U0ANA", "channel": HERE, "ts": posted["ts"], "block_id": "when"}
    now, later = MENU_OPTIONS
    assert (await do("press", **place, action_id="pick", selected_option=later))["ok"]
    assert (await do("press", **place, action_id="tick", selected_options=[now, later]))["ok"]
    assert (await do("press", **place, action_id="more", selected_option=now))["ok"]
    picked, ticked, more = map(payload_of, bot.requests)
    assert picked["actions"][0]["selected_option"] == later
    assert ticked["actions"][0]["selected_options"] == [now, later]
    assert more["actions"][0]["selected_option"] == now
    values = more["state"]["values"]["when"]
    assert values["pick"]["selected_option"] == later
    assert (await do("press", **place, action_id="day", selected_date="2026-12-24"))["ok"]
    assert payload_of(bot.requests[-1])["actions"][0]["selected_date"] == "2026-12-24"
    invented = now | {"value": "never"}
    assert not (await do("press", **place, action_id="pick", selected_option=invented))["ok"]


async def test_presses_that_the_bot_misses_are_told(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """In a message and in a modal, in words for the person."""
    view_id = await open_modal(do, bot, slack, modal(*CARD))
    posted = await slack.chat_postMessage(channel=HERE, text="a", blocks=CARD)
    bot.answer = lambda _: Response(status_code=500)
    button = {"person": "U0ANA", "block_id": "card", "action_id": "campaign.approve"}
    in_message = await do("press", **button, channel=HERE, ts=posted["ts"])
    assert in_message == {"ok": False, "error": "Torpedo did not take that (dispatch_failed)"}
    in_modal = await do("modal/press", **button, view_id=view_id)
    assert in_modal == {"ok": False, "error": "We had some trouble connecting. Try again?"}
    assert not (await do("modal/press", **button, view_id="V0"))["ok"]


async def test_a_press_in_a_thread_names_the_thread(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """In its container."""
    first = await slack.chat_postMessage(channel=HERE, text="a")
    reply = await slack.chat_postMessage(channel=HERE, text="b", blocks=CARD, thread_ts=first["ts"])
    pressed = {"ts": reply["ts"], "block_id": "card", "action_id": "campaign.approve"}
    await do("press", person="U0ANA", channel=HERE, **pressed)
    container = payload_of(bot.requests[0])["container"]
    assert container["thread_ts"] == first["ts"]
