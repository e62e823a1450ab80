"""What the platform was asked, and what it did about it."""

from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.troubles import Trouble


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request that reached the platform, credentials left out.

    Attributes:
        number: the first request is 1.
        door: which of the platform's doors it came to.
        action: what it asks for, by its name at the HTTP door.
        parameters: with what, by the HTTP door's names.
        url_bytes: path and query together.
        body_bytes: how long its body is.
        trouble: what it met.
        acted: whether the platform did what it asks; a refusal does nothing.
        campaign_id: the platform's campaign that it made or asked about.
        answer: the platform's words about it, whether they reached the client or not.
    """

    number: int
    at: datetime
    door: str
    action: str
    method: str
    parameters: dict[str, str]
    url_bytes: int
    body_bytes: int
    trouble: Trouble
    acted: bool
    campaign_id: int | None
    answer: str
