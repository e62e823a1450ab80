"""Trying: a campaign's text on one's own phone, before anybody approves it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.approval import check_open
from bot.domain.campaign import Campaign, State, Trial
from bot.domain.filling import fill_first
from bot.domain.ids import CampaignId, Number, UserId
from bot.domain.parts import PartState
from bot.domain.templates import spell_out
from bot.domain.trial_refusals import OwnNumberOptedOut, TooManyTrials, TrialUnderWay
from bot.domain.trials import HOUR, MOST_OF_A_VERSION, TrialPreview, check_pace, mark
from bot.ports import Clock, Store, Transaction
from bot.services.answering import let_go
from bot.services.drafting import Drafting
from bot.services.drafts import Draft
from bot.services.membership import Membership
from bot.services.telling import put_on_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A test as it was asked for: of which version, by whom, to which number, in which form.

    A form that is sent twice makes one test.
    """

    campaign: CampaignId
    version: int
    by: UserId
    number: Number
    zone: str
    form: str


class Trying:
    """Sends whoever asks the text of a campaign that waits, and counts it nowhere.

    A test is a campaign of one, by the same core as any: written down before its first byte
    leaves, and never sent again by itself. ``sign`` is what its text begins with.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        drafting: Drafting,
        membership: Membership,
        sign: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._drafting = drafting
        self._membership = membership
        self._sign = sign

    async def ask(self, campaign_id: CampaignId, *, by: UserId, version: int) -> TrialPreview:
        """Show what would go, to anybody of the channel, while the campaign waits."""
        preview = await self._store.read(
            lambda tx: self._preview(tx, campaign_id, by=by, version=version)
        )
        await self._membership.check_channel(by, preview.campaign.channel)
        return preview

    async def is_sent(self, form: str) -> bool:
        """Whether this very form has sent a test already."""
        return await self._store.read(lambda tx: tx.campaigns.of_form(form)) is not None

    async def check(self, wanted: Wanted) -> None:
        """Refuse early what ``send`` would refuse, but for what only Slack knows."""
        await self._store.read(lambda tx: self._check(tx, wanted))

    async def send(self, wanted: Wanted) -> Campaign:
        """Send it, and keep the number for the next one.

        Whoever opted out gets no test either; quiet hours don't hold for one's own phone.
        """
        found = await self._store.read(lambda tx: tx.campaigns.get(wanted.campaign))
        await self._membership.check_channel(wanted.by, found.channel)
        return await self._store.write(self._sending(wanted))

    async def knows_number(self, user: UserId) -> bool:
        """Whether somebody's own number is kept."""
        return await self._store.read(lambda tx: tx.own_numbers.of(user)) is not None

    async def forget(self, user: UserId) -> bool:
        """Forget somebody's own number; whether there was one."""
        return await self._store.write(lambda tx: tx.own_numbers.forget(user))

    def _sending(self, wanted: Wanted) -> Callable[[Transaction], Campaign]:
        def store_trial(tx: Transaction) -> Campaign:
            if (known := tx.campaigns.of_form(wanted.form)) is not None:
                return known
            preview, now = self._check(tx, wanted), self._clock.now()
            tested = preview.campaign
            draft = _draft(tested, preview.text, by=wanted.by, to=wanted.number, zone=wanted.zone)
            trial = self._drafting.write(
                tx,
                draft,
                text=preview.text,
                recipients=self._drafting.check_numbers(draft),
                trial=Trial(tested.id, tested.version, wanted.form),
            )
            tx.own_numbers.keep(wanted.by, wanted.number)
            put_on_record(tx, tested, "test sent", who=wanted.by, at=now, test=trial.id)
            return let_go(tx, trial, at=now)

        return store_trial

    def _check(self, tx: Transaction, wanted: Wanted) -> TrialPreview:
        now = self._clock.now()
        preview = self._preview(tx, wanted.campaign, by=wanted.by, version=wanted.version)
        if tx.optouts.among([wanted.number]):
            raise OwnNumberOptedOut(wanted.number)
        _check_pace(tx, wanted, now=now)
        return preview

    def _preview(
        self, tx: Transaction, campaign_id: CampaignId, *, by: UserId, version: int
    ) -> TrialPreview:
        campaign = tx.campaigns.get(campaign_id)
        check_open(campaign, version=version, now=self._clock.now())
        marked = mark(_words_of_first(campaign), self._sign)
        text = self._drafting.check_text(_draft(campaign, marked, by=by))
        return TrialPreview(campaign=campaign, text=text, number=tx.own_numbers.of(by))


def _words_of_first(campaign: Campaign) -> str:
    """Return the text as the first person on the list gets it, with its fields filled in."""
    return spell_out(fill_first(campaign.text, campaign.filled))


def _check_pace(tx: Transaction, wanted: Wanted, *, now: datetime) -> None:
    """Refuse what comes too soon, or while the last one of the same waits for the platform."""
    of_version = tx.campaigns.trials(wanted.campaign, wanted.version)
    if any(one.requester == wanted.by and _is_under_way(tx, one) for one in of_version):
        raise TrialUnderWay(wanted.campaign)
    if len(of_version) >= MOST_OF_A_VERSION:
        raise TooManyTrials(wanted.campaign, MOST_OF_A_VERSION)
    lately = tx.campaigns.trials_by(wanted.by, since=now - HOUR)
    check_pace((one.created_at for one in lately), now=now)


def _is_under_way(tx: Transaction, trial: Campaign) -> bool:
    """Whether it may still leave by itself, or is leaving; of unknown fate it never will again."""
    moving = {PartState.READY, PartState.IN_FLIGHT}
    return trial.state is State.APPROVED or any(
        part.state in moving for part in tx.parts.of(trial.id)
    )


def _draft(
    campaign: Campaign, text: str, *, by: UserId, to: Number | None = None, zone: str = "UTC"
) -> Draft:
    return Draft(
        channel=campaign.channel,
        requester=by,
        text=text,
        numbers=to or "",
        send_at=None,
        zone=zone,
    )
