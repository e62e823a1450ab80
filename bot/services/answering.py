"""Answering: one SMS to the person who wrote a reply, as a campaign of one in the same thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.approval import go_alone
from bot.domain.campaign import Answer, Campaign, State
from bot.domain.ids import CampaignId, ChannelId, Number, UserId
from bot.domain.policy import Policy
from bot.domain.questions import Question
from bot.domain.refusals import AlreadyAnswered, NoSuchReply, OptedOut, QuietHours
from bot.domain.replies import Reply
from bot.ports import Clock, Store, Transaction
from bot.services.drafting import Drafting
from bot.services.drafts import Draft
from bot.services.membership import Membership
from bot.services.telling import put_on_record

TAKEN_BACK = frozenset({State.REJECTED, State.CANCELLED, State.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer as it was written: to which reply, by whom, in which form.

    ``seen`` is the newest answer that the form showed. A form that is sent twice makes one
    answer. ``quiet`` asks for quiet time knowingly: then an approver has to allow it.
    """

    reply: int
    by: UserId
    text: str
    zone: str
    form: str
    seen: CampaignId
    quiet: bool = False


class Answering:
    """Writes to one customer what a colleague has to say, and to nobody twice by mistake."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        policy: Policy,
        drafting: Drafting,
        membership: Membership,
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._drafting = drafting
        self._membership = membership

    @property
    def needs_approval(self) -> bool:
        """Whether a second person lets an answer go."""
        return self._policy.answers_need_approval

    async def ask(self, reply: int, *, by: UserId) -> Question:
        """Refuse early what ``answer`` would refuse, before anybody types a word."""
        question = await self.read(reply)
        await self._membership.check_channel(by, question.channel)
        return question

    async def read(self, reply: int) -> Question:
        """What is known of a reply now; refuses one of somebody who has opted out."""
        return await self._store.read(lambda tx: _read(tx, reply))

    async def is_sent(self, form: str) -> bool:
        """Whether this very form has made an answer already."""
        return await self._store.read(lambda tx: tx.campaigns.of_form(form)) is not None

    def check_text(self, text: str) -> str:
        """Return a text as phones will show it; refuse none, or one too long."""
        return self._drafting.check_text(_sample(text))

    def refuse_hours(self) -> QuietHours | None:
        """Say why an answer doesn't go at once on its writer's word alone, if now is quiet."""
        return self._policy.refuse_hours(self._clock.now())

    async def answer(self, written: Written) -> Campaign:
        """Send it, or have it approved first where the house wants that.

        The same core as any campaign: sealed, sent once, and held against the opt-out list here
        and again as it leaves. Of two colleagues at once the second is told of the first.
        """
        question = await self.read(written.reply)
        await self._membership.check_channel(written.by, question.channel)
        draft = Draft(
            channel=question.channel,
            requester=written.by,
            text=written.text,
            numbers=question.number,
            send_at=None,
            zone=written.zone,
            quiet=written.quiet,
        )
        return await self._store.write(self._answering(draft, written))

    def _answering(self, draft: Draft, written: Written) -> Callable[[Transaction], Campaign]:
        text, recipients = self._drafting.check(draft)

        def store_answer(tx: Transaction) -> Campaign:
            if (known := tx.campaigns.of_form(written.form)) is not None:
                return known
            question = _read(tx, written.reply)
            if question.answered is not None and question.newest > written.seen:
                raise answered(question.answered)
            link = Answer(written.reply, question.thread, written.form)
            campaign = self._drafting.write(
                tx, draft, text=text, recipients=recipients, answer=link
            )
            if self._needs_approval(campaign):
                return campaign
            return let_go(tx, campaign, at=self._clock.now())

        return store_answer

    def _needs_approval(self, campaign: Campaign) -> bool:
        """Whether it waits: as the house has it, and in quiet time, which nobody allows alone."""
        return self.needs_approval or self._policy.is_quiet(campaign.created_at)


def let_go(tx: Transaction, campaign: Campaign, *, at: datetime) -> Campaign:
    """Store its writer's own go, and put on record whose it was."""
    gone = go_alone(campaign, at=at)
    tx.campaigns.save(gone)
    put_on_record(tx, gone, "let go by its writer", who=gone.requester, at=at)
    return gone


def answered(campaign: Campaign) -> AlreadyAnswered:
    """Tell who answered, and when."""
    return AlreadyAnswered(campaign.id, campaign.requester, campaign.created_at)


def _read(tx: Transaction, reply_id: int) -> Question:
    reply = read_reply(tx, reply_id)
    number = tx.recipients.find(reply.part, reply.number or Number("")) or reply.number
    if number is None:
        raise NoSuchReply
    if tx.optouts.among([number]):
        raise OptedOut(number)
    campaign = tx.campaigns.get(reply.campaign)
    given = [one for one in tx.campaigns.answers(reply_id) if one.state not in TAKEN_BACK]
    return Question(
        reply=reply,
        number=number,
        thread=campaign.home,
        channel=campaign.channel,
        answered=given[-1] if given else None,
    )


def read_reply(tx: Transaction, reply_id: int) -> Reply:
    """Read a reply that a button names; raises ``NoSuchReply``."""
    try:
        return tx.replies.get(reply_id)
    except KeyError as error:
        raise NoSuchReply from error


def _sample(text: str) -> Draft:
    """A draft to check a text with: nothing else of it matters."""
    nobody, nowhere = UserId(""), ChannelId("")
    return Draft(channel=nowhere, requester=nobody, text=text, numbers="", send_at=None, zone="UTC")
