"""A running sandbox, and the clients that real programs would use against it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.changes import Changes
from bot.sandbox.listener import Listener
from bot.sandbox.server import Sandbox, SandboxOptions

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
OPTIONS = SandboxOptions(
    manifest=MANIFEST, port=0, delivery_delay=0, callback_retries=(0.0, 0.0), strict_limits=False
)


@dataclass(frozen=True)
class Received:
    """One request that reached the receiver."""

    method: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The form or query, read as Windows-1252."""
        text = self.body.decode("ascii") if self.body else self.query
        return parse_qsl(text, keep_blank_values=True, encoding="cp1252")


@dataclass
class Receiver:
    """Takes requests as a bot would; `answer` decides what each gets."""

    changes: Changes
    answer: Callable[[Received], Response] = lambda _received: Response()
    requests: list[Received] = field(default_factory=list)
    url: str = ""

    async def take(self, request: Request) -> Response:
        """Keep a request and answer it."""
        body = await request.body()
        received = Received(request.method, request.url.query, dict(request.headers), body)
        self.requests.append(received)
        self.changes.happened()
        return self.answer(received)


@asynccontextmanager
async def listening(changes: Changes) -> AsyncIterator[Receiver]:
    """Run a receiver on a port of its own."""
    receiver = Receiver(changes)
    app = Starlette(routes=[Route("/inbox", receiver.take, methods=["GET", "POST"])])
    listener = Listener(app, "127.0.0.1", 0)
    await listener.start()
    receiver.url = f"http://127.0.0.1:{listener.port}/inbox"
    try:
        yield receiver
    finally:
        await listener.stop()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox on ports that the system picked, quick and without rate limits."""
    async with Sandbox(OPTIONS) as running:
        yield running


@pytest.fixture
async def receiver(sandbox: Sandbox) -> AsyncIterator[Receiver]:
    """Somebody who takes call-backs and Slack's requests."""
    async with listening(sandbox.world.changes) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A plain HTTP client."""
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def slack(sandbox: Sandbox) -> AsyncWebClient:
    """Slack's own client, as the bot uses it."""
    return AsyncWebClient("xoxb-sandbox-bot", base_url=sandbox.slack_api_url)


@pytest.fixture
async def bot(sandbox: Sandbox, receiver: Receiver) -> AsyncIterator[Receiver]:
    """Somebody who takes Slack's requests, and looks at each signature."""
    sandbox.events_url = receiver.url
    yield receiver
    verifier = SignatureVerifier("sandbox-signing-secret")
    for request in receiver.requests:
        assert verifier.is_valid_request(request.body, request.headers)


@pytest.fixture
def do(sandbox: Sandbox, http: httpx.AsyncClient) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Do something on the page."""

    async def act(gesture: str, **given: object) -> dict[str, Any]:
        answer = await http.post(f"{sandbox.url}/sandbox/{gesture}", json=given)
        return dict(answer.json())

    return act


@pytest.fixture
def whispers(sandbox: Sandbox) -> Callable[[str], list[str]]:
    """Tell what only one person sees in #marketing."""

    def read(person: str) -> list[str]:
        seen = sandbox.world.slack.messages.in_channel("C0MARKETING", seen_by=person)
        return [message.content.text for message in seen if message.only_for]

    return read


@pytest.fixture
def ask(sandbox: Sandbox, http: httpx.AsyncClient) -> Callable[..., Awaitable[httpx.Response]]:
    """Ask the platform to do something, logged in."""

    async def ask_platform(action: str, **parameters: str) -> httpx.Response:
        query = {"action": action, "lgn": "aurora", "pwd": "segredo-da-aurora"} | parameters
        return await http.get(sandbox.gateway_url, params=query)

    return ask_platform
