"""The pretend phones, and what each has received and answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Which way an SMS went, as the phone sees it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """One SMS on a phone; `campaign_id` is the platform's campaign that it belongs to."""

    id: str
    direction: Direction
    text: str
    at: datetime
    campaign_id: int


@dataclass(slots=True)
class Phone:
    """One phone and its SMS, oldest first."""

    number: str
    messages: list[PhoneMessage] = field(default_factory=list)

    @property
    def newest_received(self) -> PhoneMessage | None:
        """The newest SMS that came in: the one an answer answers."""
        received = (m for m in reversed(self.messages) if m.direction is Direction.IN)
        return next(received, None)


class PhoneBook:
    """Every phone that ever got an SMS, the one that last did something at the end."""

    def __init__(self) -> None:
        self._phones: dict[str, Phone] = {}
        self._count = 0

    def __getitem__(self, number: str) -> Phone:
        return self._phones[number]

    def __contains__(self, number: object) -> bool:
        return number in self._phones

    def __len__(self) -> int:
        return len(self._phones)

    def newest_first(self) -> Iterator[Phone]:
        """Walk the phones, the one that last received or answered first."""
        return reversed(self._phones.values())

    def add(
        self, number: str, direction: Direction, text: str, *, at: datetime, campaign_id: int
    ) -> PhoneMessage:
        """Put one SMS on the phone with that number."""
        self._count += 1
        message = PhoneMessage(f"sms-{self._count}", direction, text, at, campaign_id)
        phone = self._phones.pop(number, None) or Phone(number)
        self._phones[number] = phone
        phone.messages.append(message)
        return message
