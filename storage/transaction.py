"""Every table, on one connection inside one transaction."""

from sqlite_utils import Database

from storage.asks import AskTable
from storage.audit import AuditTable
from storage.campaigns import CampaignTable
from storage.fields import FieldTable
from storage.forms import FormTable
from storage.inbox import InboxTable
from storage.offers import OfferTable
from storage.optouts import OptOutTable
from storage.outbox import OutboxTable
from storage.own_numbers import OwnNumberTable
from storage.parts import PartTable
from storage.recipients import RecipientTable
from storage.replies import ReplyTable


class SqliteTransaction:
    """``ports.Transaction`` in SQLite; who began the transaction ends it, not this."""

    def __init__(self, db: Database) -> None:
        self.campaigns = CampaignTable(db)
        self.recipients = RecipientTable(db)
        self.fields = FieldTable(db)
        self.parts = PartTable(db)
        self.inbox = InboxTable(db)
        self.replies = ReplyTable(db)
        self.outbox = OutboxTable(db)
        self.optouts = OptOutTable(db)
        self.own_numbers = OwnNumberTable(db)
        self.offers = OfferTable(db)
        self.asks = AskTable(db)
        self.audit = AuditTable(db)
        self.forms = FormTable(db)
