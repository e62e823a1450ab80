"""What would become of a form, were it sent now; nothing of it is promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.credit import Balance
from bot.domain.errors import BotError
from bot.domain.filling import Filled
from bot.domain.numbers import Recipients
from bot.domain.texts import Measure, Respelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A form as the rules see it.

    Attributes:
        text: As phones will show it.
        respelled: What of it was typed otherwise.
        recipients: Whom a list names; ``None`` where it couldn't be read, or stays as it was.
        people: How many get it.
        ten_digits: How many of them may lack their ninth digit.
        elsewhere: Credits that other approved campaigns take first.
        send_at: Aware; ``None`` for as soon as approved.
        zone: The writer's.
        problems: What sending it would be refused for.
        filled: What the fields of the text come to, where it has some and they could be filled.
        segments: How many people's text takes how many segments, for such a text.
    """

    text: str
    measure: Measure
    respelled: Respelled
    recipients: Recipients | None
    people: int
    ten_digits: int
    send_at: datetime | None
    zone: str
    platform_zone: str
    balance: Balance | None
    elsewhere: int
    problems: tuple[BotError, ...]
    filled: Filled | None = None
    segments: Mapping[int, int] = field(default_factory=dict)

    @property
    def price(self) -> int:
        """Credits it would use: each person's text in segments."""
        if self.filled is not None:
            return sum(segments * people for segments, people in self.segments.items())
        return self.people * self.measure.segments
