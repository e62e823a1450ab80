"""The poster: takes news from the outbox and tells it in Slack, paced, in order and once."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Clock, Store, Transaction
from bot.services.viewing import Viewing
from handlers.blocks.message import Message
from handlers.blocks.reply_files import ReplyFile
from handlers.blocks.words import Words
from handlers.slack import endings
from handlers.slack.asking import SlackRefused, SlackUnreachable
from handlers.slack.drawing import Drawing
from handlers.slack.endings import Ending
from handlers.slack.letters import thread_of
from handlers.slack.pace import HISTORY, REPLIES, Pace
from handlers.slack.posts import Due, Post, put_together, read_due
from handlers.slack.teller import Teller

log = structlog.get_logger()

BATCH = 100


class Poster:
    """Delivers letters: each thing is told once, whatever becomes of the program or the answer.

    A message is written down as begun before its request leaves. One whose answer never came is
    looked up in Slack before it may be posted again.
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
        self._store = store
        self._clock = clock
        self._pace = Pace()
        self._drawing = Drawing(viewing=viewing, clock=clock, words=words)
        self._teller = Teller(client, clock=clock, pace=self._pace)
        self._ending: Ending | None = None

    async def recover(self) -> int:
        """Queue again, at start, what a crash left half told."""
        return await self._store.write(lambda tx: tx.outbox.recover())

    async def run(self) -> float | None:
        """Tell everything that may be told now; returns seconds until more may be, if known."""
        await self._write_ending()
        while True:
            now = self._clock.now()
            waiting = await self._store.read(self._due)
            ready = [due for due in waiting if due.allowed_at(self._pace, now) <= now]
            if not ready:
                return await self._pause(waiting)
            for due in ready:
                if due.allowed_at(self._pace, self._clock.now()) <= self._clock.now():
                    await self._deliver(due)

    def _due(self, tx: Transaction) -> tuple[Due, ...]:
        return read_due(tx, self._clock.now(), limit=BATCH)

    async def _pause(self, waiting: tuple[Due, ...]) -> float | None:
        now = self._clock.now()
        moments = [due.allowed_at(self._pace, now) for due in waiting]
        postponed = await self._store.read(lambda tx: tx.outbox.next_due())
        if postponed is not None and postponed > now:
            moments.append(postponed)
        return (min(moments) - now).total_seconds() if moments else None

    async def _deliver(self, due: Due) -> None:
        """Tell one post, or look up what became of it."""
        if due.letter.tried_at is not None:
            self._ending = await self._look_up(due)
        else:
            self._ending = await self._tell(due)
        await self._write_ending()

    async def _write_ending(self) -> None:
        """Write down what became of the post in hand.

        Where the disk fails, the next run begins with it: what Slack has isn't told twice.
        """
        if self._ending is not None:
            await self._store.write(self._ending)
            self._ending = None

    async def _tell(self, due: Due) -> Ending:
        """Tell what goes into one message. It is taken first: what changes meanwhile waits."""
        at = self._clock.now()
        post = await self._store.read(lambda tx: put_together(tx, due))
        await self._store.write(lambda tx: tx.outbox.take(post.letters, at=at, post=post.key))
        try:
            drawn = await self._drawing.draw(post)
        except Exception:  # a letter that breaks us waits like any other, and is never left taken
            log.exception("a letter broke us", letter=post.letter.id)
            return endings.again(post, "broke", at=at)
        return await self._send(post, drawn)

    async def _send(self, post: Post, drawn: Message | ReplyFile) -> Ending:
        try:
            ts = await self._teller.tell(post, drawn)
        except SlackRefused as error:
            what = drawn.comment if isinstance(drawn, ReplyFile) else drawn.text
            return endings.refused(post, error, what, at=self._clock.now(), pace=self._pace)
        except SlackUnreachable as error:
            log.warning("slack can't be reached", letter=post.letter.id, error=str(error))
            is_unsure = not error.never_left
            return endings.again(post, "away", at=self._clock.now(), may_be_there=is_unsure)
        except Exception:  # whatever broke: Slack may have it
            log.exception("telling slack broke", letter=post.letter.id)
            return endings.again(post, "broke", at=self._clock.now(), may_be_there=True)
        return endings.told(post, ts, at=self._clock.now())

    async def _look_up(self, due: Due) -> Ending:
        """Ask Slack whether it has the message; until it says so, it isn't posted again."""
        letter = due.letter
        key = letter.post or ""
        letters = await self._store.read(lambda tx: tx.outbox.letters_in(key))
        post = Post(letter=letter, letters=letters, key=key)
        try:
            ts = await self._teller.find(letter)
        except SlackRefused as error:
            method = HISTORY if thread_of(letter) is None else REPLIES
            now = self._clock.now()
            return endings.cant_say(post, error, at=now, pace=self._pace, method=method)
        except SlackUnreachable as error:
            log.warning("slack can't be reached", letter=letter.id, error=str(error))
            return endings.again(post, "away", at=self._clock.now(), may_be_there=True)
        if ts is None:
            return endings.not_there(post)
        return endings.found(post, ts, at=self._clock.now())
