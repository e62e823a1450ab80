"""Editing: a waiting campaign becomes another version, or is taken back."""

from dataclasses import replace

from bot.domain.approval import cancel, check_editable, edit
from bot.domain.campaign import Campaign
from bot.domain.changes import Changes
from bot.domain.ids import CampaignId, UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.numbers import Recipients
from bot.domain.policy import Policy
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.drafting import Drafting, has_fields
from bot.services.drafts import Draft, Drafted, ListSource, end_form, name_after, sent_before
from bot.services.filling import Worded, read_kept
from bot.services.forecasting import redrawing_shortages
from bot.services.telling import put_on_record, tell


class Editing:
    """Changes campaigns that wait, each change in one transaction."""

    def __init__(
        self, *, store: Store, clock: Clock, gateway: Gateway, policy: Policy, drafting: Drafting
    ) -> None:
        self._store = store
        self._clock = clock
        self._account = gateway.account
        self._policy = policy
        self._drafting = drafting

    async def check_editable(
        self, campaign_id: CampaignId, *, by: UserId, version: int
    ) -> Campaign:
        """Refuse early what ``edit`` would refuse, before anybody changes a word."""
        campaign = await self._store.read(lambda tx: tx.campaigns.get(campaign_id))
        check_editable(campaign, by=by, version=version, now=self._clock.now())
        return campaign

    async def edit(
        self, campaign_id: CampaignId, *, version: int, draft: Draft, keep_numbers: bool = False
    ) -> Drafted:
        """Make a new version of a waiting campaign, which starts its approvals anew.

        ``keep_numbers`` keeps the list as it is, for one that is too long to be shown, with what is
        kept to fill its fields.
        """
        if keep_numbers:
            draft = replace(draft, source=ListSource.KEPT)
        text = self._drafting.check_text(draft)
        recipients = None if keep_numbers else self._drafting.check_numbers(draft)
        self._drafting.check_time(draft)
        if recipients is not None:
            recipients = await self._drafting.without_opted_out(recipients)
        worded = await self._word_anew(campaign_id, draft, text, recipients)
        return await self._store.write(
            lambda tx: self._edit(
                tx,
                campaign_id,
                version=version,
                draft=draft,
                text=text,
                recipients=recipients,
                worded=worded,
            )
        )

    async def add_ninth_digit(
        self, campaign_id: CampaignId, *, by: UserId, version: int
    ) -> Drafted:
        """Write every mobile of ten digits as it is dialled today, as a new version.

        Only the requester may: whether an old number with a 9 before it is still that person's
        is theirs to know. Nothing else is looked at again: the text and the time stay.
        """

        def store_digits(tx: Transaction) -> Drafted:
            campaign = tx.campaigns.get(campaign_id)
            check_editable(campaign, by=by, version=version, now=self._clock.now())
            draft = Draft(
                channel=campaign.channel,
                requester=by,
                text=campaign.text,
                numbers="",
                send_at=campaign.send_at,
                zone=campaign.zone,
                quiet=campaign.quiet,
            )
            ninth = tx.recipients.add_ninth_digit(campaign_id)
            worded = None
            if campaign.filled is not None:
                kept = read_kept(tx, campaign)
                worded = self._drafting.word_kept(campaign, kept)
            return self._edit(
                tx,
                campaign_id,
                version=version,
                draft=draft,
                text=campaign.text,
                recipients=None,
                worded=worded,
                ninth=ninth,
            )

        return await self._store.write(store_digits)

    def _edit(
        self,
        tx: Transaction,
        campaign_id: CampaignId,
        *,
        version: int,
        draft: Draft,
        text: str,
        recipients: Recipients | None,
        worded: Worded | None,
        ninth: int = 0,
    ) -> Drafted:
        now = self._clock.now()
        before = tx.campaigns.get(campaign_id)
        if sent_before(tx, draft) is not None:
            return Drafted(before, recipients or Recipients((), ()), is_new=False)
        kept = tx.recipients.numbers(campaign_id)
        numbers = kept if recipients is None else recipients.numbers
        door = self._drafting.door(text, numbers, draft, worded)
        digest = self._drafting.seal(text, numbers, draft, door, worded)
        name = name_after(before, draft.name.strip(), text)
        if digest == before.digest and name != before.name:
            return Drafted(
                self._rename(tx, before, name, draft=draft, version=version), Recipients(kept, ())
            )
        campaign = edit(
            before,
            by=draft.requester,
            version=version,
            text=text,
            send_at=draft.send_at,
            quiet=self._drafting.asks_quiet(draft),
            digest=digest,
            at=now,
            policy=self._policy,
        )
        filled = None if worded is None else worded.filled
        campaign = replace(campaign, name=name, account=self._account, door=door, filled=filled)
        tx.campaigns.save(campaign)
        added, removed = (
            (0, 0)
            if recipients is None
            else tx.campaigns.rewrite(campaign_id, numbers, recipients.left_out)
        )
        tx.fields.keep(campaign_id, None if worded is None else worded.filling)
        changes = Changes(
            version=campaign.version,
            by=draft.requester,
            at=now,
            text_before=before.text,
            send_at_before=before.send_at,
            added=added,
            removed=removed,
            voided=len(before.approvals),
            ninth=ninth,
        )
        tx.campaigns.note_changes(campaign_id, changes)
        put_on_record(
            tx,
            campaign,
            "edited",
            who=draft.requester,
            at=now,
            added=added,
            removed=removed,
            ninth=ninth,
        )
        tell(
            tx,
            campaign,
            NewsKind.EDITED,
            by=draft.requester,
            version=campaign.version,
            added=added,
            removed=removed,
            ninth=ninth,
            voided=changes.voided,
            voided_by=[approval.by for approval in before.approvals],
        )
        if recipients is not None or ninth:
            tx.forms.detach(campaign_id)
        end_form(tx, draft, campaign, at=now)
        given = recipients or Recipients(kept, ())
        return Drafted(campaign, given, repeats=self._drafting.repeats(tx, campaign))

    async def _word_anew(
        self, campaign_id: CampaignId, draft: Draft, text: str, recipients: Recipients | None
    ) -> Worded | None:
        """Fill in a new list, or what is kept of the one that stays."""
        if recipients is None and has_fields(draft):
            recipients = await self._store.read(
                lambda tx: read_kept(tx, tx.campaigns.get(campaign_id))
            )
        return None if recipients is None else await self._drafting.word(draft, text, recipients)

    def _rename(
        self, tx: Transaction, before: Campaign, name: str, *, draft: Draft, version: int
    ) -> Campaign:
        """Call it otherwise: what was approved stays approved, for a name goes to nobody."""
        now = self._clock.now()
        check_editable(before, by=draft.requester, version=version, now=now)
        renamed = replace(before, name=name)
        tx.campaigns.save(renamed)
        put_on_record(tx, renamed, "renamed", who=draft.requester, at=now)
        tx.outbox.add(card_changed(renamed.id))
        end_form(tx, draft, renamed, at=now)
        return renamed

    async def cancel(self, campaign_id: CampaignId, *, by: UserId) -> Campaign:
        """Take a campaign back, by its requester, while nothing has gone."""
        now = self._clock.now()

        def store_cancel(tx: Transaction) -> Campaign:
            campaign = cancel(tx.campaigns.get(campaign_id), by=by, at=now)
            with redrawing_shortages(tx, now=now):
                tx.campaigns.save(campaign)
            put_on_record(tx, campaign, "cancelled", who=by, at=now)
            tell(tx, campaign, NewsKind.CANCELLED, by=by)
            return campaign

        return await self._store.write(store_cancel)
