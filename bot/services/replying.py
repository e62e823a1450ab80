"""Replying: what phones and the platform send back, from bytes to the campaign's thread."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import StorageError
from bot.domain.ids import GatewayId, Number, PartId
from bot.domain.news import card_changed
from bot.domain.numbers import same_person_key
from bot.domain.optouts import BUILT_IN, OptOutWords, Wish
from bot.domain.parts import Part, PartState, accept
from bot.domain.replies import DeliveryNews, InboxState, Reply, StoredDelivery
from bot.ports import CallbackReader, Clock, Reading, Record, Store, Transaction
from bot.services.evidence import correct_word, learn_of_earlier, tell_of_both
from bot.services.reading import Read, read_stored
from bot.services.settling import settle_part
from bot.services.telling import tell_reply
from bot.services.tracking import apply_news

log = structlog.get_logger()

BATCH = 50
"""Call-backs applied in one transaction: whoever calls back meanwhile waits for its end."""


class Replying:
    """Reads and applies call-backs that are kept; the same one twice changes nothing."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        reader: CallbackReader,
        zone: ZoneInfo,
        opt_out_words: OptOutWords = BUILT_IN,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._zone = zone
        self._opt_out_words = opt_out_words

    async def read_again(self) -> int:
        """Read anew what couldn't be read or matched, and apply it; returns how many those are.

        A newer Torpedo may make more of them; what was applied before counts once. Those that
        nobody has looked at yet come first, lest they be taken for some of these.
        """
        await self.run()
        again = await self._store.write(lambda tx: tx.inbox.read_again())
        await self.run()
        return again

    async def run(self) -> None:
        """Apply every call-back that waits; one that breaks us doesn't hold up the others."""
        while waiting := await self._store.read(self._read_waiting):
            try:
                await self._store.write(self._apply_all(waiting))
            except StorageError:
                raise  # the disk's trouble, not a call-back's
            except Exception:  # a mistake of ours must cost one call-back, not all that follow
                log.exception("call-backs broke us")
                await self._apply_singly(waiting)

    def _read_waiting(self, tx: Transaction) -> list[Read]:
        """Take the next that wait, and read them here: the writer's time is everybody's."""
        waiting = tx.inbox.pending(limit=BATCH)
        return [(stored, read_stored(stored, self._reader, self._zone)) for stored in waiting]

    def _apply_all(self, waiting: Sequence[Read]) -> Callable[[Transaction], None]:
        """Apply these in their order; each part's statuses together, for they are counted then."""

        def apply_all(tx: Transaction) -> None:
            news: dict[PartId, list[DeliveryNews]] = {}
            for stored, reading in waiting:
                if reading is None:
                    self._set_aside(stored)(tx)
                else:
                    self._apply(tx, stored, reading, news.setdefault(stored.part, []))
            for part, told in news.items():
                apply_news(tx, tx.parts.get(part), told, at=self._clock.now())

        return apply_all

    async def _apply_singly(self, waiting: Sequence[Read]) -> None:
        for stored, reading in waiting:
            try:
                await self._store.write(self._apply_all([(stored, reading)]))
            except StorageError:
                raise
            except Exception:
                log.exception("call-back broke us", callback=stored.id)
                await self._store.write(self._set_aside(stored))

    def _set_aside(self, stored: StoredDelivery) -> Callable[[Transaction], None]:
        return lambda tx: tx.inbox.settle(stored.id, InboxState.UNREADABLE, "broke")

    def _apply(
        self, tx: Transaction, stored: StoredDelivery, reading: Reading, news: list[DeliveryNews]
    ) -> None:
        part = tx.parts.get(stored.part)
        if reading.records or reading.unreadable:
            part = self._learn(tx, part, reading.records, key=stored.delivery.key)
        strangers = self._apply_records(tx, part, reading.records, stored, news)
        note = "; ".join([*reading.unreadable, *strangers])
        state = InboxState.UNMATCHED if strangers else InboxState.APPLIED
        if reading.unreadable or not reading.records:  # what was read of it is applied all the same
            state = InboxState.UNREADABLE
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
        else:
            return part
        return tx.parts.get(part.id)

    def _apply_records(
        self,
        tx: Transaction,
        part: Part,
        records: Sequence[Record],
        stored: StoredDelivery,
        news: list[DeliveryNews],
    ) -> list[str]:
        """Add statuses to the news and keep replies; returns the numbers that are nobody's here.

        One of several records must name the part's own campaign, or that of an earlier request
        of it: a reply's text may imitate a record on a line of its own. The address alone is
        proof enough for a single one.
        """
        strangers: list[str] = []
        is_alone = len(records) == 1
        named = set() if is_alone else _names(tx, part)
        for record in records:
            is_ours = is_alone or record.gateway_id in named
            own = _own_number(tx, part, record) if is_ours else None
            if own is None:
                strangers.append(record.raw_number)
            elif record.word:
                news.append(
                    DeliveryNews(number=own, receipt=record.receipt, word=record.word, at=record.at)
                )
            if record.text.strip():
                self._keep_reply(tx, part, record, stored, is_known=own is not None)
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
        wish = self._opt_out_words.judge(record.text)
        reply = Reply(
            id=0,
            campaign=part.campaign,
            part=part.id,
            number=record.number,
            raw_number=record.raw_number,
            text=record.text,
            at=record.at,
            received_at=stored.delivery.received_at,
            opts_out=wish is Wish.SURE,
            is_known=is_known,
            may_opt_out=wish is Wish.UNSURE,
        )
        reply_id = tx.replies.add(reply, fingerprint=_fingerprint(part, record))
        if reply_id is None:
            return
        if reply.opts_out and record.number is not None:
            now = self._clock.now()
            tx.optouts.add(record.number, at=now, campaign=part.campaign, word=record.text)
        replied_to = tx.campaigns.get(part.campaign)
        if replied_to.trial is None:  # what a colleague answers to a test is no customer's reply
            tell_reply(tx, tx.campaigns.get(replied_to.home), reply_id)
        tx.outbox.add(card_changed(part.campaign))


def _names(tx: Transaction, part: Part) -> set[GatewayId | None]:
    """Gather what a record of this part may call its campaign; some don't say."""
    return {None, part.gateway_id, *(one.gateway_id for one in tx.parts.earlier(part.id))}


def _own_number(tx: Transaction, part: Part, record: Record) -> Number | None:
    """Find the recipient a record is about; ``None`` when it isn't about this part."""
    return None if record.number is None else tx.recipients.find(part.id, record.number)


def _fingerprint(part: Part, record: Record) -> str:
    """Tell one reply from another: the same words at the same second are the same record."""
    who = record.raw_number if record.number is None else same_person_key(record.number)
    at: datetime | str = "" if record.at is None else record.at
    content = "\x1f".join([str(part.id), who, str(at), record.text])
    return hashlib.sha256(content.encode()).hexdigest()
