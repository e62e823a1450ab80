"""A platform that says, or does, exactly what a test wants: a socket, and nothing clever."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


@dataclass
class CannedPlatform:
    """Answers each connection with the same bytes, or does the same deed to it."""

    answer: bytes | Deed = b""
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)

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

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """Listen on a port of the machine's choice."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self
            self._over.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if self.answer is not Deed.CLOSE_AT_ONCE:
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
                await self._act(writer)
        finally:
            writer.close()

    async def _act(self, writer: asyncio.StreamWriter) -> None:
        if isinstance(self.answer, bytes):
            writer.write(self.answer)
        elif self.answer is Deed.HANG:
            await self._over.wait()
        elif self.answer is Deed.RESET_AFTER_READING:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        elif self.answer is not Deed.CLOSE_AFTER_READING:
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"status": 1, ')
            if self.answer is Deed.HANG_HALF_WAY:
                await self._over.wait()
