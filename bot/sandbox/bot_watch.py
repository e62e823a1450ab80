"""Whether the bot is there, as far as the pretend Slack can tell without asking it anything."""

import asyncio
import contextlib
import time
from enum import StrEnum
from urllib.parse import urlsplit

from bot.sandbox.background import Background
from bot.sandbox.changes import Changes
from bot.sandbox.pretend_slack import PretendSlack

_PATIENCE_SECONDS = 1.0
_USUAL_PORTS = {"http": 80, "https": 443}


class BotStanding(StrEnum):
    """How the bot stands to the pretend Slack."""

    NOWHERE = "nowhere"
    """No Socket Mode client, and no address to post to."""
    UNKNOWN = "unknown"
    """There is an address, and nobody has looked yet."""
    SILENT = "silent"
    """Nothing listens at the address."""
    CONNECTED = "connected"


class BotWatch:
    """Knocks at the bot's address: connects and leaves. An address alone says nothing.

    It knocks only when somebody looks, in the background and not too often, so that what is known
    is told at once; whoever wants the news waits for a change.
    """

    def __init__(
        self, changes: Changes, background: Background, slack: PretendSlack, look_seconds: float
    ) -> None:
        self._changes = changes
        self._background = background
        self._slack = slack
        self._is_knocking = False
        self._knocked_at = 0.0
        self._found: tuple[str, bool] | None = None
        self.look_seconds = look_seconds

    @property
    def standing(self) -> BotStanding:
        """What is known now."""
        address = self._slack.bot_link.events_url
        if self._slack.socket_mode.is_connected:
            return BotStanding.CONNECTED
        if address is None:
            return BotStanding.NOWHERE
        if self._found is None or self._found[0] != address:
            return BotStanding.UNKNOWN
        return BotStanding.CONNECTED if self._found[1] else BotStanding.SILENT

    def look(self) -> None:
        """Knock, unless somebody does or just has."""
        address = self._slack.bot_link.events_url
        if address is None or self._slack.socket_mode.is_connected or self._is_knocking:
            return
        is_fresh = time.monotonic() - self._knocked_at < self.look_seconds
        if is_fresh and self.standing is not BotStanding.UNKNOWN:
            return
        self._is_knocking = True
        self._background.start(self._knock(address))

    async def _knock(self, address: str) -> None:
        before = self.standing
        try:
            self._found = address, await _listens(address)
        finally:
            self._is_knocking = False
            self._knocked_at = time.monotonic()
        if self.standing is not before:
            self._changes.happened()


async def _listens(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port or _USUAL_PORTS[parts.scheme]
        async with asyncio.timeout(_PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(parts.hostname or "", port)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
    except (OSError, ValueError, KeyError):
        # OSError: refused, unreachable, or no answer in time. The others: it is no web address.
        return False
    return True
