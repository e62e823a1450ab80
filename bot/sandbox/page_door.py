"""The page at `/`, and its JSON door `/sandbox/*`."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Protocol

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.sandbox.faults import EVERY_REQUEST
from bot.sandbox.files import GIVEN_LARGEST
from bot.sandbox.gestures import filling_in, pressing, typing_box
from bot.sandbox.gestures.gesture import GestureError, find_actor
from bot.sandbox.json_shapes import JsonObject, read_json
from bot.sandbox.page_log import render_log
from bot.sandbox.page_state import render_state
from bot.sandbox.slack_error import SlackError
from bot.sandbox.sms_platform import NothingToAnswerError
from bot.sandbox.troubles import Trouble
from bot.sandbox.world import World

_FOLDER = Path(__file__).parent / "page"
_NO_CACHE = {"cache-control": "no-store"}
_LEAST_SECONDS_BETWEEN_EVENTS = 0.1


class SetTrouble(Protocol):
    """How the platform is given a trouble."""

    def __call__(self, kind: Trouble, *, scope: str, times: int) -> Awaitable[None]:
        """Give it; raises `GestureError` when that one can't be."""
        ...


_Act = Callable[[JsonObject], Awaitable[JsonObject | None]]


class _FreshFiles(StaticFiles):
    """Files as they are now: whoever edits the page sees it at the next reload."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_NO_CACHE)
        return response


class PageDoor:
    """Lets a browser see the world and act in it as any of its people."""

    def __init__(self, world: World, set_trouble: SetTrouble) -> None:
        self._world = world
        self._set_trouble = set_trouble

    def routes(self) -> list[BaseRoute]:
        """Tell what this door answers."""
        acts: dict[str, _Act] = {
            "type": self._type,
            "press": self._press,
            "shortcut": self._choose_shortcut,
            "modal/press": self._press_in_modal,
            "modal/submit": self._submit,
            "modal/close": self._close,
            "answer": self._answer,
            "clock": self._set_clock,
            "trouble": self._trouble,
            "repeat": self._repeat,
        }
        return [
            Route("/", self._page),
            Mount("/page", _FreshFiles(directory=_FOLDER, check_dir=False)),
            Route("/sandbox/state", self._state),
            Route("/sandbox/events", self._events),
            Route("/sandbox/log", self._log),
            Route("/sandbox/upload", self._upload, methods=["POST"]),
            *(
                Route(f"/sandbox/{name}", _door_to(act), methods=["POST"])
                for name, act in acts.items()
            ),
        ]

    async def _page(self, _request: Request) -> Response:
        return FileResponse(_FOLDER / "index.html", headers=_NO_CACHE)

    async def _state(self, request: Request) -> Response:
        faces = self._world.slack.workspace.faces
        try:
            person = find_actor(
                self._world.slack, request.query_params.get("person") or faces[0].id
            )
        except GestureError as error:
            return _refuse(str(error), 404)
        self._world.bot_watch.look()
        return JSONResponse(render_state(self._world, person), headers=_NO_CACHE)

    async def _log(self, _request: Request) -> Response:
        return JSONResponse(render_log(self._world), headers=_NO_CACHE)

    async def _upload(self, request: Request) -> Response:
        """Take a file that a person chose in a form, named in the query, as the body's bytes."""
        slack, given = self._world.slack, request.query_params
        try:
            person = find_actor(slack, given.get("person", ""))
            content = await _read_body(request, most=GIVEN_LARGEST)
            file = slack.files.give(given.get("name") or "file", content, user=person.id)
        except GestureError as error:
            return _refuse(str(error))
        except SlackError:
            return _refuse(f"a file has 1 to {GIVEN_LARGEST:,} bytes")
        return JSONResponse({"ok": True, "file": file.as_slack(slack.url)})

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=_NO_CACHE)

    async def _stream(self) -> AsyncIterator[str]:
        changes, watch, told = self._world.changes, self._world.bot_watch, -1
        while True:
            while changes.revision == told and not changes.is_closed:
                # Somebody has the page open, and would like to see the bot go and come.
                watch.look()
                await changes.next_one(within=watch.look_seconds)
            if changes.is_closed:
                return
            told = changes.revision
            yield f"data: {json.dumps({'revision': told})}\n\n"
            await changes.pause(_LEAST_SECONDS_BETWEEN_EVENTS)

    async def _type(self, given: JsonObject) -> None:
        slack = self._world.slack
        await typing_box.type_text(slack, given["person"], given["channel"], given["text"])

    async def _press(self, given: JsonObject) -> None:
        person, channel, ts = given["person"], given["channel"], given["ts"]
        await pressing.press_in_message(self._world.slack, person, channel, ts, given)

    async def _choose_shortcut(self, given: JsonObject) -> None:
        person, channel, ts = given["person"], given["channel"], given["ts"]
        slack, chosen = self._world.slack, given["callback_id"]
        await pressing.choose_shortcut(slack, person, channel, ts, chosen)

    async def _press_in_modal(self, given: JsonObject) -> None:
        await pressing.press_in_modal(self._world.slack, given["person"], given)

    async def _submit(self, given: JsonObject) -> JsonObject:
        state = given.get("state") or {}
        slack = self._world.slack
        errors = await filling_in.submit(slack, given["person"], given["view_id"], state)
        return {"errors": errors}

    async def _close(self, given: JsonObject) -> None:
        await filling_in.dismiss(self._world.slack, given["person"], given["view_id"])

    async def _answer(self, given: JsonObject) -> None:
        try:
            self._world.platform.answer(str(given["number"]), str(given["text"]))
        except NothingToAnswerError as error:
            words = "that phone has no SMS whose sender listens for answers"
            raise GestureError(words) from error

    async def _set_clock(self, given: JsonObject) -> JsonObject:
        clock = self._world.clock
        if "speed" in given:
            clock.set_speed(given["speed"])
        if "advance" in given:
            clock.advance(given["advance"])
        return {"now": clock.now().isoformat(timespec="seconds"), "speed": clock.speed}

    async def _trouble(self, given: JsonObject) -> JsonObject:
        scope, times = given.get("scope", EVERY_REQUEST), given.get("times", 0)
        await self._set_trouble(Trouble(given["kind"]), scope=scope, times=times)
        return {"revision": self._world.changes.revision}

    async def _repeat(self, _given: JsonObject) -> None:
        if not self._world.courier.repeat_newest():
            words = "the platform has called nobody back yet"
            raise GestureError(words)


def _door_to(act: _Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            given = read_json(await request.body())
            if not isinstance(given, dict):
                return _refuse("a JSON object is wanted", 400)
            return JSONResponse({"ok": True, **(await act(given) or {})})
        except GestureError as error:
            return _refuse(str(error))
        except KeyError as error:
            return _refuse(f"missing: {error}", 400)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            return _refuse(f"not understood: {error}", 400)

    return answer


async def _read_body(request: Request, *, most: int) -> bytes:
    """Read a body, and of one that is too large only enough to see it."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            break
    return bytes(content)


def _refuse(words: str, status: int = 200) -> Response:
    return JSONResponse({"ok": False, "error": words}, status)
