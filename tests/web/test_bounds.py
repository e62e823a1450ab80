"""What one connection may send and how many there may be, on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.bounds import BoundedProtocol
from bot.serving import listen, serving

Open = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class SmallHouse(BoundedProtocol):
    """The same bounds, within a test's reach."""

    longest_head = 3000
    most_served = 2
    most_told = 3


@pytest.fixture
async def connect() -> AsyncIterator[Open]:
    """Connect to a site that reads what it is sent; its bounds are small."""

    async def read(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    async with AsyncExitStack() as stack:
        listener = listen("127.0.0.1", 0)
        stack.callback(listener.close)
        site = Starlette(routes=[Route("/{rest:path}", read, methods=["GET", "POST"])])
        await stack.enter_async_context(serving(site, listener, protocol=SmallHouse))

        async def open_one() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            stack.callback(writer.close)
            return reader, writer

        yield open_one


async def ask(
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes
) -> bytes:
    """Send a request, and read the head of the answer."""
    reader, writer = connection
    writer.write(request)
    return (await reader.readuntil(b"\r\n\r\n")).lower()


async def test_what_is_within_bounds_is_served(connect: Open) -> None:
    """One request after another on a connection, and a body larger than any head may be."""
    connection = await connect()
    for _ in range(3):
        body = b"x" * 9000
        head = b"POST / HTTP/1.1\r\nHost: bot\r\nContent-Length: 9000\r\n\r\n"
        assert (await ask(connection, head + body)).startswith(b"http/1.1 200")
        assert await connection[0].readexactly(4) == b"9000"


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (b"GET /", b"x" * 500),
        (b"GET / HTTP/1.1\r\nHost: bot\r\n", b"Name: " + b"x" * 400 + b"\r\n"),
        (b"GET / HTTP/1.1\r\nHost: bot\r\nName: ", b"x" * 500),
    ],
    ids=["address", "headers", "one header"],
)
async def test_a_head_without_end_is_hung_up_on(connect: Open, start: bytes, more: bytes) -> None:
    """Its bytes would be kept until there is no more memory."""
    reader, writer = await connect()
    writer.write(start)
    for _ in range(SmallHouse.longest_head // len(more) + 2):
        writer.write(more)
    assert (await reader.read()).startswith(b"HTTP/1.1 400")


async def test_what_comes_beside_a_body_has_an_end_too(connect: Open) -> None:
    """Headers may follow a body that comes in chunks; whoever reads it is left alone."""
    reader, writer = await connect()
    writer.write(b"POST / HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\n")
    writer.write(b"1\r\nx\r\n0\r\n")
    for _ in range(12):
        writer.write(b"Name: " + b"x" * 400 + b"\r\n")
    assert await reader.read() == b""


async def test_one_too_many_is_told_to_come_again(connect: Open) -> None:
    """With a time, by whom there is still room to tell; then there is room again."""
    get = b"GET / HTTP/1.1\r\nHost: bot\r\n\r\n"
    served = [await connect() for _ in range(2)]
    for connection in served:
        assert (await ask(connection, get)).startswith(b"http/1.1 200")
    told = await connect()
    beyond = await connect()
    assert await beyond[0].read() == b""
    answer = await ask(told, get)
    assert answer.startswith(b"http/1.1 503")
    assert b"retry-after: 5" in answer
    assert await told[0].read() == b""
    assert (await ask(await connect(), get)).startswith(b"http/1.1 503")
    served[0][1].close()
    await served[0][1].wait_closed()
    for connection in served[1:]:
        await connection[0].readexactly(1)
        assert (await ask(connection, get)).startswith(b"http/1.1 200")
    assert (await ask(await connect(), get)).startswith(b"http/1.1 200")
