"""The platform's call-backs: stored in the bytes they came in, then answered."""

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.domain.errors import StorageError
from bot.domain.replies import Delivery
from bot.ports import Clock
from bot.services.replying import Replying

log = structlog.get_logger()

LARGEST_BODY = 64 * 1024
LARGEST_QUERY = 64 * 1024
RETRY_SECONDS = "5"


class Callbacks:
    """Answers 200 only for what is on disk; a stranger's address is 404."""

    def __init__(self, replying: Replying, clock: Clock) -> None:
        self._replying = replying
        self._clock = clock

    async def receive(self, request: Request) -> Response:
        """Take one call-back, by GET or POST, whatever its bytes."""
        if request.method == "HEAD":  # comes with every GET route, and carries no call-back
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        try:
            body = await read_body(request, limit=LARGEST_BODY)
        except ClientDisconnect:
            return Response(status_code=400)
        query: bytes = request.scope["query_string"]
        if body is None or len(query) > LARGEST_QUERY:
            log.warning("call-back too large", limit=LARGEST_BODY)
            return PlainTextResponse("too large", status_code=413)
        delivery = Delivery(
            key=request.path_params["key"],
            method=request.method,
            query=query,
            content_type=request.headers.get("content-type", ""),
            body=body,
            received_at=self._clock.now(),
        )
        try:
            known = await self._replying.receive(delivery)
        except StorageError as error:
            log.error("call-back not stored", error=str(error))  # noqa: TRY400 - no stack of ours explains a disk
            return PlainTextResponse(
                "try again", status_code=503, headers={"Retry-After": RETRY_SECONDS}
            )
        return PlainTextResponse("OK") if known else PlainTextResponse("", status_code=404)


async def read_body(request: Request, *, limit: int) -> bytes | None:
    """Read a body of at most ``limit`` bytes; ``None`` as soon as it is larger."""
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > limit:
            return None
    return bytes(chunks)
