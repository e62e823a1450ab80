"""Response addresses: five uses in half an hour."""

import json

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import response_urls
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Receiver
from tests.sandbox.desk import (
    CARD,
    HERE,
    Do,
    Whispers,
    command,
    payload_of,
)


async def test_response_addresses_work_five_times(
    do: Do, bot: Receiver, whispers: Whispers
) -> None:
    """Even where the bot is no member; the sixth use is refused."""
    await command(do, "/sms-status")
    webhook = AsyncWebhookClient(payload_of(bot.requests[0])["response_url"])
    for number in range(5):
        assert (await webhook.send(text=f"{number}")).body == "ok"
    refused = await webhook.send(text="6")
    assert (refused.status_code, json.loads(refused.body)["error"]) == (404, "used_url")
    assert whispers("U0ANA") == ["0", "1", "2", "3", "4"]


async def test_response_addresses_grow_old(
    do: Do, bot: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an hour in the world; no time at all in this test."""
    await command(do, "/sms-status")
    monkeypatch.setattr(response_urls, "LIFETIME_SECONDS", -1)
    webhook = AsyncWebhookClient(payload_of(bot.requests[0])["response_url"])
    assert json.loads((await webhook.send(text="a")).body)["error"] == "expired_url"


async def test_response_addresses_are_held_to_the_rules(do: Do, bot: Receiver) -> None:
    """Bad blocks are refused there too, and use nothing up."""
    await command(do, "/sms-status")
    webhook = AsyncWebhookClient(payload_of(bot.requests[0])["response_url"])
    refused = await webhook.send(text="a", blocks=[{"type": "marquee"}])
    assert json.loads(refused.body)["error"] == "invalid_blocks"


async def test_a_press_can_replace_or_delete_its_message(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient, whispers: Whispers
) -> None:
    """An ephemeral one stays the person's own."""
    posted = await slack.chat_postEphemeral(channel=HERE, user="U0ANA", text="a", blocks=CARD)
    pressed = {"ts": posted["message_ts"], "block_id": "card", "action_id": "campaign.approve"}
    await do("press", person="U0ANA", channel=HERE, **pressed)
    webhook = AsyncWebhookClient(payload_of(bot.requests[0])["response_url"])
    await webhook.send(text="b", replace_original=True, response_type="in_channel")
    assert whispers("U0ANA") == ["b"]
    await webhook.send(delete_original=True)
    assert not list(sandbox.world.slack.messages.in_channel(HERE, seen_by="U0ANA"))


async def test_an_answer_can_go_into_a_thread(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """One that exists."""
    first = await slack.chat_postMessage(channel=HERE, text="a")
    await command(do, "/sms-status")
    webhook = AsyncWebhookClient(payload_of(bot.requests[0])["response_url"])
    body = {"text": "b", "response_type": "in_channel", "thread_ts": first["ts"]}
    assert (await webhook.send_dict(body)).body == "ok"
    thread = sandbox.world.slack.messages.thread(HERE, first["ts"])
    assert [message.content.text for message in thread] == ["a", "b"]
    refused = await webhook.send_dict(body | {"thread_ts": "1.0"})
    assert json.loads(refused.body)["error"] == "thread_not_found"


async def test_a_command_has_no_message_to_replace_or_delete(
    do: Do, bot: Receiver, whispers: Whispers
) -> None:
    """A replacement is then a new message, and a deletion nothing."""
    await command(do, "/sms-status")
    webhook = AsyncWebhookClient(payload_of(bot.requests[0])["response_url"])
    await webhook.send(delete_original=True)
    await webhook.send(text="a", replace_original=True)
    assert whispers("U0ANA") == ["a"]


async def test_answers_that_are_no_json_are_refused(
    do: Do, bot: Receiver, http: httpx.AsyncClient
) -> None:
    """Neither a list nor noise; and an answer to an invented address goes nowhere."""
    await command(do, "/sms-status")
    url = payload_of(bot.requests[0])["response_url"]
    for body in ("[]", "noise", '{"text": NaN}', "[" * 100_000):
        answer = await http.post(url, content=body)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_payload")
    nowhere = await http.post(url + "x", json={"text": "a", "delete_original": True})
    assert nowhere.json()["error"] == "expired_url"
