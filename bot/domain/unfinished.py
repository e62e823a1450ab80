"""What somebody has begun to write in a form, kept so that closing it by accident loses nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import UserId

KEPT_FOR = timedelta(days=7)
"""How long a form that nobody sent is kept; longer than a holiday, shorter than a habit."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that was given as a file: its id at Slack and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A form as it stands, before it is sent.

    ``place`` says what it is for: a channel, a campaign's version that is changed. One person has
    one form for each. ``send_at`` is aware; ``is_timed`` says that a time is wanted, also where
    none is chosen yet; ``quiet`` is a wish for quiet time. ``form`` is the form at Slack that
    holds it, and ``written_at`` when it stood so, by Slack's word where it says: letters may
    overtake each other on their way.
    """

    user: UserId
    place: str
    name: str = ""
    text: str = ""
    numbers: str = ""
    is_timed: bool = False
    send_at: datetime | None = None
    quiet: bool = False
    file: ListFile | None = None
    form: str = ""
    written_at: datetime

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written that anybody could miss."""
        written = f"{self.name}{self.text}{self.numbers}".strip()
        return not written and self.send_at is None and self.file is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form that a campaign, or a change to one, was written in.

    ``id`` is Slack's own, which no two forms share: one that is sent twice counts once. Its
    unfinished version at ``place`` ends with it, and the ``file`` it names stays until the
    campaign is decided.
    """

    id: str
    place: str
    file: str = ""
