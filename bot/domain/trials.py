"""A test: a campaign's text on the phone of whoever asks for it, before anybody approves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.campaign import Campaign
from bot.domain.ids import Number
from bot.domain.trial_refusals import TrialTooSoon

PAUSE = timedelta(minutes=1)
"""How long after a person's last test the next may go."""
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 5
"""How many tests one person may send within an hour, of whichever campaigns."""
MOST_OF_A_VERSION = 20
"""How many tests of one version may go, whoever sends them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPreview:
    """What a test of a campaign would be: its text with the mark, and where it would go.

    ``number`` is the asker's own, where they gave it before.
    """

    campaign: Campaign
    text: str
    number: Number | None


def mark(text: str, sign: str) -> str:
    """Begin a text with the sign that tells a test from the campaign itself."""
    return f"{sign} {text}"


def check_pace(sent: Iterable[datetime], *, now: datetime) -> None:
    """Refuse a person's next test while it comes too soon; says when it may go.

    What lies ahead of the clock doesn't count: it was put back since, and nobody should have to
    wait until it is there again.
    """
    times = sorted(at for at in sent if now - HOUR < at <= now)
    if len(times) >= MOST_AN_HOUR:
        raise TrialTooSoon(times[-MOST_AN_HOUR] + HOUR)
    if times and now < times[-1] + PAUSE:
        raise TrialTooSoon(times[-1] + PAUSE)
