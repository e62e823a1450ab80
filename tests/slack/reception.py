"""The bot's doors for Slack, with the real services behind them and Slack's own payloads."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.assembly import Services, build_listeners, build_poster, build_services
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message
from bot.sandbox.server import Sandbox
from bot.sandbox.views import View
from handlers.slack.kept import KeptTasks
from handlers.slack.listeners import build_app
from handlers.slack.moments import read_moment
from handlers.slack.poster import Poster
from handlers.web.site import SLACK_PATH
from handlers.web.slack_door import SlackDoor
from storage import SqliteStore
from tests.builders import NOON
from tests.fakes import FrozenClock
from tests.settings.samples import make_settings

SECRET = "sandbox-signing-secret"
ANA, BRUNO, CARLA, GUEST = "U0ANA", "U0BRUNO", "U0CARLA", "U0GUEST"
MARKETING, GENERAL, OPERATIONS = "C0MARKETING", "C0GERAL", "C0OPERACOES"


@dataclass
class Reception:
    """Where Slack's requests come in; the clock stands still, and nothing runs by itself."""

    sandbox: Sandbox
    services: Services
    poster: Poster
    tasks: KeptTasks
    clock: FrozenClock
    web: httpx.AsyncClient

    async def type(
        self, typed: str, *, person: str = ANA, channel: str = MARKETING, **changes: object
    ) -> httpx.Response:
        """Type a slash command, and wait until it is done."""
        slack = self.sandbox.world.slack
        command, _, text = typed.partition(" ")
        place, who = slack.workspace.channels[channel], slack.workspace.people[person]
        secret = slack.response_urls.issue(channel, person)
        payload = slack.payloads.slash_command(who, place, command, text) | {
            "trigger_id": slack.triggers.issue(person),
            "response_url": slack.response_url(secret),
            **changes,
        }
        return await self.deliver(payload)

    async def press(
        self,
        action: str,
        *,
        person: str,
        value: str | None = None,
        option: int | None = None,
        **changes: object,
    ) -> httpx.Response:
        """Press the last button of this kind, or choose from a menu, and wait until it is done.

        With a value it is a button that is there no more, or one of somebody's making.
        """
        slack = self.sandbox.world.slack
        message, element = self.find(action, seen_by=person)
        pressed = {"type": "button", **element, "action_id": action}
        if value is not None:
            pressed["value"] = value
        if option is not None:
            pressed["selected_option"] = pressed["options"][option]
        who, place = slack.workspace.people[person], slack.workspace.channels[message.channel]
        secret = slack.response_urls.issue(place.id, person, message)
        payload = slack.payloads.message_press(who, place, message, pressed) | {
            "trigger_id": slack.triggers.issue(person),
            "response_url": slack.response_url(secret),
            **changes,
        }
        return await self.deliver({"payload": json.dumps(payload)})

    async def submit(self, *, person: str, ticked: str = "", **typed: str) -> httpx.Response:
        """Fill in the modal that somebody has open, send it, and wait until it is done.

        ``when`` is a moment as people type it, which is chosen; empty is as soon as approved.
        ``ticked`` is a field whose one box is ticked.
        """
        if ticked:
            options = self.block(person, ticked)["element"]["options"]
            self.answer(person, ticked)["selected_options"] = options
        await self.fill_in(person=person, **typed)
        return await self.send_form(person=person)

    async def send_form(self, *, person: str) -> httpx.Response:
        """Press the form's own button, once more if need be."""
        slack = self.sandbox.world.slack
        payload = slack.payloads.view_submission(slack.workspace.people[person], self.modal(person))
        return await self.deliver({"payload": json.dumps(payload)})

    async def fill_in(self, *, person: str, when: str | None = None, **typed: str) -> None:
        """Write in the fields of the modal that somebody has open; see ``submit``."""
        if when is not None:
            await self._choose_time(person, when)
        for name, text in typed.items():
            self.answer(person, name)["value"] = text or None

    async def _choose_time(self, person: str, when: str) -> None:
        chosen = self.block(person, "when")["element"]["options"][1 if when else 0]
        if self.answer(person, "when")["selected_option"] != chosen:
            self.answer(person, "when")["selected_option"] = chosen
            await self.press_in_form("compose.when", person=person)
        if when:
            at = read_moment(when, zone=ZoneInfo("America/Sao_Paulo"), now=self.clock.now())
            self.answer(person, "at")["selected_date_time"] = int(at.timestamp())

    async def press_in_form(self, action: str, *, person: str) -> httpx.Response:
        """Use an element of the modal that somebody has open, and wait until it is done."""
        slack = self.sandbox.world.slack
        pressed = {"type": "button", "action_id": action, "block_id": "b"}
        payload = slack.payloads.view_press(
            slack.workspace.people[person], self.modal(person), pressed
        )
        return await self.deliver({"payload": json.dumps(payload)})

    def block(self, person: str, field: str) -> JsonObject:
        """Find a field of the modal that somebody has open."""
        blocks = self.modal(person).blocks
        return next(b for b in blocks if b["block_id"].partition(".")[0] == field)

    def answer(self, person: str, field: str) -> JsonObject:
        """What a field of the modal holds, to be read or changed."""
        (answer,) = self.modal(person).state[self.block(person, field)["block_id"]].values()
        return answer

    def filled(self, person: str) -> dict[str, str]:
        """What the composer's fields hold, as ``submit`` takes it."""
        found = {
            name: self.answer(person, name)["value"] or "" for name in ("name", "text", "numbers")
        }
        at = self.answer(person, "at")["selected_date_time"] if self.has(person, "at") else None
        there = ZoneInfo("America/Sao_Paulo")
        when = "" if at is None else f"{datetime.fromtimestamp(at, there):%d/%m/%Y %H:%M}"
        return {**found, "when": when}

    def has(self, person: str, field: str) -> bool:
        """Whether the modal that somebody has open has this field."""
        blocks = self.modal(person).blocks
        return any(b["block_id"].partition(".")[0] == field for b in blocks)

    async def deliver(self, form: dict[str, Any]) -> httpx.Response:
        """Send a form as Slack does, signed, and wait until what it began is done."""
        body = urlencode(form)
        now = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
        headers = {
            "x-slack-request-timestamp": now,
            "x-slack-signature": signature or "",
            "content-type": "application/x-www-form-urlencoded",
        }
        answer = await self.web.post(SLACK_PATH, content=body, headers=headers)
        await self.tasks.drain(seconds=30)
        return answer

    async def tell(self) -> None:
        """Tell all the news, however long that takes by the clock."""
        while (pause := await self.poster.run()) is not None:
            self.clock.advance(timedelta(seconds=pause))

    def modal(self, person: str) -> View:
        """Find the modal that somebody has open."""
        view = self.sandbox.world.slack.views.top(person)
        assert view is not None, "no modal is open"
        return view

    def find(self, action: str, *, seen_by: str | None = None) -> tuple[Message, dict[str, Any]]:
        """Find the newest button of this kind, or the newest message where there is none."""
        said = list(self.sandbox.world.slack.messages.in_channel(MARKETING, seen_by=seen_by))
        for message in reversed(said):
            for block in message.content.blocks or []:
                for element in block.get("elements", []):
                    if element.get("action_id") == action:
                        return message, element
        return said[-1], {}

    def public(self, channel: str = MARKETING) -> list[str]:
        """List what everybody sees in a channel."""
        said = self.sandbox.world.slack.messages.in_channel(channel)
        return [_all_words(message) for message in said]

    def private(self, person: str = ANA, channel: str = MARKETING) -> list[str]:
        """List what only one person sees in a channel."""
        said = self.sandbox.world.slack.messages.in_channel(channel, seen_by=person)
        return [_all_words(message) for message in said if message.only_for]


def _all_words(message: Message) -> str:
    return f"{message.content.text} {json.dumps(message.content.blocks, ensure_ascii=False)}"


@asynccontextmanager
async def open_reception(
    sandbox: Sandbox, client: AsyncWebClient, folder: Path, **changes: object
) -> AsyncIterator[Reception]:
    """Open the doors for Slack, under settings with these changes."""
    usual: dict[str, object] = {
        "quiet_hours": "off",
        "gateway_url": "http://127.0.0.1:1/x",
        "repeat_hours": 0,
    }
    settings = make_settings(**usual | changes)
    clock, tasks = FrozenClock(NOON), KeptTasks()
    async with SqliteStore(folder / "torpedo.db") as store:
        services = build_services(settings, store=store, clock=clock, client=client)
        listeners = build_listeners(services, client=client, tasks=tasks)
        app = build_app(client, signing_secret=SECRET, listeners=listeners)
        door = SlackDoor(app, signing_secret=SECRET)
        site = Starlette(routes=[Route(SLACK_PATH, door.receive, methods=["POST"])])
        transport = httpx.ASGITransport(site)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as web:
            poster = build_poster(services, client=client)
            yield Reception(sandbox, services, poster, tasks, clock, web)
            await tasks.drain(seconds=30)
