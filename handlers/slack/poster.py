"""The poster: takes news from the outbox and tells it in Slack, paced and in order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import MessageTs
from bot.domain.news import Letter, NewsKind
from bot.domain.parts import growing_pause
from bot.domain.replies import Reply
from bot.domain.standing import CampaignView
from bot.ports import Clock, Store, Transaction
from bot.services.viewing import Viewing
from handlers.blocks.card import render_card
from handlers.blocks.message import Message
from handlers.blocks.stories import render_news
from handlers.blocks.words import Words
from handlers.slack.asking import SlackRefused, SlackUnreachable, ask_slack
from handlers.slack.letters import changed_message, is_update, keep_message, post_anew
from handlers.slack.pace import Pace

log = structlog.get_logger()

Ending = Callable[[Transaction], None]
"""What became of a letter, to be written down."""

BATCH = 100
MESSAGE_GONE = "message_not_found"
CANT_HEAL = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "cant_update_message",
        "thread_not_found",
        "user_not_found",
        "restricted_action",
        "edit_window_closed",
    }
)
BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})


class Poster:
    """Delivers letters. A card is drawn as it is at that moment, so ten changes make one update.

    The notice about a part of unknown fate is drawn so, too: posted once, and changed after.
    """

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        store: Store,
        viewing: Viewing,
        clock: Clock,
        words: Words,
    ) -> None:
        self._client = client
        self._store = store
        self._viewing = viewing
        self._clock = clock
        self._words = words
        self._pace = Pace()
        self._ending: Ending | None = None

    async def recover(self) -> int:
        """Queue again, at start, what a crash left half told."""
        return await self._store.write(lambda tx: tx.outbox.recover())

    async def run(self) -> float | None:
        """Tell everything that may be told now; returns seconds until more may be, if known."""
        await self._write_ending()
        while True:
            now = self._clock.now()
            letters = await self._store.read(self._due)
            ready = [letter for letter in letters if self._allowed_at(letter, now) <= now]
            if not ready:
                return await self._pause(letters)
            for letter in ready:
                if self._allowed_at(letter, self._clock.now()) <= self._clock.now():
                    await self._deliver(letter)

    def _due(self, tx: Transaction) -> tuple[Letter, ...]:
        return tx.outbox.due(self._clock.now(), limit=BATCH)

    async def _pause(self, letters: tuple[Letter, ...]) -> float | None:
        now = self._clock.now()
        moments = [self._allowed_at(letter, now) for letter in letters]
        postponed = await self._store.read(lambda tx: tx.outbox.next_due())
        if postponed is not None and postponed > now:
            moments.append(postponed)
        return (min(moments) - now).total_seconds() if moments else None

    def _allowed_at(self, letter: Letter, now: datetime) -> datetime:
        if is_update(letter):
            return self._pace.update_at(now)
        return self._pace.post_at(letter.channel, now)

    async def _deliver(self, letter: Letter) -> None:
        """Tell one letter. It is taken first: what changes meanwhile waits as another."""
        await self._store.write(lambda tx: tx.outbox.take(letter.id))
        try:
            self._ending = await self._tell(letter)
        except Exception:  # a letter that breaks us waits like any other, and is never left taken
            log.exception("a letter broke us", letter=letter.id)
            self._ending = self._again(letter, "broke")
        await self._write_ending()

    async def _write_ending(self) -> None:
        """Write down what became of the letter in hand.

        Where the disk fails, the next run begins with it: what Slack has isn't told twice.
        """
        if self._ending is not None:
            await self._store.write(self._ending)
            self._ending = None

    async def _tell(self, letter: Letter) -> Ending:
        view, message = await self._render(letter)
        try:
            ts = await self._call(letter, view, message)
        except SlackRefused as error:
            return self._refused(letter, error)
        except SlackUnreachable as error:
            log.warning("slack can't be reached", letter=letter.id, error=str(error))
            return self._again(letter, "away")
        return lambda tx: self._told(tx, letter, ts)

    async def _render(self, letter: Letter) -> tuple[CampaignView, Message]:
        view = await self._viewing.campaign(letter.news.campaign)
        if letter.news.kind is NewsKind.CARD:
            return view, render_card(view, now=self._clock.now(), words=self._words)
        reply = await self._reply_of(letter)
        return view, render_news(letter.news, view, words=self._words, reply=reply)

    async def _reply_of(self, letter: Letter) -> Reply | None:
        reply_id = letter.news.facts.get("reply")
        if letter.news.kind is not NewsKind.REPLY or not isinstance(reply_id, int):
            return None
        return await self._viewing.reply(reply_id)

    async def _call(self, letter: Letter, view: CampaignView, message: Message) -> MessageTs | None:
        """Post or change; blocks that Slack won't take fall back to the text alone."""
        try:
            return await self._send(letter, view, message)
        except SlackRefused as error:
            if error.word not in BAD_BLOCKS:
                raise
            log.exception("slack refused our blocks", letter=letter.id)
            return await self._send(letter, view, replace(message, blocks=[]))

    async def _send(self, letter: Letter, view: CampaignView, message: Message) -> MessageTs | None:
        now = self._clock.now()
        content: dict[str, Any] = {
            "channel": letter.channel,
            "text": message.text,
            "blocks": message.blocks,
            "parse": "none",
        }
        if (changed := changed_message(letter, view)) is not None:
            self._pace.note_update(now)
            await ask_slack(self._client.chat_update, ts=changed, **content)
            return None
        self._pace.note_post(letter.channel, now)
        is_card = letter.news.kind is NewsKind.CARD
        answer = await ask_slack(
            self._client.chat_postMessage,
            **content,
            thread_ts=letter.home or (None if is_card else letter.thread),
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": "torpedo_news", "event_payload": {"letter": letter.id}},
        )
        return MessageTs(answer["ts"])

    def _told(self, tx: Transaction, letter: Letter, ts: MessageTs | None) -> None:
        tx.outbox.told(letter.id, at=self._clock.now(), ts=ts)
        if ts is not None:
            keep_message(tx, letter, ts)

    def _refused(self, letter: Letter, error: SlackRefused) -> Ending:
        """Obey a 429, give up what can't heal, and try everything else again."""
        now = self._clock.now()
        if error.retry_after is not None:
            log.warning("slack asks to wait", seconds=error.retry_after, channel=letter.channel)
            until = now + timedelta(seconds=error.retry_after)
            if is_update(letter):
                self._pace.block_updates(until)
            else:
                self._pace.block_posts(letter.channel, until)
            return lambda tx: tx.outbox.postpone(letter.id, until=until, reason=error.word)
        if error.word == MESSAGE_GONE and is_update(letter):
            return self._post_anew(letter, error.word)
        if error.word in CANT_HEAL:
            log.error("can't be told in slack", letter=letter.id, reason=error.word)
            return lambda tx: tx.outbox.give_up(letter.id, at=now, reason=error.word)
        log.warning("slack said no", letter=letter.id, reason=error.word)
        return self._again(letter, error.word)

    def _post_anew(self, letter: Letter, reason: str) -> Ending:
        """Draw what somebody deleted again: nobody should lose the brake with it."""
        now = self._clock.now()

        def forget_message(tx: Transaction) -> None:
            tx.outbox.give_up(letter.id, at=now, reason=reason)
            post_anew(tx, letter)

        log.warning("a message was deleted in slack; posting it anew", letter=letter.id)
        return forget_message

    def _again(self, letter: Letter, reason: str) -> Ending:
        until = self._clock.now() + growing_pause(letter.attempts + 1)
        return lambda tx: tx.outbox.postpone(letter.id, until=until, reason=reason)
