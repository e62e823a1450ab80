"""A Slack and an SMS platform on one real socket, which say what a test wants."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from bot.checking import check
from bot.checking.slack import SCOPES
from bot.settings import Settings
from tests.settings.samples import make_settings

ALL_SCOPES = ",".join(SCOPES)
JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What is said to one request."""

    body: str
    kind: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def slack(*, scopes: str | None = ALL_SCOPES, **fields: object) -> Answer:
    """Answer as Slack does; ``error`` among the fields makes it a refusal."""
    body = {"ok": "error" not in fields, **fields}
    headers = {} if scopes is None else {"X-OAuth-Scopes": scopes}
    return Answer(json.dumps(body), headers=headers)


def platform(**fields: object) -> Answer:
    """Answer as the platform does."""
    return Answer(json.dumps({"status": 1, "data": None, "msg": "SUCESSO", **fields}))


@dataclass
class PretendServices:
    """Answers each path with what is set for it, and takes down what it was asked."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self.says("/api/auth.test", slack(team="Loja da Ana", user="torpedo"))
        self.says("/api/apps.connections.open", slack(url="wss://127.0.0.1/link/?ticket=1"))
        self.says("/painel/api.ashx", platform(data=1234.5))

    def says(self, path: str, *answers: Answer) -> None:
        """Give these answers in turn from now on; the last one for ever."""
        self.answers[path] = list(answers)

    def settings(self, **changes: object) -> Settings:
        """Build settings that lead here."""
        home = f"http://127.0.0.1:{self.port}"
        here = {"slack_api_url": f"{home}/api/", "gateway_url": f"{home}/painel/api.ashx"}
        return make_settings(**(here | changes))

    def asked_of(self, path: str) -> list[dict[str, str]]:
        """Tell what each request to a path said."""
        return [said for where, said in self.asked if where == path]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """Listen on a port of the machine's choice."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, *lines = head.split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        target = urlsplit(request.split(" ")[1])
        said = dict(parse_qsl(target.query) + parse_qsl(body.decode()))
        said["authorization"] = headers.get("authorization", "")
        self.asked.append((target.path, said))
        writer.write(self._answer(target.path))
        await writer.drain()
        writer.close()

    def _answer(self, path: str) -> bytes:
        waiting = self.answers.get(path, [Answer("nothing here", "text/plain", 404)])
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        octets = answer.body.encode()
        headers = {
            "Content-Type": answer.kind,
            "Content-Length": len(octets),
            "Connection": "close",
            **answer.headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {answer.status} So\r\n{lines}\r\n".encode() + octets


async def found(settings: Settings, name: str) -> list[tuple[bool, str]]:
    """Check, and return what was found under a name."""
    findings = await check(settings)
    return [(one.ok, one.words) for one in findings if one.name == name]
