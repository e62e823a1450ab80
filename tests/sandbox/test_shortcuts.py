"""Shortcuts in the menus of messages."""

from pathlib import Path

import httpx
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.manifest import MessageShortcut, read_manifest
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Receiver
from tests.sandbox.desk import HERE, Do, payload_of

MANIFEST = """
features:
  shortcuts:
    - {name: Send as SMS, type: message, callback_id: send_as_sms, description: d}
    - {name: Anywhere, type: global, callback_id: other, description: d}
oauth_config: {scopes: {bot: [commands]}}
"""


def test_only_those_beside_messages_are_shown_there(tmp_path: Path) -> None:
    """Others are in a menu that the page doesn't have."""
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    assert read_manifest(path).shortcuts == (MessageShortcut("Send as SMS", "send_as_sms"),)


async def test_a_shortcut_arrives_with_its_message(
    do: Do,
    bot: Receiver,
    slack: AsyncWebClient,
    sandbox: Sandbox,
    http: httpx.AsyncClient,
) -> None:
    """Who chose it, the message, and a trigger id; the page knows its name."""
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    assert state["shortcuts"] == [{"name": "Send as SMS", "callback_id": "send_as_sms"}]
    posted = await slack.chat_postMessage(channel=HERE, text="Feliz Natal")
    chosen = {"channel": HERE, "ts": posted["ts"], "callback_id": "send_as_sms"}
    assert (await do("shortcut", person="U0BRUNO", **chosen))["ok"]
    payload = payload_of(bot.requests[0])
    assert (payload["type"], payload["callback_id"]) == ("message_action", "send_as_sms")
    assert payload["user"]["id"] == "U0BRUNO"
    assert payload["channel"] == {"id": HERE, "name": "marketing"}
    assert payload["message"]["text"] == "Feliz Natal"
    assert payload["message_ts"] == posted["ts"]
    assert payload["trigger_id"]
    assert payload["response_url"]


async def test_what_isnt_there_cant_be_chosen(do: Do, bot: Receiver, slack: AsyncWebClient) -> None:
    """No other shortcut, and no message that only one person sees."""
    posted = await slack.chat_postMessage(channel=HERE, text="a")
    chosen = {"channel": HERE, "ts": posted["ts"], "callback_id": "send_as_sms"}
    assert not (await do("shortcut", person="U0ANA", **chosen | {"callback_id": "x"}))["ok"]
    assert not (await do("shortcut", person="U0ANA", **chosen | {"ts": "1.2"}))["ok"]
    private = await slack.chat_postEphemeral(channel=HERE, user="U0ANA", text="a")
    assert not (await do("shortcut", person="U0ANA", **chosen | {"ts": private["message_ts"]}))[
        "ok"
    ]
    assert not bot.requests
