"""Telling Slack: a post, a change, a file; and finding again what it may have taken."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import MessageTs
from bot.domain.news import Letter, NewsKind
from bot.ports import Clock
from handlers.blocks.message import Message
from handlers.blocks.reply_files import ReplyFile
from handlers.slack.asking import SlackRefused, ask_slack
from handlers.slack.letters import changed_message, thread_of
from handlers.slack.pace import FILES, HISTORY, OPEN, REPLIES, UPDATE, Pace
from handlers.slack.posts import Post

log = structlog.get_logger()

EVENT = "torpedo_news"
BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
AROUND = timedelta(minutes=10)
"""How far from our clock Slack's may be, and how long it may take to show a message."""
PAGE = 200


class Teller:
    """Tells Slack what was drawn, and counts what it says against ``pace``.

    ``client`` must not repeat a request by itself: Slack may have taken the first.
    """

    def __init__(self, client: AsyncWebClient, *, clock: Clock, pace: Pace) -> None:
        self._client = client
        self._clock = clock
        self._pace = pace

    async def tell(self, post: Post, drawn: Message | ReplyFile) -> MessageTs | None:
        """Post it, or change what is there; tell which message it became, where Slack says so.

        Raises:
            SlackRefused: Slack said no.
            SlackUnreachable: nobody knows, unless it never left.
        """
        if isinstance(drawn, ReplyFile):
            await self._upload(post, drawn)
            return None
        try:
            return await self._say(post, drawn)
        except SlackRefused as error:
            if error.word not in BAD_BLOCKS:
                raise
            log.exception("slack refused our blocks", letter=post.letter.id)
            return await self._say(post, replace(drawn, blocks=[]))

    async def find(self, letter: Letter) -> MessageTs | None:
        """Find the message that a letter was put in, if Slack took it; ``None`` if it didn't.

        It is looked for where it would stand, around the time when it was posted, by the key in
        its metadata, or in the name of its file.
        """
        tried_at, key = letter.tried_at or self._clock.now(), letter.post or ""
        span = {"oldest": _spell(tried_at - AROUND), "latest": _spell(tried_at + AROUND)}
        channel = await self._room(letter)
        thread, cursor = thread_of(letter), ""
        while True:
            page: dict[str, Any] = {**span, "channel": channel, "limit": PAGE}
            page |= {"include_all_metadata": True, "cursor": cursor}
            if thread is None:
                self._pace.note(HISTORY, self._clock.now())
                answer = await ask_slack(self._client.conversations_history, **page)
            else:
                self._pace.note(REPLIES, self._clock.now())
                answer = await ask_slack(self._client.conversations_replies, ts=thread, **page)
            if ts := _find_in(answer["messages"], key):
                return ts
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None

    async def _say(self, post: Post, message: Message) -> MessageTs | None:
        letter = post.letter
        content: dict[str, Any] = {
            "text": message.text,
            "blocks": message.blocks,
            "parse": "none",
        }
        if (changed := changed_message(letter)) is not None:
            self._pace.note(UPDATE, self._clock.now())
            await ask_slack(self._client.chat_update, channel=letter.channel, ts=changed, **content)
            return None
        channel = await self._room(letter)
        self._pace.note_post(letter.channel, self._clock.now())
        answer = await ask_slack(
            self._client.chat_postMessage,
            channel=channel,
            **content,
            thread_ts=thread_of(letter),
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT, "event_payload": {"key": post.key}},
        )
        return MessageTs(answer["ts"])

    async def _upload(self, post: Post, file: ReplyFile) -> None:
        """Upload a file into the thread; Slack doesn't tell which message shows it."""
        letter, now = post.letter, self._clock.now()
        self._pace.note(FILES, now)
        self._pace.note_post(letter.channel, now)
        await ask_slack(
            self._client.files_upload_v2,
            content=file.content,
            filename=file.name,
            title=file.title,
            channel=letter.channel,
            thread_ts=thread_of(letter),
            initial_comment=file.comment,
        )

    async def _room(self, letter: Letter) -> str:
        """Find where it is told: the channel, or the direct messages with the requester."""
        if letter.news.kind is not NewsKind.CANT_TELL:
            return letter.channel
        self._pace.note(OPEN, self._clock.now())
        answer = await ask_slack(self._client.conversations_open, users=letter.channel)
        return str(answer["channel"]["id"])


def _find_in(messages: Iterable[Mapping[str, Any]], key: str) -> MessageTs | None:
    for message in messages:
        metadata = message.get("metadata") or {}
        is_ours = metadata.get("event_type") == EVENT
        if is_ours and (metadata.get("event_payload") or {}).get("key") == key:
            return MessageTs(message["ts"])
        if any(f"-{key}." in str(file.get("name")) for file in message.get("files") or ()):
            return MessageTs(message["ts"])
    return None


def _spell(moment: datetime) -> str:
    """Spell a moment as Slack spells a message's."""
    return f"{moment.timestamp():.6f}"
