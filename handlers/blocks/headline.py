"""What stands at the top of a card: one line to take in at a glance, and what belongs to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Headline:
    """Where a campaign stands, in words.

    Attributes:
        title: A few words of mrkdwn, which are the notification too.
        lines: What happened, then what to do; mrkdwn, escaped.
        quoted: Somebody's own words about it, such as a reason; as they came.
    """

    title: str
    lines: tuple[str, ...] = ()
    quoted: str = ""
