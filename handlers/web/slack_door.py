"""Slack over signed HTTP. The door is guarded: Bolt stumbles over some forged requests."""

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from handlers.web.callbacks import read_body

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
TIMESTAMP = "x-slack-request-timestamp"


class SlackDoor:
    """Hands Slack's requests to Bolt, which checks their signature."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app

    async def receive(self, request: Request) -> Response:
        """Take a request; what can't be Slack's is turned away before Bolt sees it."""
        try:
            body = await read_body(request, limit=LARGEST_BODY)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        timestamp = request.headers.get(TIMESTAMP, "")
        if not (timestamp.isascii() and timestamp.isdigit()) or not _is_utf8(body):
            log.warning("forged slack request", reason="malformed")
            return PlainTextResponse("", status_code=401)
        bolt_request = to_async_bolt_request(request, body)
        answer = to_starlette_response(await self._app.async_dispatch(bolt_request))
        if answer.status_code == 401:  # noqa: PLR2004  HTTP's own number
            log.warning("forged slack request", reason="signature")
        return answer


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
