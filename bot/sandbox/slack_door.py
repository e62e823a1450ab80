"""The pretend Slack's own addresses: the Web API, response addresses, Socket Mode."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import socket_mode
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
            WebSocketRoute(socket_mode.PATH, self._connect),
        ]

    async def _respond(self, request: Request) -> Response:
        try:
            answer = _read_answer(await request.body())
            self._slack.response_urls.respond(request.path_params["secret"], answer)
        except SlackError as error:
            return JSONResponse(error.as_slack(), 404 if error.word in _GONE else 400)
        return PlainTextResponse("ok")

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
