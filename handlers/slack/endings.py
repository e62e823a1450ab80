"""What became of a post, as what is to be written down of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.domain.flood import Form
from bot.domain.ids import MessageTs
from bot.domain.news import Fact, News, NewsKind
from bot.domain.parts import growing_pause
from bot.ports import Transaction
from handlers.blocks.delivery_stories import shorten
from handlers.slack.asking import SlackRefused
from handlers.slack.letters import (
    changed_message,
    forget_card,
    is_drawn_anew,
    keep_message,
    post_anew,
    thread_of,
)
from handlers.slack.pace import FILES, UPDATE, Pace
from handlers.slack.posts import Post

log = structlog.get_logger()

Ending = Callable[[Transaction], None]
"""What became of a post, to be written down."""

MESSAGE_GONE = "message_not_found"
THREAD_GONE = "thread_not_found"
CANT_HEAL = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "cant_update_message",
        "user_not_found",
        "user_disabled",
        "cannot_dm_bot",
        "edit_window_closed",
        "msg_too_long",
        "metadata_too_large",
    }
)
RESTRICTED = "restricted_action"
"""How the words begin that say the workspace's own rules forbid it."""
MAY_BE_DONE = frozenset({"internal_error", "fatal_error"})
"""Slack failed somewhere in the middle, and says itself that some of it may have been done."""


def told(post: Post, ts: MessageTs | None, *, at: datetime) -> Ending:
    """Slack has it."""

    def write(tx: Transaction) -> None:
        tx.outbox.told(post.letters, at=at, ts=ts)
        if ts is not None:
            keep_message(tx, post.letter, ts)

    return write


def found(post: Post, ts: MessageTs, *, at: datetime) -> Ending:
    """Slack had it already; what it shows may be older than what is so by now."""
    log.info("a post whose answer was lost is there", letter=post.letter.id)

    def write(tx: Transaction) -> None:
        told(post, ts, at=at)(tx)
        if is_drawn_anew(post.letter):
            tx.outbox.add(post.letter.news)

    return write


def not_there(post: Post) -> Ending:
    """Slack hasn't got it, so it may be posted."""
    log.info("a post whose answer was lost isn't there", letter=post.letter.id)
    return lambda tx: tx.outbox.not_there(post.key or "")


def refused(post: Post, error: SlackRefused, what: str, *, at: datetime, pace: Pace) -> Ending:
    """Obey a 429, give up what can't heal, and try everything else again.

    ``what`` is what was to be told, in words that are escaped.
    """
    letter = post.letter
    is_change = changed_message(letter) is not None
    if error.retry_after is not None:
        log.warning("slack asks to wait", seconds=error.retry_after, channel=letter.channel)
        until = at + timedelta(seconds=error.retry_after)
        pace.block(UPDATE if is_change else letter.channel, until)
        if post.form is Form.FILE:
            pace.block(FILES, until)
        return lambda tx: tx.outbox.postpone(post.letters, until=until, reason=error.word)
    if error.word == MESSAGE_GONE and is_change:
        return _post_anew(post, error.word, at=at)
    if error.word == THREAD_GONE and thread_of(letter) is not None:
        return _thread_anew(post, error.word, at=at)
    if error.word in CANT_HEAL or error.word.startswith(RESTRICTED):
        log.error("can't be told in slack", letter=letter.id, reason=error.word)
        return _give_up(post, error.word, what, at=at)
    log.warning("slack said no", letter=letter.id, reason=error.word)
    return again(post, error.word, at=at, may_be_there=error.word in MAY_BE_DONE)


def again(post: Post, reason: str, *, at: datetime, may_be_there: bool = False) -> Ending:
    """Try it again, each time after a longer pause.

    ``may_be_there`` where nobody knows whether Slack took it: it is looked up first.
    """
    until = at + growing_pause(post.letter.attempts + 1)
    is_unsure = may_be_there and post.key is not None
    return lambda tx: tx.outbox.postpone(
        post.letters, until=until, reason=reason, may_be_there=is_unsure
    )


def cant_say(post: Post, error: SlackRefused, *, at: datetime, pace: Pace, method: str) -> Ending:
    """Slack wouldn't say whether it has it: ask again later.

    Where the place itself is gone, nobody saw it there, and posting it says so at once.
    """
    if error.retry_after is not None:
        until = at + timedelta(seconds=error.retry_after)
        pace.block(method, until)
        return lambda tx: tx.outbox.postpone(
            post.letters, until=until, reason=error.word, may_be_there=True
        )
    if error.word in CANT_HEAL or error.word == THREAD_GONE:
        return not_there(post)
    log.error("can't look up whether it was told", letter=post.letter.id, reason=error.word)
    return again(post, error.word, at=at, may_be_there=True)


def _post_anew(post: Post, reason: str, *, at: datetime) -> Ending:
    """Draw what somebody deleted again: nobody should lose the brake with it."""
    log.warning("a message was deleted in slack; posting it anew", letter=post.letter.id)

    def write(tx: Transaction) -> None:
        tx.outbox.give_up(post.letters, at=at, reason=reason)
        post_anew(tx, post.letter)

    return write


def _thread_anew(post: Post, reason: str, *, at: datetime) -> Ending:
    """Draw the card again, and tell this in its new thread."""
    log.warning("a card was deleted in slack; posting it anew", letter=post.letter.id)

    def write(tx: Transaction) -> None:
        tx.outbox.postpone(post.letters, until=at, reason=reason)
        forget_card(tx, tx.campaigns.get(post.letter.news.campaign).home)

    return write


def _give_up(post: Post, reason: str, what: str, *, at: datetime) -> Ending:
    """Keep what can't be told, and tell the requester alone.

    A card that can't be there takes its thread with it. That a drawing couldn't be changed is
    told once for each reason; what is lost with nobody knowing is told each time.
    """
    letter = post.letter
    campaign, kind = letter.news.campaign, letter.news.kind

    def write(tx: Transaction) -> None:
        tx.outbox.give_up(post.letters, at=at, reason=reason)
        if kind is NewsKind.CANT_TELL:
            return
        has_no_card = kind is NewsKind.CARD and letter.thread is None
        more = tx.outbox.give_up_thread(campaign, at=at, reason=reason) if has_no_card else 0
        if more or not (is_drawn_anew(letter) and tx.outbox.has_said(campaign, reason)):
            facts: dict[str, Fact] = {"reason": reason, "what": shorten(what), "more": more}
            tx.outbox.add(News(NewsKind.CANT_TELL, campaign, facts))

    return write
