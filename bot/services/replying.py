"""Replying: what phones and the platform send back, from bytes to the campaign's thread."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import StorageError
from bot.domain.ids import Number
from bot.domain.news import card_changed
from bot.domain.numbers import same_person_key
from bot.domain.optouts import asks_to_stop
from bot.domain.parts import Part, PartState, accept
from bot.domain.replies import Delivery, DeliveryNews, InboxState, Reply, StoredDelivery
from bot.ports import CallbackReader, Clock, Record, Store, Transaction
from bot.services.evidence import correct_word, learn_of_earlier, tell_of_both
from bot.services.settling import settle_part
from bot.services.telling import tell_reply
from bot.services.tracking import apply_news

log = structlog.get_logger()

BATCH = 100


class Replying:
    """Keeps call-backs, then reads and applies them; the same one twice changes nothing."""

    def __init__(
        self, *, store: Store, clock: Clock, reader: CallbackReader, zone: ZoneInfo
    ) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._zone = zone

    async def receive(self, delivery: Delivery) -> bool:
        """Commit a call-back's bytes; ``False`` when its address is nobody's.

        Only once this returns may it be answered 200. An unknown address costs no write.
        """
        part = await self._store.read(lambda tx: tx.parts.by_key(delivery.key))
        if part is None:
            return False
        await self._store.write(lambda tx: tx.inbox.add(part.id, delivery))
        return True

    async def run(self) -> None:
        """Apply every call-back that waits; one that breaks us doesn't hold up the others."""
        while waiting := await self._store.read(lambda tx: tx.inbox.pending(limit=BATCH)):
            try:
                await self._store.write(self._apply_all(waiting))
            except StorageError:
                raise  # the disk's trouble, not a call-back's
            except Exception:  # a mistake of ours must cost one call-back, not all that follow
                log.exception("call-backs broke us")
                await self._apply_singly(waiting)

    def _apply_all(self, waiting: Sequence[StoredDelivery]) -> Callable[[Transaction], None]:
        def apply_all(tx: Transaction) -> None:
            for stored in waiting:
                self._apply(tx, stored)

        return apply_all

    async def _apply_singly(self, waiting: Sequence[StoredDelivery]) -> None:
        for stored in waiting:
            try:
                await self._store.write(self._apply_all([stored]))
            except StorageError:
                raise
            except Exception:
                log.exception("call-back broke us", callback=stored.id)
                await self._store.write(self._set_aside(stored))

    def _set_aside(self, stored: StoredDelivery) -> Callable[[Transaction], None]:
        return lambda tx: tx.inbox.settle(stored.id, InboxState.UNREADABLE, "broke")

    def _apply(self, tx: Transaction, stored: StoredDelivery) -> None:
        delivery = stored.delivery
        reading = self._reader(
            query=delivery.query,
            content_type=delivery.content_type,
            body=delivery.body,
            zone=self._zone,
        )
        if reading.unreadable or not reading.records:
            log.warning(
                "call-back not understood",
                callback=stored.id,
                records=len(reading.records),
                not_read=len(reading.unreadable),
            )
        part = tx.parts.get(stored.part)
        if reading.records or reading.unreadable:
            part = self._learn(tx, part, reading.records, key=delivery.key)
        if not reading.records:
            tx.inbox.settle(stored.id, InboxState.UNREADABLE)
            return
        strangers = self._apply_records(tx, part, reading.records, stored)
        note = "; ".join([*reading.unreadable, *strangers])
        state = InboxState.UNMATCHED if strangers else InboxState.APPLIED
        tx.inbox.settle(stored.id, state, note)

    def _learn(self, tx: Transaction, part: Part, records: Sequence[Record], *, key: str) -> Part:
        """Take a call-back on a part's own address as proof that the part went.

        Nobody but the platform knows the address, so even one that can't be read proves it;
        an empty one doesn't: that may be the platform trying whether anybody is there.
        """
        told = next((r.gateway_id for r in records if r.gateway_id is not None), None)
        now = self._clock.now()
        if key != part.key:
            learn_of_earlier(tx, part, key, told, at=now)
        elif part.state is not PartState.ACCEPTED or part.gateway_id is None:
            went = accept(part, told, at=now)
            settle_part(tx, part, went, at=now)
            tell_of_both(tx, part, went)
        elif told not in {None, part.gateway_id}:
            log.warning("call-back names another campaign", ours=part.gateway_id, theirs=told)
            correct_word(tx, part, told)
        return tx.parts.get(part.id)

    def _apply_records(
        self, tx: Transaction, part: Part, records: Sequence[Record], stored: StoredDelivery
    ) -> list[str]:
        """Apply statuses and keep replies; returns the numbers that are nobody's here.

        One of several records must name the part's own campaign, or that of an earlier request
        of it: a reply's text may imitate a record on a line of its own. The address alone is
        proof enough for a single one.
        """
        strangers: list[str] = []
        news: list[DeliveryNews] = []
        named = {part.gateway_id, *(one.gateway_id for one in tx.parts.earlier(part.id))}
        for record in records:
            is_ours = len(records) == 1 or record.gateway_id in named | {None}
            own = _own_number(tx, part, record) if is_ours else None
            if own is None:
                strangers.append(record.raw_number)
            elif record.word:
                news.append(
                    DeliveryNews(number=own, receipt=record.receipt, word=record.word, at=record.at)
                )
            if record.text.strip():
                self._keep_reply(tx, part, record, stored, is_known=own is not None)
        apply_news(tx, part, news, at=self._clock.now())
        return strangers

    def _keep_reply(
        self,
        tx: Transaction,
        part: Part,
        record: Record,
        stored: StoredDelivery,
        *,
        is_known: bool,
    ) -> None:
        opts_out = asks_to_stop(record.text)
        reply = Reply(
            id=0,
            campaign=part.campaign,
            part=part.id,
            number=record.number,
            raw_number=record.raw_number,
            text=record.text,
            at=record.at,
            received_at=stored.delivery.received_at,
            opts_out=opts_out,
            is_known=is_known,
        )
        reply_id = tx.replies.add(reply, fingerprint=_fingerprint(part, record))
        if reply_id is None:
            return
        if opts_out and record.number is not None:
            now = self._clock.now()
            tx.optouts.add(record.number, at=now, campaign=part.campaign, word=record.text)
        tell_reply(tx, tx.campaigns.get(part.campaign), reply_id)
        tx.outbox.add(card_changed(part.campaign))


def _own_number(tx: Transaction, part: Part, record: Record) -> Number | None:
    """Find the recipient a record is about; ``None`` when it isn't about this part."""
    return None if record.number is None else tx.recipients.find(part.id, record.number)


def _fingerprint(part: Part, record: Record) -> str:
    """Tell one reply from another: the same words at the same second are the same record."""
    who = record.raw_number if record.number is None else same_person_key(record.number)
    at: datetime | str = "" if record.at is None else record.at
    content = "\x1f".join([str(part.id), who, str(at), record.text])
    return hashlib.sha256(content.encode()).hexdigest()
