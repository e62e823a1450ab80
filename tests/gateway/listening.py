"""Ports that listen and no more: what comes in stays in the kernel's hands (as Linux's does)."""

import asyncio
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nobody_accepts() -> Iterator[socket.socket]:
    """Listen with a full queue: whoever knocks now hears nothing, not even that it is closed.

    A queue of none takes one; the first packet of whoever comes after that is dropped.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        with socket.create_connection(listener.getsockname()):
            select.select([listener], [], [])  # until it stands in the queue
            yield listener


@contextmanager
def nobody_reads() -> Iterator[socket.socket]:
    """Listen where connections stand and nothing is read, with next to no room for what waits.

    Small segments keep the room on the sender's side small, too.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)  # the least there is
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def address_of(listener: socket.socket) -> str:
    """Spell a port's address as the platform's is."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}/painel/api.ashx"


def count_waiting(listener: socket.socket) -> int:
    """Count the connections that stand and were never accepted; each is closed."""
    count = 0
    while (one := _accept(listener)) is not None:
        one.close()
        count += 1
    return count


async def read_waiting(listener: socket.socket) -> list[bytes]:
    """Take in all that came on each connection, up to its end: the other side has to be gone."""
    loop = asyncio.get_running_loop()
    came = []
    while (one := _accept(listener)) is not None:
        with one:
            came.append(b"")
            while octets := await loop.sock_recv(one, 65_536):
                came[-1] += octets
    return came


def _accept(listener: socket.socket) -> socket.socket | None:
    listener.settimeout(0)
    try:
        one, _ = listener.accept()
    except BlockingIOError:
        return None
    one.settimeout(0)
    return one
