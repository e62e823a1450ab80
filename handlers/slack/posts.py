"""What goes out as one message: a letter, or several replies of one thread."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.flood import MANY, MOST, Crowd, Form, gather
from bot.domain.news import Letter, NewsKind
from bot.domain.replies import Reply
from bot.ports import Transaction
from handlers.slack.letters import changed_message, thread_of
from handlers.slack.pace import FILES, HISTORY, REPLIES, UPDATE, Pace

SETTLING = timedelta(seconds=3)
"""So long after a message whose answer was lost, Slack shows it, or never will."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message on its way.

    Attributes:
        letter: the news that it tells; of several, the oldest.
        letters: all the letters that are in it.
        key: by what it is found again in Slack; a change of a message needs none.
        form: as what its replies are told.
        replies: those, where it is a group or a file.
    """

    letter: Letter
    letters: tuple[int, ...]
    key: str | None
    form: Form = Form.ALONE
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that may be told as far as the outbox goes, and the replies waiting with it."""

    letter: Letter
    crowd: Crowd | None

    @property
    def form(self) -> Form:
        """As what it is told."""
        return Form.ALONE if self.crowd is None else self.crowd.form

    def allowed_at(self, pace: Pace, now: datetime) -> datetime:
        """When Slack, and whatever else it waits for, lets it go; ``now`` if that is over."""
        letter = self.letter
        if letter.tried_at is not None:
            method = HISTORY if thread_of(letter) is None else REPLIES
            settled = min(letter.tried_at + SETTLING, now + SETTLING)
            return max(pace.method_at(method, now), settled)
        if changed_message(letter) is not None:
            return pace.method_at(UPDATE, now)
        allowed = pace.post_at(letter.channel, now)
        if self.crowd is not None and self.form is Form.FILE:
            return max(allowed, pace.method_at(FILES, now), self.crowd.ready_at(now))
        return allowed


def read_due(tx: Transaction, now: datetime, *, limit: int) -> tuple[Due, ...]:
    """Read what is due, and how many replies wait behind one."""
    return tuple(
        Due(letter, tx.outbox.crowd(letter.news.campaign) if _is_reply(letter) else None)
        for letter in tx.outbox.due(now, limit=limit)
    )


def put_together(tx: Transaction, due: Due) -> Post:
    """Choose what goes into the next message, as much as it holds."""
    letter = due.letter
    if due.crowd is None or due.form is Form.ALONE:
        return _alone(letter)
    most = MOST if due.form is Form.FILE else MANY
    waiting = tx.outbox.replies(letter.news.campaign, limit=most)
    replies = [reply for _, reply in waiting]
    chosen: Sequence[Reply] = replies if due.form is Form.FILE else gather(replies)
    if len(chosen) == 1:
        return _alone(letter)
    return Post(
        letter=letter,
        letters=tuple(one for one, _ in waiting[: len(chosen)]),
        key=_new_key(),
        form=due.form,
        replies=tuple(chosen),
    )


def _alone(letter: Letter) -> Post:
    key = None if changed_message(letter) is not None else _new_key()
    return Post(letter=letter, letters=(letter.id,), key=key)


def _is_reply(letter: Letter) -> bool:
    """Whether others may go with it: it is a reply that is there."""
    return letter.news.kind is NewsKind.REPLY and letter.reply is not None


def _new_key() -> str:
    return secrets.token_hex(8)
