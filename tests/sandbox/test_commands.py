"""Slash commands, messages and invitations, and what reaches the bot of them."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox import deliveries
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, OPTIONS, Receiver
from tests.sandbox.desk import HERE, Do, Whispers, answering, command, payload_of


async def test_a_command_arrives_as_slack_sends_it(do: Do, bot: Receiver) -> None:
    """All the fields, with `&`, `<` and `>` as entities."""
    await command(do, "/sms-send 31999990001   Tom & Jerry <3  ")
    payload = payload_of(bot.requests[0])
    assert payload["command"] == "/sms-send"
    assert payload["text"] == "31999990001   Tom &amp; Jerry &lt;3"
    assert (payload["user_id"], payload["user_name"]) == ("U0ANA", "ana")
    assert (payload["team_id"], payload["team_domain"]) == ("T0AURORA", "loja-aurora")
    assert (payload["channel_id"], payload["channel_name"]) == (HERE, "marketing")
    assert payload["is_enterprise_install"] == "false"
    assert payload["response_url"].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("channel", "name"), [("D0ANA", "directmessage"), ("G0DIRETORIA", "privategroup")]
)
async def test_private_places_keep_their_names(
    do: Do, bot: Receiver, channel: str, name: str
) -> None:
    """Slack tells apps only what kind of place it is."""
    await command(do, "/sms-status", channel=channel)
    assert payload_of(bot.requests[0])["channel_name"] == name


async def test_unknown_commands_are_slacks_to_answer(
    do: Do, bot: Receiver, whispers: Whispers
) -> None:
    """The bot never hears of them."""
    await command(do, "/sms-explode now")
    assert whispers("U0ANA") == ["/sms-explode is not a valid command."]
    assert not bot.requests


async def test_plain_words_are_messages(sandbox: Sandbox, do: Do, bot: Receiver) -> None:
    """Everybody sees them; the bot subscribed to nothing and isn't told."""
    await command(do, "bom dia <todos>")
    message = next(sandbox.world.slack.messages.in_channel(HERE))
    assert (message.user, message.content.text) == ("U0ANA", "bom dia &lt;todos&gt;")
    assert not bot.requests


async def test_the_bot_can_be_invited(sandbox: Sandbox, do: Do, slack: AsyncWebClient) -> None:
    """Afterwards it can speak there."""
    await command(do, "/invite @Torpedo", channel="C0GERAL")
    assert (await slack.chat_postMessage(channel="C0GERAL", text="oi"))["ok"]
    assert sandbox.world.slack.workspace.channels["C0GERAL"].has("U0TORPEDO")


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (PlainTextResponse("feito"), ["feito"]),
        (JSONResponse({"response_type": "ephemeral", "text": "só você"}), ["só você"]),
        (Response(), []),
        (Response(status_code=404), ['/sms-status failed with the error "dispatch_failed"']),
        (Response(status_code=500), ['/sms-status failed with the error "dispatch_failed"']),
    ],
)
async def test_what_comes_with_the_ack_is_shown(
    do: Do, bot: Receiver, whispers: Whispers, answer: Response, seen: list[str]
) -> None:
    """Words to the person alone, and Slack's own when the bot failed."""
    bot.answer = lambda _: answer
    await command(do, "/sms-status")
    assert whispers("U0ANA") == seen
    assert whispers("U0BRUNO") == []


async def test_an_ack_can_speak_to_all(sandbox: Sandbox, do: Do, bot: Receiver) -> None:
    """With `in_channel`."""
    bot.answer = lambda _: JSONResponse({"response_type": "in_channel", "text": "todos"})
    await command(do, "/sms-status")
    assert [m.content.text for m in sandbox.world.slack.messages.in_channel(HERE)] == ["todos"]


async def test_no_bot_at_all_is_a_dispatch_failure(do: Do, whispers: Whispers) -> None:
    """Nobody has told Slack where it is."""
    await command(do, "/sms-status")
    assert whispers("U0ANA") == ['/sms-status failed with the error "dispatch_failed"']


