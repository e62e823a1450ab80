"""What would become of a form, were it sent now; nothing of it is promised."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.credit import Balance
from bot.domain.errors import BotError
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
        send_at: Aware; ``None`` for as soon as approved.
        zone: The writer's.
        problems: What sending it would be refused for.
    """

    text: str
    measure: Measure
    respelled: Respelled
    recipients: Recipients | None
    people: int
    send_at: datetime | None
    zone: str
    platform_zone: str
    balance: Balance | None
    problems: tuple[BotError, ...]

    @property
    def price(self) -> int:
        """Credits it would use: people times segments."""
        return self.people * self.measure.segments
