"""Slack over signed HTTP. The signature is checked first: Bolt reads a body before it looks."""

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from handlers.web.bodies import Gone, TooLarge, read_body

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
TIMESTAMP = "x-slack-request-timestamp"
SIGNATURE = "x-slack-signature"


class SlackDoor:
    """Hands Bolt what Slack has signed within the last five minutes, and nothing else."""

    def __init__(self, app: AsyncApp, *, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def receive(self, request: Request) -> Response:
        """Take a request; what can't be Slack's is turned away before Bolt sees it."""
        try:
            body = await read_body(request.scope, request.receive, limit=LARGEST_BODY)
        except Gone:
            return Response(status_code=400)
        except TooLarge:
            return PlainTextResponse("too large", status_code=413)
        if not self._is_slacks(request, body):
            log.warning("forged slack request")
            return PlainTextResponse("", status_code=401)
        return to_starlette_response(
            await self._app.async_dispatch(to_async_bolt_request(request, body))
        )

    def _is_slacks(self, request: Request, body: bytes) -> bool:
        """Check the signature; what can't even be compared, such as no number, isn't Slack's."""
        timestamp, signature = request.headers.get(TIMESTAMP), request.headers.get(SIGNATURE)
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (ValueError, TypeError):
            return False
