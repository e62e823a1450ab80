"""Slack over HTTP: what Slack signed goes in, everything else is turned away at the door."""

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route
from structlog.testing import capture_logs

from handlers.web.slack_door import LARGEST_BODY, SlackDoor

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
COMMAND = b"command=/sms&text=help&team_id=T1&user_id=U1&channel_id=C1"


async def _authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")


@pytest.fixture
def seen() -> list[dict[str, Any]]:
    """What reached the program behind the door."""
    return []


@pytest.fixture
def door(seen: list[dict[str, Any]]) -> SlackDoor:
    """A door with a program behind it that takes one command."""
    app = AsyncApp(
        name="behind",
        signing_secret=SECRET,
        authorize=_authorize,
        process_before_response=True,
    )

    @app.command("/sms")
    async def on_sms(ack: AsyncAck, body: dict[str, Any]) -> None:
        seen.append(body)
        await ack()

    return SlackDoor(app, signing_secret=SECRET)


@pytest.fixture
async def web(door: SlackDoor) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody outside."""
    site = Starlette(routes=[Route("/slack/events", door.receive, methods=["POST"])])
    transport = httpx.ASGITransport(site)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


def sign(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """Sign a body as Slack does."""
    timestamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature or "",
        "content-type": FORM,
    }


async def test_what_slack_signed_goes_in(
    web: httpx.AsyncClient, seen: list[dict[str, Any]]
) -> None:
    """And is answered by the program behind."""
    answer = await web.post("/slack/events", content=COMMAND, headers=sign(COMMAND))
    assert answer.status_code == 200
    assert [body["text"] for body in seen] == ["help"]


NOW = str(int(time.time()))
FORGERIES: dict[str, tuple[bytes, dict[str, str]]] = {
    "no signature": (COMMAND, {"x-slack-request-timestamp": NOW}),
    "no headers": (COMMAND, {}),
    "another secret": (COMMAND, sign(COMMAND, secret="guessed")),
    "another body": (COMMAND + b"!", sign(COMMAND)),
    "an hour ago": (COMMAND, sign(COMMAND, at=time.time() - 3600)),
    "an hour ahead": (COMMAND, sign(COMMAND, at=time.time() + 3600)),
    "a time that is none": (COMMAND, sign(COMMAND) | {"x-slack-request-timestamp": "now"}),
    "no time": (COMMAND, sign(COMMAND) | {"x-slack-request-timestamp": ""}),
    "digits from elsewhere": (COMMAND, sign(COMMAND) | {"x-slack-request-timestamp": "٣"}),
    "a time without end": (COMMAND, sign(COMMAND) | {"x-slack-request-timestamp": "9" * 5000}),
    "odd letters": (COMMAND, sign(COMMAND) | {"x-slack-signature": "é"}),
    "no text": (b"\xff\xfe", {"x-slack-request-timestamp": NOW, "x-slack-signature": "v0=0"}),
    "broken JSON": (b"{", sign(b"")),
    "a list": (b"[1]", sign(b"") | {"content-type": "application/json"}),
    "a broken payload": (b"payload=%7B", sign(b"")),
    "deep JSON": (b'{"a":' + b"[" * 100_000, sign(b"")),
    "a number without end": (b'{"a":' + b"9" * 5000 + b"}", sign(b"")),
    "a certificate check": (b"ssl_check=1&command=/sms&text=help", {}),
    "nothing": (b"", {}),
}


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_forged_request_is_401_and_a_line_in_the_log(
    web: httpx.AsyncClient, seen: list[dict[str, Any]], name: str
) -> None:
    """Nothing of it is looked at, so nothing in it can break anything."""
    body, headers = FORGERIES[name]
    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    with capture_logs() as logs:
        answer = await web.post("/slack/events", content=body, headers=raw)
    assert (answer.status_code, answer.text) == (401, "")
    assert [line["event"] for line in logs] == ["forged slack request"]
    assert seen == []


async def test_a_body_larger_than_slacks_is_413(web: httpx.AsyncClient) -> None:
    """Before its signature is worked out."""
    body = b"x" * (LARGEST_BODY + 1)
    assert (await web.post("/slack/events", content=body, headers=sign(body))).status_code == 413


async def test_a_caller_who_hangs_up_is_no_trouble(door: SlackDoor) -> None:
    """Nobody is there to hear the answer."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(ClientDisconnect):
        await request.body()
    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    assert (await door.receive(request)).status_code == 400


def test_a_door_without_a_secret_cant_be_made() -> None:
    """An empty secret would be everybody's."""
    app = AsyncApp(name="behind", signing_secret=SECRET, authorize=_authorize)
    with pytest.raises(ValueError, match="signing_secret"):
        SlackDoor(app, signing_secret="")
