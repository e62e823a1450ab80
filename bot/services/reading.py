"""Reading stored call-backs, whatever their bytes do to us."""

from zoneinfo import ZoneInfo

import structlog

from bot.domain.replies import StoredDelivery
from bot.ports import CallbackReader, Reading

log = structlog.get_logger()

Read = tuple[StoredDelivery, Reading | None]
"""A call-back and what it says; ``None`` where reading it broke us."""


def read_stored(stored: StoredDelivery, reader: CallbackReader, zone: ZoneInfo) -> Reading | None:
    """Read one; ``None`` where that breaks us: a mistake of ours costs this one, no other."""
    delivery = stored.delivery
    try:
        reading = reader(
            query=delivery.query,
            content_type=delivery.content_type,
            body=delivery.body,
            zone=zone,
        )
    except Exception:
        log.exception("call-back broke us", callback=stored.id)
        return None
    if reading.unreadable or not reading.records:
        log.warning(
            "call-back not understood",
            callback=stored.id,
            records=len(reading.records),
            not_read=len(reading.unreadable),
        )
    return reading
