"""Reading a request's body, no further than it is wanted."""

from starlette.types import Receive, Scope


class TooLarge(Exception):
    """A body that is larger than its reader takes."""


class Gone(Exception):
    """Whoever sent the request hung up before its end."""


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """Read a body of at most ``limit`` bytes.

    Raises ``TooLarge`` as soon as it says or turns out to be larger, and ``Gone``.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and _says_more(value, limit):
            raise TooLarge
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body", False):
        whole: bytes = message.get("body", b"")  # nearly all of them, in one piece
        if len(whole) > limit:
            raise TooLarge
        return whole
    chunks = bytearray()
    while True:
        if message["type"] != "http.request":
            raise Gone
        chunks += message.get("body", b"")
        if len(chunks) > limit:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(chunks)
        message = await receive()


def _says_more(length: bytes, limit: int) -> bool:
    """Whether a length that a header names is over the limit; of any number of digits."""
    digits = length.strip().lstrip(b"0")
    return digits.isdigit() and (len(digits) > len(str(limit)) or int(digits) > limit)
