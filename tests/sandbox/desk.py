"""What the tests of gestures share: cards, modals, and reading what Slack sent."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from tests.sandbox.conftest import Received, Receiver

Json = dict[str, Any]
Do = Callable[..., Awaitable[Json]]
Whispers = Callable[[str], list[str]]
Ask = Callable[..., Awaitable[httpx.Response]]
LOGIN = {"lgn": "aurora", "pwd": "segredo-da-aurora"}
ANA, BIA, NOBODY = "31999990001", "31999990002", "31999990000"
HERE = "C0MARKETING"
SECTION = {"type": "section", "text": {"type": "plain_text", "text": "oi"}}
BUTTON = {
    "type": "button",
    "action_id": "campaign.approve",
    "text": {"type": "plain_text", "text": "Approve"},
    "value": "42",
}
CARD = [{"type": "actions", "block_id": "card", "elements": [BUTTON]}]
TITLE = {"type": "plain_text", "text": "Compose"}
MENU_OPTIONS = [
    {"text": {"type": "plain_text", "text": word}, "value": word} for word in ("now", "later")
]
MENUS = [
    {
        "type": "actions",
        "block_id": "when",
        "elements": [
            {"type": "static_select", "action_id": "pick", "options": MENU_OPTIONS},
            {"type": "checkboxes", "action_id": "tick", "options": MENU_OPTIONS},
            {"type": "datepicker", "action_id": "day"},
            {"type": "overflow", "action_id": "more", "options": MENU_OPTIONS},
        ],
    }
]


def field(block_id: str, **element: object) -> Json:
    """An input block."""
    kind = {"type": "plain_text_input", "action_id": "v"}
    label = {"type": "plain_text", "text": block_id}
    return {"type": "input", "block_id": block_id, "label": label, "element": kind | element}


def modal(*blocks: Json, **more: object) -> Json:
    """A modal with a button to send it."""
    return {"type": "modal", "title": TITLE, "submit": TITLE, "blocks": list(blocks), **more}


def payload_of(received: Received) -> Json:
    """Read what Slack sent: a command's fields, or an interaction."""
    fields = {name: values[0] for name, values in parse_qs(received.body.decode()).items()}
    return dict(json.loads(fields["payload"])) if "payload" in fields else dict(fields)


def answering(body: Json) -> Callable[[Received], Response]:
    """Answer everything with this."""
    return lambda _: JSONResponse(body)


async def command(do: Do, text: str, person: str = "U0ANA", channel: str = HERE) -> None:
    """Type something, which is taken."""
    assert await do("type", person=person, channel=channel, text=text) == {"ok": True}


async def open_modal(do: Do, bot: Receiver, slack: AsyncWebClient, view: Json) -> str:
    """Have the bot open a modal for Ana; tell its id."""
    await command(do, "/sms-send")
    trigger_id = payload_of(bot.requests[-1])["trigger_id"]
    answer = await slack.views_open(trigger_id=trigger_id, view=view)
    return str(answer["view"]["id"])


async def error_of(call: Awaitable[object]) -> str:
    """Tell the word with which a call fails."""
    with pytest.raises(SlackApiError) as failure:
        await call
    return str(failure.value.response["error"])
