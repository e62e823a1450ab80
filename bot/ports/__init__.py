"""What the services need of the world, as Protocols."""

from bot.ports.mail import Asks, Audit, Inbox, OptOuts, Outbox, Replies
from bot.ports.store import Single, Store, Transaction
from bot.ports.tables import Campaigns, Parts, Recipients
from bot.ports.world import CallbackReader, Clock, Directory, Gateway, Reading, Record, StatusRow

__all__ = [
    "Asks",
    "Audit",
    "CallbackReader",
    "Campaigns",
    "Clock",
    "Directory",
    "Gateway",
    "Inbox",
    "OptOuts",
    "Outbox",
    "Parts",
    "Reading",
    "Recipients",
    "Record",
    "Replies",
    "Single",
    "StatusRow",
    "Store",
    "Transaction",
]
