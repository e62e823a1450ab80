"""What became of a message, in the platform's words and in ours."""

import re
import unicodedata
from enum import StrEnum

_GAPS = re.compile(r"[\W_]+")
_LONGEST_WORD = 200  # characters; it comes from outside, so it may be of any length
_INVALID = ("numero invalido", "nao cadastrado")
_NO_SUCCESS = re.compile(r"\b(?:insucesso|(?:sem|nao|nenhum)\b.*\bsucesso)")


class Status(StrEnum):
    """Where a recipient's message stands."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    INVALID = "invalid"
    SUPPRESSED = "suppressed"

    @property
    def is_final(self) -> bool:
        """Whether nothing that comes later may change it."""
        return self not in {Status.QUEUED, Status.SENT}


class Receipt(StrEnum):
    """What a delivery status of the platform means; a word never seen before stays UNKNOWN."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    INVALID = "invalid"
    UNKNOWN = "unknown"


_OUTCOMES = {
    Receipt.DELIVERED: Status.DELIVERED,
    Receipt.FAILED: Status.FAILED,
    Receipt.INVALID: Status.INVALID,
}


def read_receipt(word: str) -> Receipt:
    """Read the platform's delivery status, in any case and with or without accents.

    Public clients of the platform wait for ``aguardando envio``, take what holds ``sucesso`` as
    delivered, and what holds ``numero invalido`` or ``nao cadastrado`` as invalid. A *denied*
    success is a failure. Whoever keeps the receipt keeps the word as well.
    """
    plain = _fold(word[:_LONGEST_WORD])
    if any(words in plain for words in _INVALID):
        return Receipt.INVALID
    if _NO_SUCCESS.search(plain):
        return Receipt.FAILED
    if "sucesso" in plain:
        return Receipt.DELIVERED
    return Receipt.WAITING if plain == "aguardando envio" else Receipt.UNKNOWN


def advance(current: Status, receipt: Receipt) -> Status:
    """Return the status after a receipt: the first final one stays.

    Receipts come twice and out of order, so one that tells nothing new changes nothing.
    """
    return current if current.is_final else _OUTCOMES.get(receipt, current)


def _fold(word: str) -> str:
    bare = (char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return _GAPS.sub(" ", "".join(bare).casefold()).strip()
