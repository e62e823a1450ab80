"""The one way into what is kept: a plain function that runs in a transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.domain.ids import PartId
from bot.ports.forms import Forms
from bot.ports.mail import Asks, Audit, Inbox, OptOuts, Outbox, Replies
from bot.ports.offers import Offers
from bot.ports.tables import Campaigns, Fields, OwnNumbers, Parts, Recipients

T = TypeVar("T")


class Transaction(Protocol):
    """Every table, inside one transaction: all of it happens, or none."""

    @property
    def campaigns(self) -> Campaigns:
        """Campaigns."""
        ...

    @property
    def recipients(self) -> Recipients:
        """Recipients."""
        ...

    @property
    def fields(self) -> Fields:
        """What the fields of texts are filled with."""
        ...

    @property
    def parts(self) -> Parts:
        """Parts."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Call-backs."""
        ...

    @property
    def replies(self) -> Replies:
        """Replies."""
        ...

    @property
    def outbox(self) -> Outbox:
        """News to tell."""
        ...

    @property
    def optouts(self) -> OptOuts:
        """Who wants no more."""
        ...

    @property
    def own_numbers(self) -> OwnNumbers:
        """Where tests go."""
        ...

    @property
    def offers(self) -> Offers:
        """What was typed for a quiet time."""
        ...

    @property
    def asks(self) -> Asks:
        """The platform's minute, and its credit."""
        ...

    @property
    def audit(self) -> Audit:
        """Decisions."""
        ...

    @property
    def forms(self) -> Forms:
        """Forms that were begun, forms that were sent, and the files in them."""
        ...


@dataclass(frozen=True, slots=True)
class Single(Generic[T]):
    """Work that is one statement, and makes no part.

    Where nothing waits beside it, the store need not begin and end a transaction around it: a
    statement is one by itself. That is one call instead of six, for what floods.
    """

    work: Callable[[Transaction], T]

    def __call__(self, tx: Transaction) -> T:
        """Run it."""
        return self.work(tx)


class Store(Protocol):
    """Where everything is kept. The one way in is a plain function, so nothing awaits inside it."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in a transaction and return once it is on disk; its error undoes it."""
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` on one unmoving picture of the tables; writing there fails."""
        ...

    def part_of(self, key: str) -> PartId | None:
        """Whose call-back address ends in this key, as of the last commit; costs no read.

        It knows every key there is, in the same time for any, so ``None`` means: nobody's.
        """
        ...

    async def ping(self) -> None:
        """Return once writing works; raises ``StorageError`` when it doesn't."""
        ...
