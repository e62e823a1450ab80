"""How replies are told when they come faster than Slack takes messages.

Slack takes a message a second in a channel. One reply that waits is a message of its own; several
are told as one, so that the oldest waits no longer than the number waiting, divided by
``GROUP``, in seconds. Where more than ``MANY`` wait, a file holds them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from bot.domain.replies import Reply

GROUP = 20
"""Replies in one message, at most."""
LETTERS = 9000
"""Characters of replies in one message, at most: with all else in it, below Slack's 13,000."""
BESIDE = 40
"""Characters that stand beside each of them: the number, the time."""
MANY = 500
"""More than so many that wait make a file."""
MOST = 20_000
"""Replies in one file, at most: it bounds the memory that making it takes."""
LONGEST = timedelta(seconds=60)
"""How long a file waits for more, at most; and no longer than as many would wait in groups."""
LULL = timedelta(seconds=5)
LULL_REPLIES = GROUP * 5
"""It waits no longer than until fewer than this come in a ``LULL``: groups can carry those."""


class Form(StrEnum):
    """As what replies are told."""

    ALONE = "alone"
    GROUP = "group"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The replies of one thread that wait.

    Attributes:
        count: how many, counted no further than ``MOST``.
        oldest: when the first of them came.
        hastened: when the one came that has ``LULL_REPLIES`` - 1 newer ones; ``None`` where so
            many don't wait.
        is_swelling: whether there are call-backs that nobody has read yet.
    """

    count: int
    oldest: datetime
    hastened: datetime | None = None
    is_swelling: bool = False

    @property
    def form(self) -> Form:
        """As what they are told."""
        if self.count > MANY:
            return Form.FILE
        return Form.GROUP if self.count > 1 else Form.ALONE

    def ready_at(self, now: datetime) -> datetime:
        """When they may be told: at once, but for a file, which waits for those still coming.

        A clock that was put back since makes nobody wait.
        """
        if self.form is not Form.FILE or self.hastened is None:
            return now
        at = self.oldest + min(LONGEST, self.count / GROUP * timedelta(seconds=1))
        if not self.is_swelling:
            at = min(at, self.hastened + LULL)
        if self.count >= MOST:
            at = now
        return now if self.oldest > now else max(now, at)


def is_counted(reply: Reply) -> bool:
    """Whether a group counts it instead of showing it: it says stop, and the list has it."""
    return reply.opts_out and reply.number is not None


def gather(waiting: Sequence[Reply]) -> Sequence[Reply]:
    """Take as many as one message holds, oldest first; never none where one waits.

    One that is longer than all the room goes by itself, cut where it is shown.
    """
    shown = letters = 0

    def fits(reply: Reply) -> bool:
        nonlocal shown, letters
        if is_counted(reply):
            return True
        shown += 1
        letters += len(reply.text) + BESIDE
        return shown == 1 or (shown <= GROUP and letters <= LETTERS)

    return list(takewhile(fits, waiting))
