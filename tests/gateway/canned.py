"""A platform that says, or does, exactly what a test wants: a socket, and nothing clever."""

import asyncio
import re
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Self


class Deed(Enum):
    """What a platform may do instead of answering."""

    HANG = auto()
    CLOSE_AT_ONCE = auto()
    CLOSE_AFTER_READING = auto()
    RESET_AFTER_READING = auto()
    HANG_HALF_WAY = auto()
    BREAK_OFF_HALF_WAY = auto()
    RESET_HALF_WAY = auto()


_HALF_WAY = {Deed.HANG_HALF_WAY, Deed.BREAK_OFF_HALF_WAY, Deed.RESET_HALF_WAY}
_RESETS = {Deed.RESET_AFTER_READING, Deed.RESET_HALF_WAY}
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_HANGS = {Deed.HANG, Deed.HANG_HALF_WAY}


@dataclass
class CannedPlatform:
    """Answers each connection with the same bytes, or does the same deed to it.

    Attributes:
        answer: What it says, or does.
        crowd: How many requests have to be in before the first is answered.
        is_hasty: Whether it acts on the first bytes of anything, as servers do on what they can't
            read, and doesn't wait for a whole request.
        requests: Each whole request that came.
        strays: Every other byte that came, in the pieces in which it was read.
        asked: Set once there is something to answer.
    """

    answer: bytes | Deed = b""
    crowd: int = 1
    is_hasty: bool = False
    requests: list[bytes] = field(default_factory=list)
    strays: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    _at_work: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the platform's HTTP door is."""
        return f"http://127.0.0.1:{self.port}/painel/api.ashx"

    @property
    def targets(self) -> list[str]:
        """What was asked for, byte for byte."""
        return [request.split(b" ", 2)[1].decode("ascii") for request in self.requests]

    def says(self, body: str | bytes, *, status: int = 200, more_headers: str = "") -> None:
        """Answer with this body from now on."""
        octets = body.encode() if isinstance(body, str) else body
        head = f"HTTP/1.1 {status} So\r\n{more_headers}Content-Length: {len(octets)}\r\n\r\n"
        self.answer = head.encode() + octets

    def drip(self) -> None:
        """Send one byte more of each answer that hangs half way."""
        for writer in self._writers:
            writer.write(b" ")

    async def seen(self) -> tuple[int, int]:
        """Count the connections and the whole requests there ever were.

        Connections are taken in the order in which they came: so once one of its own has been
        served, every one before it has been counted; and each is followed to its end.
        """
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write_eof()
        await reader.read()
        writer.close()
        await writer.wait_closed()
        async with asyncio.timeout(20):  # for a door that never hangs up
            await asyncio.wait(self._at_work)
        self.connections -= 1
        return self.connections, len(self.requests)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """Listen on a port of the machine's choice."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=200)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._at_work.append(task)
        self.connections += 1
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                if self.answer is not Deed.CLOSE_AT_ONCE:
                    await self._read(reader)
                    await self._act(reader, writer)
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        if self.is_hasty:
            self.strays.append(await reader.read(1_000_000))
        else:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            self.requests.append(head + body)
        if len(self.requests) >= self.crowd or self.is_hasty:
            self.asked.set()
        await self.asked.wait()

    async def _act(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if isinstance(self.answer, bytes):
            writer.write(self.answer)
            return
        if self.answer in _HALF_WAY:
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"status": 1, ')
        if self.answer in _RESETS:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        if self.answer in _HANGS:
            self._writers.append(writer)
            self.strays.append(await reader.read())
