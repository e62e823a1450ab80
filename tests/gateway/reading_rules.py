"""What holds for every reading of every call-back, whoever thinks of the bytes."""

from urllib.parse import unquote_to_bytes

from bot.gateway.callbacks import Reading


def check_reading(body: bytes, reading: Reading) -> None:
    """Raise when a rule is broken.

    All texts can be stored; a record tells whose it is; and what says something was read, as
    a record or as what can't be read.
    """
    for record in reading.records:
        f"{record.raw_number}{record.text}{record.word}{record.key}".encode()
        assert record.gateway_id is not None or record.number is not None
    for unreadable in reading.unreadable:
        assert unreadable.strip()
        unreadable.encode()
    if says_something(body):
        assert reading.records or reading.unreadable


def says_something(body: bytes) -> bool:
    """Whether a body certainly says something: letters, and no field that may be empty."""
    plain = unquote_to_bytes(unquote_to_bytes(body)).lower()
    hides = b"callback" in plain or b"\\" in plain  # JSON may write a letter as an escape
    return not hides and any(0x30 <= octet <= 0x39 or 0x61 <= octet <= 0x7A for octet in plain)