async def test_a_late_ack_is_a_timeout(
    do: Do, bot: Receiver, whispers: Whispers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three seconds in the world; none in this test."""
    monkeypatch.setattr(deliveries, "ACK_SECONDS", 0)
    assert bot.url
    await command(do, "/sms-status")
    assert whispers("U0ANA") == ['/sms-status failed with the error "operation_timeout"']


async def test_odd_gestures_are_refused_in_words(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """The page's door answers JSON to anything."""
    gestures = ("type", "press", "modal/press", "modal/submit", "modal/close", "answer", "trouble")
    for gesture in gestures:
        for body in ("", "[]", "{}", '{"person": 1}', "nonsense", "\udcff"):
            content = body.encode("utf-8", "surrogatepass")
            answer = await http.post(f"{sandbox.url}/sandbox/{gesture}", content=content)
            assert not answer.json()["ok"]
            assert answer.json()["error"]


async def test_half_a_letter_breaks_nothing(
    sandbox: Sandbox, bot: Receiver, http: httpx.AsyncClient
) -> None:
    """A lone surrogate becomes a question mark, on its way to the bot and to the page."""
    said = '{"person": "U0ANA", "channel": "C0MARKETING", "text": "/sms-send \\ud83d"}'
    assert (await http.post(f"{sandbox.url}/sandbox/type", content=said)).json()["ok"]
    assert payload_of(bot.requests[0])["text"] == "?"
    plain = said.replace("/sms-send ", "")
    assert (await http.post(f"{sandbox.url}/sandbox/type", content=plain)).json()["ok"]
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    assert state["messages"][HERE][0]["text"] == "?"


@pytest.mark.parametrize(
    ("text", "channel", "words"),
    [
        ("/invite @Torpedo", HERE, "Torpedo is already in this channel."),
        ("/invite @Torpedo", "D0ANA", "You can't invite anybody to a direct message."),
        ("/invite @ninguem", HERE, "There is nobody named '@ninguem' to invite."),
    ],
)
async def test_odd_invitations_are_explained(
    sandbox: Sandbox, do: Do, text: str, channel: str, words: str
) -> None:
    """By Slack, privately."""
    await command(do, text, channel=channel)
    seen = sandbox.world.slack.messages.in_channel(channel, seen_by="U0ANA")
    assert [(m.content.text, m.only_for) for m in seen] == [(words, "U0ANA")]


async def test_bad_answers_to_a_command_are_told(do: Do, bot: Receiver, whispers: Whispers) -> None:
    """Blocks that Slack would refuse don't vanish silently."""
    bot.answer = answering({"text": "a", "blocks": [{"type": "marquee"}]})
    await command(do, "/sms-status")
    assert whispers("U0ANA") == ['/sms-status failed with the error "invalid_blocks"']


async def test_nobody_types_in_archived_channels(sandbox: Sandbox, do: Do) -> None:
    """Nor does nobody type, nor anybody nothing."""
    for person, text in (("U0TORPEDO", "oi"), ("U0", "oi"), ("U0ANA", "  ")):
        assert not (await do("type", person=person, channel=HERE, text=text))["ok"]
    sandbox.world.slack.workspace.channels[HERE].is_archived = True
    assert not (await do("type", person="U0ANA", channel=HERE, text="oi"))["ok"]


async def test_names_become_ids_for_a_command_that_wants_them(
    tmp_path: Path, http: httpx.AsyncClient
) -> None:
    """With `should_escape`, mentions come with what they name; the rest stays as typed."""
    manifest = tmp_path / "manifest.yml"
    text = MANIFEST.read_text(encoding="utf-8")
    manifest.write_text(text.replace("should_escape: false", "should_escape: true"))
    async with Sandbox(replace(OPTIONS, manifest=manifest)) as sandbox:
        said = "/sms-send @ana @aprovadores #geral @quem #onde ana@x"
        typed = {"person": "U0ANA", "channel": HERE, "text": said}
        await http.post(f"{sandbox.url}/sandbox/type", json=typed)
        assert sandbox.world.slack.bot_link.log[0].payload["text"] == (
            "<@U0ANA|ana> <!subteam^S0APPROVE|@aprovadores> <#C0GERAL|geral> @quem #onde ana@x"
        )


async def test_a_bot_that_is_away_is_a_dispatch_failure(
    sandbox: Sandbox, do: Do, whispers: Whispers
) -> None:
    """Whether nobody listens there, or it is no address at all."""
    for url in ("http://127.0.0.1:9/", "http://[", "nowhere"):
        sandbox.events_url = url
        await command(do, "/sms-status")
    assert whispers("U0ANA") == ['/sms-status failed with the error "dispatch_failed"'] * 3
