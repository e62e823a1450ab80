"""The platform's call-backs: stored in the bytes they came in, then answered.

A flood of them is the busiest hour there is, so they speak ASGI themselves: Starlette's routing,
its request and its response would cost more than storing does.
"""

from collections.abc import Sequence
from http import HTTPStatus

import structlog
from starlette.types import Message, Receive, Scope, Send

from bot.domain.errors import StorageError
from bot.domain.replies import Delivery
from bot.ports import Clock
from bot.services.receiving import Receiving
from handlers.web.bodies import Gone, TooLarge, read_body

log = structlog.get_logger()

LARGEST_BODY = 64 * 1024
LARGEST_QUERY = 64 * 1024
METHODS = frozenset({"GET", "POST"})
RETRY_SECONDS = 5

MOST_IN_HAND = 1000
"""Call-backs that are being read or stored; a further one is told to come again."""
MOST_BYTES_IN_HAND = 16 * 1024 * 1024


class Answer:
    """A whole answer, put together once."""

    def __init__(self, status: HTTPStatus, text: str, headers: Sequence[tuple[str, str]]) -> None:
        body = text.encode()
        all_headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", str(len(body))),
            *headers,
        ]
        self._start: Message = {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.encode(), value.encode()) for name, value in all_headers],
        }
        self._body: Message = {"type": "http.response.body", "body": body}

    async def send(self, send: Send) -> None:
        """Send it."""
        await send(self._start)
        await send(self._body)


STORED = Answer(HTTPStatus.OK, "OK", [])
NOT_WHOLE = Answer(HTTPStatus.BAD_REQUEST, "", [])
NOBODYS = Answer(HTTPStatus.NOT_FOUND, "", [])
WRONG_METHOD = Answer(HTTPStatus.METHOD_NOT_ALLOWED, "", [("allow", "GET, POST")])
TOO_LARGE = Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large", [])
COME_AGAIN = Answer(
    HTTPStatus.SERVICE_UNAVAILABLE, "try again", [("retry-after", str(RETRY_SECONDS))]
)


class Callbacks:
    """Answers 200 only for what is on disk; a stranger's address is 404.

    What can't be taken now is 503 and costs no memory: what is in hand is bounded, in pieces and
    in bytes.
    """

    def __init__(self, receiving: Receiving, clock: Clock, *, path: str) -> None:
        """Take what comes to ``path`` and a key."""
        self._receiving = receiving
        self._clock = clock
        self.path = path
        self._in_hand = 0
        self._bytes_in_hand = 0
        self._is_full = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one call-back, by GET or POST, whatever its bytes."""
        key = scope["path"][len(self.path) :]
        if scope["method"] not in METHODS:
            answer = WRONG_METHOD
        elif not self._receiving.knows(key):
            answer = NOBODYS
        elif self._in_hand >= MOST_IN_HAND:
            answer = self._turn_away()
        else:
            self._in_hand += 1
            try:
                answer = await self._take(key, scope, receive)
            finally:
                self._in_hand -= 1
                self._is_full = self._is_full and self._in_hand > 0
        await answer.send(send)

    async def _take(self, key: str, scope: Scope, receive: Receive) -> Answer:
        query: bytes = scope["query_string"]
        if len(query) > LARGEST_QUERY:
            return _refuse_size()
        try:
            body = await read_body(scope, receive, limit=LARGEST_BODY)
        except TooLarge:
            return _refuse_size()
        except Gone:
            return NOT_WHOLE
        size = len(query) + len(body)
        if self._bytes_in_hand + size > MOST_BYTES_IN_HAND:
            return self._turn_away()
        self._bytes_in_hand += size
        try:
            return await self._store(
                Delivery(
                    key=key,
                    method=scope["method"],
                    query=query,
                    content_type=_content_type(scope),
                    body=body,
                    received_at=self._clock.now(),
                )
            )
        finally:
            self._bytes_in_hand -= size

    def _turn_away(self) -> Answer:
        """Say so once a flood: a line for each would be a flood of its own."""
        if not self._is_full:
            self._is_full = True
            log.error("call-backs turned away", waiting=self._in_hand, bytes=self._bytes_in_hand)
        return COME_AGAIN

    async def _store(self, delivery: Delivery) -> Answer:
        try:
            known = await self._receiving.receive(delivery)
        except StorageError as error:
            log.error("call-back not stored", error=str(error))  # noqa: TRY400 - no stack of ours explains a disk
            return COME_AGAIN
        return STORED if known else NOBODYS


def _refuse_size() -> Answer:
    log.warning("call-back too large", limit=LARGEST_BODY)
    return TOO_LARGE


def _content_type(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"content-type":
            return bytes(value).decode("latin-1")
    return ""
