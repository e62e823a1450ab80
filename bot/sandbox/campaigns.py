"""What the platform knows of each campaign: one `sendsms` call."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DeliveryStatus(StrEnum):
    """The platform's word for where one SMS is (gateway-wire.md: three words seen in the field)."""

    WAITING = "AGUARDANDO ENVIO"
    DELIVERED = "ENVIADO COM SUCESSO"
    INVALID = "NUMERO INVALIDO"


class CampaignState(StrEnum):
    """Where a campaign is, as the sandbox's page shows it."""

    SCHEDULED = "scheduled"
    SENDING = "sending"
    HELD = "held"
    DONE = "done"


@dataclass(slots=True)
class Delivery:
    """One number of a campaign; `at` is when its fate was known.

    `reference` is what its sender gave with it, to be told with every news of it.
    """

    id: int
    number: str
    queued_at: datetime
    reference: str = ""
    status: DeliveryStatus = DeliveryStatus.WAITING
    at: datetime | None = None
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class SendOrder:
    """What a `sendsms` call asks for, read but not yet judged.

    `references` has one for each number, or is empty. `door` is the one it came by, in a word.
    """

    text: str
    numbers: tuple[str, ...]
    callback_url: str | None = None
    job_at: datetime | None = None
    references: tuple[str, ...] = ()
    door: str = "http"


@dataclass(slots=True)
class SmsCampaign:
    """One campaign at the platform: its order, and how far it went."""

    id: int
    order: SendOrder
    deliveries: list[Delivery] = field(default_factory=list)
    has_begun: bool = False
    is_held: bool = False

    def count(self, status: DeliveryStatus) -> int:
        """Count the deliveries that are at `status`."""
        return sum(delivery.status is status for delivery in self.deliveries)

    @property
    def is_done(self) -> bool:
        """Whether nothing waits any more."""
        return all(d.status is not DeliveryStatus.WAITING for d in self.deliveries)

    @property
    def state(self) -> CampaignState:
        """Where it is: a hold shows only while there is something left to hold."""
        if self.is_done:
            return CampaignState.DONE
        if self.is_held:
            return CampaignState.HELD
        if self.order.job_at and not self.has_begun:
            return CampaignState.SCHEDULED
        return CampaignState.SENDING
