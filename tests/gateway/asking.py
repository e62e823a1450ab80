"""What the door's tests ask of it, and how the platform wraps its answers."""

import json
import socket
from datetime import UTC, datetime

from bot.domain.ids import GatewayId, Number
from bot.gateway.http_door import HttpDoor

CALLBACK = "https://bot.example.com/c/Zm9v"


async def send(door: HttpDoor) -> GatewayId:
    """Send a small part."""
    numbers = [Number("31999990001"), Number("3188880002")]
    at = datetime(2013, 12, 24, 18, 0, tzinfo=UTC)
    return await door.send("Olá & até já", numbers, callback_url=CALLBACK, send_at=at)


def envelope(data: object, *, status: int = 1, msg: str | None = None) -> str:
    """Wrap an answer as the platform does."""
    return json.dumps({"status": status, "data": data, "msg": msg})


def free_port() -> int:
    """Find a port where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
