"""Opting out: who is put on the list because somebody read a reply so."""

from bot.domain.ids import UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.refusals import AlreadyOptedOut, NoSuchReply
from bot.ports import Clock, Store, Transaction
from bot.services.answering import read_reply
from bot.services.membership import Membership
from bot.services.telling import put_on_record, tell


class OptingOut:
    """Puts on the list, on a colleague's word, whom no word of their own did."""

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
