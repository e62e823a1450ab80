"""Fetching what people share, from Slack and from nowhere else."""

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.file_refusals import FileNotGiven, FileTooLarge
from bot.domain.ids import UserId
from bot.ports import SharedFile
from handlers.slack.asking import SlackRefused, SlackUnreachable, ask_slack

log = structlog.get_logger()

FILES = URL("https://files.slack.com")
"""Where Slack keeps files, whatever the address of its Web API."""
PATIENCE = aiohttp.ClientTimeout(total=60)
CHUNK = 65_536
"""Bytes."""
_OK = 200


class SlackFiles:
    """``ports.FileSource`` at Slack (``files:read``).

    The bot's token opens every file of the workspace, so it goes to Slack's own host only,
    follows no redirect, and nothing larger than was asked for is read.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._headers = {
            "Authorization": f"Bearer {client.token}",
            "Accept-Encoding": "identity",
        }
        self._hosts = {FILES, URL(client.base_url).origin()}

    async def fetch(self, file: SharedFile, *, most_bytes: int) -> bytes:
        """Fetch one; raises ``FileNotGiven``, or ``FileTooLarge`` as soon as it is seen to be."""
        url = self._read_url(file)
        try:
            async with (
                aiohttp.ClientSession(timeout=PATIENCE, auto_decompress=False) as session,
                session.get(url, headers=self._headers, allow_redirects=False) as answer,
            ):
                if answer.status != _OK or answer.content_type == "text/html":
                    # A page is Slack's way to say that the token lacks the scope.
                    log.warning("slack gave no file", status=answer.status, file=file.id)
                    raise FileNotGiven
                return await _read(answer.content, most_bytes)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("file not fetched", error=type(error).__name__, file=file.id)
            raise FileNotGiven from error

    async def give(self, user: UserId, *, name: str, content: bytes, comment: str) -> bool:
        """Put a file into somebody's direct messages with Torpedo; whether Slack took it.

        It is a help and no record: where Slack doesn't take it, that is logged and no more.
        """
        try:
            room = await ask_slack(self._client.conversations_open, users=user)
            await ask_slack(
                self._client.files_upload_v2,
                content=content,
                filename=name,
                title=name,
                channel=room["channel"]["id"],
                initial_comment=comment,
            )
        except (SlackRefused, SlackUnreachable) as error:
            log.warning("file not given", error=str(error), name=name)
            return False
        return True

    def _read_url(self, file: SharedFile) -> URL:
        """Read a file's address; the same object is checked and asked, so both mean one host."""
        try:
            url = URL(file.url)
            is_slacks = url.user is None and url.origin() in self._hosts
        except ValueError:
            is_slacks = False
        if not is_slacks:
            log.warning("file isn't at slack", file=file.id)
            raise FileNotGiven
        return url


async def _read(content: aiohttp.StreamReader, most_bytes: int) -> bytes:
    read = bytearray()
    async for chunk in content.iter_chunked(CHUNK):
        read += chunk
        if len(read) > most_bytes:
            raise FileTooLarge(most_bytes)
    return bytes(read)
