"""Slack reaching the app: signed requests, or Socket Mode when a client is connected."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

import httpx

from bot.sandbox.changes import Changes
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.socket_mode import NoAckError, SocketMode

ACK_SECONDS = 3.0


class Kind(StrEnum):
    """What is delivered, by its name in Socket Mode."""

    SLASH_COMMAND = "slash_commands"
    INTERACTION = "interactive"


class Failure(StrEnum):
    """How a delivery failed, in the words that people see."""

    TIMEOUT = "operation_timeout"
    DISPATCH = "dispatch_failed"


@dataclass(frozen=True, slots=True)
class Ack:
    """What came back: the app's answer (empty, JSON, or bare text), or why there is none."""

    body: JsonObject
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery, for tests to look at."""

    kind: Kind
    payload: JsonObject
    ack: Ack


class BotLink:
    """The way to the app; `events_url` may be set once the app is up."""

    def __init__(
        self, changes: Changes, socket_mode: SocketMode, signing_secret: str, events_url: str | None
    ) -> None:
        self._changes = changes
        self._socket_mode = socket_mode
        self._signing_secret = signing_secret
        self._client = httpx.AsyncClient(timeout=None, trust_env=False)  # noqa: S113 - ACK_SECONDS
        self.events_url = events_url
        self.log: list[Delivered] = []

    async def deliver(self, kind: Kind, payload: JsonObject) -> Ack:
        """Deliver one payload and wait for its acknowledgement, 3 s at most."""
        try:
            async with asyncio.timeout(ACK_SECONDS):
                if self._socket_mode.is_connected:
                    ack = Ack(await self._send_envelope(kind, payload))
                else:
                    ack = await self._post(kind, payload)
        except TimeoutError:
            ack = Ack({}, Failure.TIMEOUT)
        except NoAckError:
            ack = Ack({}, Failure.DISPATCH)
        self.log.append(Delivered(kind, payload, ack))
        self._changes.happened()
        return ack

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _send_envelope(self, kind: Kind, payload: JsonObject) -> JsonObject:
        may_answer = kind is Kind.SLASH_COMMAND or payload["type"] == "view_submission"
        return await self._socket_mode.send(kind.value, payload, may_answer=may_answer)

    async def _post(self, kind: Kind, payload: JsonObject) -> Ack:
        if not self.events_url:
            return Ack({}, Failure.DISPATCH)
        fields = payload if kind is Kind.SLASH_COMMAND else {"payload": json.dumps(payload)}
        body = urlencode(fields)
        try:
            headers = self._sign(body)
            answer = await self._client.post(self.events_url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            return Ack({}, Failure.DISPATCH)
        if not answer.is_success:
            return Ack({}, Failure.DISPATCH)
        return Ack(_read_body(answer))

    def _sign(self, body: str) -> dict[str, str]:
        now = str(int(time.time()))
        signed = f"v0:{now}:{body}".encode()
        digest = hmac.new(self._signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        return {
            "content-type": "application/x-www-form-urlencoded",
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": now,
            "x-slack-signature": f"v0={digest}",
        }


def _read_body(answer: httpx.Response) -> JsonObject:
    text = answer.text.strip()
    if not text:
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"text": text}
