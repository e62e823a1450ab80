"""Socket Mode: envelopes over WebSockets instead of requests over HTTP."""

import asyncio
import json
import secrets
import uuid
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.changes import Changes
from bot.sandbox.json_shapes import JsonObject

PATH = "/socket-mode"


class NoAckError(Exception):
    """The connection went away before the envelope was acknowledged."""


class SocketMode:
    """The open connections of one app; an envelope goes to the newest of them."""

    def __init__(self, changes: Changes, app_id: str) -> None:
        self._changes = changes
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[WebSocket] = []
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[JsonObject]]] = {}

    @property
    def is_connected(self) -> bool:
        """Whether any client is there."""
        return bool(self._connections)

    def issue_ticket(self) -> str:
        """Allow one connection."""
        ticket = secrets.token_urlsafe(18)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Say hello to a client, then take its acknowledgements until it leaves."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close()
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self._connections.append(socket)
        try:
            with suppress(WebSocketDisconnect):
                await socket.send_json(self._hello())
                self._changes.happened()
                while (message := await socket.receive())["type"] != "websocket.disconnect":
                    self._take_ack(message.get("text") or "")
        finally:
            self._connections.remove(socket)
            self._abandon(socket)
            self._changes.happened()

    async def send(self, kind: str, payload: JsonObject, *, may_answer: bool) -> JsonObject:
        """Send an envelope and wait for its acknowledgement: the app's answer, empty if none.

        Raises:
            NoAckError: the client left first.
        """
        envelope_id = str(uuid.uuid4())
        socket = self._connections[-1]
        answer: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = socket, answer
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": may_answer,
        }
        try:
            with suppress(WebSocketDisconnect, RuntimeError):
                # It may be leaving just now; then `_abandon` says so.
                await socket.send_json(envelope)
            return await answer
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "link_disabled") -> None:
        """Ask every client to leave; `refresh_requested` makes a client connect anew."""
        for socket in list(self._connections):
            with suppress(WebSocketDisconnect, RuntimeError):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
                await socket.close()

    def _hello(self) -> JsonObject:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }

    def _take_ack(self, text: str) -> None:
        # What is no acknowledgement of ours is ignored, as Slack does.
        with suppress(ValueError, AttributeError, TypeError, KeyError):
            ack = json.loads(text)
            answer = self._waiting[ack["envelope_id"]][1]
            if not answer.done():
                answer.set_result(ack.get("payload") or {})

    def _abandon(self, socket: WebSocket) -> None:
        for waiting_socket, answer in self._waiting.values():
            if waiting_socket is socket and not answer.done():
                answer.set_exception(NoAckError())
