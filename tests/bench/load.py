"""The load: 50 connections that call back as fast as they are answered, in a process of its own.

``python -m tests.bench.load PORT PATH`` prints the answers a second. It needs nothing but the
standard library, so that it is never what is measured.
"""

import asyncio
import sys
from time import perf_counter

CONNECTIONS = 50
CALLS = 60
"""A connection's calls."""
BODY = (
    b"data_callback=90001%3B31999990001%3B%3B2026-12-22+12%3A05%3A00%3BENVIADO+COM+SUCESSO%3B"
    b"&data_callback=90001%3B31999990002%3BObrigada%21%3B2026-12-22+12%3A05%3A01%3B%3B"
)


async def run(port: int, path: str) -> float:
    """Call back, and return how many answers a second came; any but 200 ends it."""
    request = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(BODY)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    ).encode() + BODY
    opening = (asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS))
    connections = await asyncio.gather(*opening)
    started = perf_counter()
    await asyncio.gather(*(_call(*connection, request) for connection in connections))
    seconds = perf_counter() - started
    for _, writer in connections:
        writer.close()
    return CONNECTIONS * CALLS / seconds


async def _call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    for _ in range(CALLS):
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200 "):
            raise SystemExit(head.decode("latin-1"))
        _, _, length = head.partition(b"content-length: ")
        await reader.readexactly(int(length.split(b"\r\n", 1)[0]))


if __name__ == "__main__":
    print(asyncio.run(run(int(sys.argv[1]), sys.argv[2])))
