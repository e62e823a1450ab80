"""Trigger ids: a person's gesture, which lets an app open one modal within three seconds."""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.slack_error import SlackError

TRIGGER_SECONDS = 3.0


@dataclass(slots=True)
class _Trigger:
    person: str
    issued_at: float
    is_used: bool = False


class Triggers:
    """Issues trigger ids and takes each back once."""

    def __init__(self) -> None:
        self._triggers: dict[str, _Trigger] = {}

    def issue(self, person: str) -> str:
        """Make a trigger id out of a person's gesture."""
        trigger_id = f"{len(self._triggers) + 1}.{time.time_ns() % 10**10}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = _Trigger(person, time.monotonic())
        return trigger_id

    def redeem(self, trigger_id: str) -> str:
        """Take a trigger id and tell whose gesture it was; raises `SlackError`."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError(word="invalid_trigger_id")
        if trigger.is_used:
            raise SlackError(word="exchanged_trigger_id")
        if time.monotonic() - trigger.issued_at > TRIGGER_SECONDS:
            raise SlackError(word="expired_trigger_id")
        trigger.is_used = True
        return trigger.person
