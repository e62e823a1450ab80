"""The pretend Slack's own addresses: the Web API, response addresses, Socket Mode."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import socket_mode
from bot.sandbox.files import DOWNLOAD_PATH, PRIVATE_PATH, UPLOAD_PATH, StoredFile
from bot.sandbox.json_shapes import JsonObject, read_json
from bot.sandbox.pretend_slack import RESPONSE_PATH, PretendSlack
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.door import WebApiDoor

API_PATH = "/api/"
_GONE = {"expired_url", "used_url"}


class SlackDoor:
    """What an app can reach of the pretend Slack."""

    def __init__(self, slack: PretendSlack) -> None:
        self._slack = slack
        self._web_api = WebApiDoor(slack)

    def routes(self) -> list[BaseRoute]:
        """Tell what this door answers."""
        return [
            Route(API_PATH + "{method}", self._web_api.answer, methods=["GET", "POST"]),
            Route(RESPONSE_PATH + "/{secret}", self._respond, methods=["POST"]),
            Route(UPLOAD_PATH + "/{secret}", self._upload, methods=["POST"]),
            Route(DOWNLOAD_PATH + "/{file_id}/{name}", self._download),
            Route(PRIVATE_PATH + "/{file_id}/{name}", self._hand_over),
            WebSocketRoute(socket_mode.PATH, self._connect),
        ]

    async def _respond(self, request: Request) -> Response:
        try:
            answer = _read_answer(await request.body())
            self._slack.response_urls.respond(request.path_params["secret"], answer)
        except SlackError as error:
            return JSONResponse(error.as_slack(), 404 if error.word in _GONE else 400)
        return PlainTextResponse("ok")

    async def _upload(self, request: Request) -> Response:
        """Take a file's bytes at the address that was given out for it."""
        content = await request.body()
        if not self._slack.files.receive(request.path_params["secret"], content):
            return PlainTextResponse("no such upload, or another length", 400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        """Hand a shared file out, to be kept and never shown as a page of ours."""
        file = self._find(request)
        if file is None or file.content is None or file.is_given:
            return PlainTextResponse("no such file", 404)
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return Response(file.content, media_type="application/octet-stream", headers=headers)

    async def _hand_over(self, request: Request) -> Response:
        """Hand what a person gave to the app alone; others are sent to where they may log in."""
        token = request.headers.get("authorization", "")
        may = "files:read" in self._slack.manifest.scopes
        if not may or token != f"Bearer {self._slack.seed.bot_token}":
            return RedirectResponse(f"{self._slack.url}/", 302)
        file = self._find(request)
        if file is None or file.content is None or not file.is_given:
            return PlainTextResponse("no such file", 404)
        kind = file.as_slack("")["mimetype"]
        return Response(file.content, media_type=kind)

    def _find(self, request: Request) -> StoredFile | None:
        file = self._slack.files.find(request.path_params["file_id"])
        return file if file is not None and file.name == request.path_params["name"] else None

    async def _connect(self, socket: WebSocket) -> None:
        await self._slack.socket_mode.serve(socket)


def _read_answer(body: bytes) -> JsonObject:
    try:
        answer = read_json(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise SlackError(word="invalid_payload")
    return answer
