"""A slash command from signed bytes to its ack, beside Bolt's signature check alone."""

from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlencode

from slack_bolt.middleware.request_verification.async_request_verification import (
    AsyncRequestVerification,
)
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Message, Scope

from bot.app import SystemClock
from bot.assembly import build_listeners, build_services
from bot.sandbox.seed import Seed
from bot.services.addresses import CALLBACK_PATH
from bot.settings import Settings
from handlers.slack.kept import KeptTasks
from handlers.slack.listeners import build_app
from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.site import SLACK_PATH, build_site
from handlers.web.slack_door import SlackDoor
from storage import SqliteStore
from tests.bench.measuring import Comparison, Target, compare, milliseconds
from tests.bench.site import by_http

COMMANDS = 300
SECRET = Seed().signing_secret
MEANING = (
    "The whole way of a command (our site and its guard, Bolt's middleware and dispatch, our"
    " listener, the ack) costs so many of its own signature checks. Lower is better; Slack waits"
    " 3,000 ms. The work itself comes after the ack and isn't counted."
)
BODY = urlencode(
    {
        "token": "t",
        "team_id": "T0AURORA",
        "team_domain": "loja-aurora",
        "channel_id": "C0MARKETING",
        "channel_name": "marketing",
        "user_id": "U0ANA",
        "user_name": "ana",
        "command": "/sms-send",
        "text": "31999990001,31988880002 Feliz Natal",
        "api_app_id": "A0TORPEDO",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/commands/T0AURORA/1/x",
        "trigger_id": "1.2.abc",
    }
).encode()


class _Forgetting(KeptTasks):
    """Lets the work that follows an ack go: only the ack is measured."""

    def keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Close it unrun."""
        work.close()


async def measure(folder: Path) -> Comparison:
    """Time both; raises when an ack isn't a 200."""
    site = _build_site(folder)
    verification = AsyncRequestVerification(SECRET)

    async def ack() -> int:
        return await _post(site, _sign())

    async def check() -> int:
        request = AsyncBoltRequest(body=BODY.decode(), headers={**_sign()})
        checked = await verification.async_process(
            req=request, resp=BoltResponse(status=404), next=_accept
        )
        return checked.status

    return await compare(
        "Slash command, signed, to its ack",
        ours=lambda: _time_each(ack),
        theirs=lambda: _time_each(check),
        unit=" ms",
        meaning=MEANING,
        target=Target("beyond", at_most=1.0),
    )


async def _time_each(answer: Callable[[], Awaitable[int]]) -> float:
    async def all_of_them() -> None:
        for _ in range(COMMANDS):
            if (status := await answer()) != HTTPStatus.OK:
                message = f"a signed command was answered {status}"
                raise SystemExit(message)

    return await milliseconds(all_of_them) / COMMANDS


def _sign() -> dict[str, str]:
    now = str(int(time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=BODY)
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": now,
        "x-slack-signature": str(signature),
    }


async def _accept() -> BoltResponse:
    return BoltResponse(status=200)


def _build_site(folder: Path) -> ASGIApp:
    """Build the program's own site; nobody is asked for anything before an ack."""
    clock = SystemClock()
    settings = Settings.model_validate(
        {
            "slack_bot_token": Seed().bot_token,
            "slack_signing_secret": SECRET,
            "slack_api_url": "http://127.0.0.1:9/api/",
            "gateway_url": "http://127.0.0.1:9/painel/api.ashx",
            "gateway_login": Seed().gateway.login,
            "gateway_password": Seed().gateway.password,
            "public_url": "http://127.0.0.1:9",
        }
    )
    client = AsyncWebClient(token=Seed().bot_token, base_url=settings.slack_api_url)
    store = SqliteStore(folder / "acks.db")
    services = build_services(settings, store=store, clock=clock, client=client)
    listeners = build_listeners(services, client=client, tasks=_Forgetting())
    app = build_app(client, signing_secret=SECRET, listeners=listeners)
    return build_site(
        callbacks=Callbacks(services.receiving, clock, path=CALLBACK_PATH),
        health=Health(store, clock, services.gateway.account, by_http),
        slack=SlackDoor(app, signing_secret=SECRET),
    )


async def _post(site: ASGIApp, headers: dict[str, str]) -> int:
    """Hand a request to the site as uvicorn would, and return the status it answers."""
    statuses: list[int] = []
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": SLACK_PATH,
        "raw_path": SLACK_PATH.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await site(scope, receive, send)
    return statuses[0]
