"""What the doors' tests ask of them."""

import socket
from datetime import UTC, datetime

from bot.domain.ids import GatewayId, Number
from bot.gateway.door import Door

CALLBACK = "https://bot.example.com/c/Zm9v"


async def send(door: Door) -> GatewayId:
    """Send a small part."""
    numbers = [Number("31999990001"), Number("3188880002")]
    at = datetime(2013, 12, 24, 18, 0, tzinfo=UTC)
    return await door.send("Olá & até já", numbers, callback_url=CALLBACK, send_at=at)


def free_port() -> int:
    """Find a port where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
