"""The load: connections that call back as fast as they are answered, in a process of its own.

``python -m tests.bench.load PORT PATH CONNECTIONS CALLS`` prints the answers a second and the
99th of a hundred waits, in milliseconds. It needs nothing but the standard library and no event
loop, so that it is never what is measured.
"""

import json
import selectors
import socket
import sys
from dataclasses import dataclass
from time import perf_counter

BODY = (
    b"data_callback=90001%3B31999990001%3B%3B2026-12-22+12%3A05%3A00%3BENVIADO+COM+SUCESSO%3B"
    b"&data_callback=90001%3B31999990002%3BObrigada%21%3B2026-12-22+12%3A05%3A01%3B%3B"
)
PATIENCE_SECONDS = 60.0
ANSWER_BYTES = 64 * 1024


@dataclass(slots=True)
class _Caller:
    """One connection: how many calls it has left, when the last left, and what came of it."""

    connection: socket.socket
    left: int
    since: float = 0.0
    answer: bytes = b""


def run(port: int, path: str, connections: int, calls: int) -> tuple[float, float]:
    """Call back; any answer but 200 ends it. Each connection calls ``calls`` times."""
    request = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(BODY)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    ).encode() + BODY
    waits: list[float] = []
    with selectors.DefaultSelector() as selector:
        callers = []
        for _ in range(connections):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            callers.append(_Caller(connection, calls))
            selector.register(connection, selectors.EVENT_READ, callers[-1])
        started = perf_counter()
        for caller in callers:
            _call(caller, request)
        while len(waits) < connections * calls:
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                sys.exit("no answer")
            for key, _ in ready:
                _hear(key.data, request, waits)
        seconds = perf_counter() - started
        for caller in callers:
            caller.connection.close()
    waits.sort()
    return len(waits) / seconds, waits[len(waits) * 99 // 100] * 1000


def _call(caller: _Caller, request: bytes) -> None:
    caller.left -= 1
    caller.answer = b""
    caller.since = perf_counter()
    caller.connection.sendall(request)


def _hear(caller: _Caller, request: bytes, waits: list[float]) -> None:
    """Take what came; once the answer is whole, note how long it took and call again."""
    came = caller.connection.recv(ANSWER_BYTES)
    caller.answer += came
    if not came or not caller.answer.startswith(b"HTTP/1.1 200 "[: len(caller.answer)]):
        sys.exit(caller.answer.decode("latin-1") or "hung up")
    if caller.answer.endswith(b"\r\n\r\nOK"):
        waits.append(perf_counter() - caller.since)
        if caller.left:
            _call(caller, request)


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
