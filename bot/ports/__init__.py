"""What the services need of the world, as Protocols."""

from bot.ports.forms import Forms
from bot.ports.mail import Asks, Audit, Inbox, OptOuts, Outbox, Replies
from bot.ports.offers import Offers
from bot.ports.store import Single, Store, Transaction
from bot.ports.tables import Campaigns, Fields, OwnNumbers, Parts, Recipients
from bot.ports.world import (
    CallbackReader,
    Clock,
    Directory,
    FileReader,
    FileSource,
    Gateway,
    Reading,
    Record,
    SharedFile,
    StatusRow,
)

__all__ = [
    "Asks",
    "Audit",
    "CallbackReader",
    "Campaigns",
    "Clock",
    "Directory",
    "Fields",
    "FileReader",
    "FileSource",
    "Forms",
    "Gateway",
    "Inbox",
    "Offers",
    "OptOuts",
    "Outbox",
    "OwnNumbers",
    "Parts",
    "Reading",
    "Recipients",
    "Record",
    "Replies",
    "SharedFile",
    "Single",
    "StatusRow",
    "Store",
    "Transaction",
]
