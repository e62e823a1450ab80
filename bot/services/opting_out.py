"""Opting out: who is put on the list by hand, and who is taken off it, each on record."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import Number, UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.refusals import AlreadyOptedOut, NoSuchReply
from bot.domain.replies import AuditEntry
from bot.ports import Clock, Store, Transaction
from bot.services.answering import read_reply
from bot.services.membership import Membership
from bot.services.telling import put_on_record, tell

MOST_NAMED = 20
"""Numbers that are named in one line of the record; of more, only how many."""


class OptingOut:
    """Keeps the list where no word of a customer's did: on a colleague's or the machine's word."""

    def __init__(self, *, store: Store, clock: Clock, membership: Membership) -> None:
        self._store = store
        self._clock = clock
        self._membership = membership

    async def by_reply(self, reply_id: int, *, by: UserId) -> None:
        """Put whoever wrote a reply on the list: somebody has read it as a wish for no more.

        Anybody of the channel may: to write to nobody needs no second person. A second press
        changes nothing, and says so.
        """
        found = await self._store.read(lambda tx: read_reply(tx, reply_id))
        campaign = await self._store.read(lambda tx: tx.campaigns.get(found.campaign))
        await self._membership.check_channel(by, campaign.channel)
        now = self._clock.now()

        def store_opt_out(tx: Transaction) -> None:
            reply = read_reply(tx, reply_id)
            if reply.number is None:
                raise NoSuchReply
            of = tx.campaigns.get(reply.campaign)
            if not tx.optouts.add(reply.number, at=now, campaign=of.id, word=reply.text, by=by):
                raise AlreadyOptedOut(reply.number)
            tx.replies.mark_opt_out(reply_id)
            put_on_record(tx, of, "opted out", who=by, at=now, reply=reply_id)
            home = tx.campaigns.get(of.home)
            tell(tx, home, NewsKind.OPTED_OUT, by=by, number=reply.number)
            tx.outbox.add(card_changed(of.id))

        await self._store.write(store_opt_out)

    async def add(self, numbers: Sequence[Number], *, by: str) -> int:
        """Put numbers on the list on the machine's word; how many are new there."""
        now = self._clock.now()

        def store_numbers(tx: Transaction) -> int:
            added = tx.optouts.add_all(numbers, at=now, by=by)
            if added:
                tx.audit.add(_entry("opt-outs added", numbers, added, by=by, at=now))
            return added

        return await self._store.write(store_numbers)

    async def remove(self, numbers: Sequence[Number], *, by: str) -> int:
        """Take numbers off the list on the machine's word; how many were there."""
        now = self._clock.now()

        def store_numbers(tx: Transaction) -> int:
            removed = tx.optouts.remove(numbers)
            if removed:
                tx.audit.add(_entry("opt-outs removed", numbers, removed, by=by, at=now))
            return removed

        return await self._store.write(store_numbers)


def _entry(
    what: str, numbers: Sequence[Number], changed: int, *, by: str, at: datetime
) -> AuditEntry:
    named = ", ".join(numbers) if len(numbers) <= MOST_NAMED else None
    return AuditEntry(at=at, who=by, what=what, facts={"people": changed, "numbers": named})
