"""Drafting: from what a person typed to a campaign that waits for approval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.approval import cancel, check_editable, edit
from bot.domain.campaign import Answer, Campaign, Trial, expiry
from bot.domain.changes import Changes
from bot.domain.digest import seal
from bot.domain.field_refusals import FieldsNeedFile
from bot.domain.gathering import read_list
from bot.domain.ids import CampaignId, ChannelId, Digest, Number, OfferId, UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.numbers import Recipients
from bot.domain.policy import Policy
from bot.domain.refusals import NoRecipients, NoText, TextTooLong, TooManyRecipients
from bot.domain.repeats import Repeat
from bot.domain.templates import read_template
from bot.domain.texts import for_phone
from bot.domain.unfinished import Form
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.filling import Worded, Wording, read_kept
from bot.services.forecasting import redrawing_shortages
from bot.services.repeats import find_repeats
from bot.services.telling import put_on_record, tell

NAME_LENGTH = 40
LONGEST = Number("00000000000")
"""A number of full length, to measure room with."""


class ListSource(StrEnum):
    """Where a draft's list comes from; only typed ones have no columns."""

    TYPED = "typed"
    FILE = "file"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person asks for, as typed; Slack's escapes are undone already.

    ``numbers`` is free text with a phone number in each comma, semicolon or line; ``listed`` is
    a list that was read from a file already, and goes before it; ``send_at`` is aware, ``None``
    for as soon as approved; ``zone`` is the writer's; ``form`` is the form it was written in,
    where there is one. ``source`` says where the list comes from also while it isn't read yet.
    ``adds_ninth_digit`` where its writer wants old mobiles written as they are dialled today.
    ``quiet`` asks for quiet time knowingly, and ``offer`` is the offer that it takes up.
    """

    channel: ChannelId
    requester: UserId
    text: str
    numbers: str
    send_at: datetime | None
    zone: str
    name: str = ""
    listed: Recipients | None = None
    form: Form | None = None
    source: ListSource = ListSource.TYPED
    adds_ninth_digit: bool = False
    quiet: bool = False
    offer: OfferId | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A campaign or a new version of one, and what became of the numbers.

    It isn't new where its form was sent before: then nothing was done this time. ``repeats`` is
    what of it was seen before.
    """

    campaign: Campaign
    recipients: Recipients
    is_new: bool = True
    repeats: tuple[Repeat, ...] = ()


class Drafting:
    """Writes campaigns, and takes them back."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        gateway: Gateway,
        policy: Policy,
        addresses: CallbackAddresses,
    ) -> None:
        self._store = store
        self._clock = clock
        self._gateway = gateway
        self._policy = policy
        self._addresses = addresses
        self._wording = Wording(gateway=gateway, addresses=addresses)

    @property
    def has_quiet_times(self) -> bool:
        """Whether any time is quiet, so that a form asks about it."""
        return bool(self._policy.quiet_times)

    def check(self, draft: Draft) -> tuple[str, Recipients]:
        """Return the text as phones will show it and the cleaned numbers, or refuse.

        Pure but for the clock, so that a modal can answer at its fields within Slack's 3 s.
        """
        text = self.check_text(draft)
        recipients = self.check_numbers(draft)
        self.check_time(draft)
        return text, recipients

    def check_text(self, draft: Draft) -> str:
        """Return the text as phones will show it; refuse none, or one too long to send.

        One with fields stays as it is, and is looked at again once it is filled in.
        """
        text = for_phone(draft.text)
        if not text:
            raise NoText
        template = read_template(text)
        if template.names:
            if draft.listed is None and draft.source is ListSource.TYPED:
                raise FieldsNeedFile(tuple(template.names.values()))
            return text
        text = template.fill({})
        sample, at = self._addresses.sample, draft.send_at
        door = self._choose(text, [LONGEST], at)
        try:
            self._gateway.split(text, [LONGEST], callback_url=sample, send_at=at, door=door)
        except ValueError as error:
            raise TextTooLong from error
        return text

    def check_numbers(self, draft: Draft) -> Recipients:
        """Return the cleaned numbers; refuse when none is left, or too many are."""
        recipients = read_list(draft.numbers) if draft.listed is None else draft.listed
        if not recipients.numbers:
            raise NoRecipients(recipients.left_out)
        if len(recipients.numbers) > self._policy.most_people:
            raise TooManyRecipients(self._policy.most_people)
        return recipients.with_ninth_digit() if draft.adds_ninth_digit else recipients

    def check_time(self, draft: Draft) -> None:
        """Refuse a time that has passed, is too far away, or is quiet and not asked for so."""
        self._policy.check_time(draft.send_at, now=self._clock.now(), quiet=draft.quiet)

    async def create(self, draft: Draft) -> Drafted:
        """Store a campaign that waits for approval, and its card with it."""
        text, checked = self.check(draft)
        recipients = await self.without_opted_out(checked)
        worded = await self.word(draft, text, recipients)
        return await self._store.write(
            lambda tx: self._create(tx, draft, text=text, recipients=recipients, worded=worded)
        )

    def _create(
        self,
        tx: Transaction,
        draft: Draft,
        *,
        text: str,
        recipients: Recipients,
        worded: Worded | None,
    ) -> Drafted:
        if (known := _sent_before(tx, draft)) is not None:
            return Drafted(tx.campaigns.get(known), recipients, is_new=False)
        campaign = self.write(tx, draft, text=text, recipients=recipients, worded=worded)
        self._end_form(tx, draft, campaign)
        return Drafted(campaign, recipients, repeats=self._repeats(tx, campaign))

    def write(
        self,
        tx: Transaction,
        draft: Draft,
        *,
        text: str,
        recipients: Recipients,
        worded: Worded | None = None,
        answer: Answer | None = None,
        trial: Trial | None = None,
    ) -> Campaign:
        """Store, within a transaction, what ``check`` let through."""
        now = self._clock.now()
        door = self._door(text, recipients.numbers, draft, worded)
        campaign = Campaign(
            id=tx.campaigns.next_id(),
            name=draft.name.strip() or _first_words(text),
            channel=draft.channel,
            requester=draft.requester,
            text=text,
            send_at=draft.send_at,
            zone=draft.zone,
            account=self._gateway.account,
            door=door,
            quiet=self._asks_quiet(draft),
            digest=self._seal(text, recipients.numbers, draft, door, worded),
            created_at=now,
            expires_at=expiry(now, draft.send_at, hours=self._policy.approval_hours),
            answer=answer,
            trial=trial,
            filled=None if worded is None else worded.filled,
        )
        tx.campaigns.add(campaign, recipients.numbers, recipients.left_out)
        if worded is not None:
            tx.fields.keep(campaign.id, worded.filling)
        if draft.offer is not None:
            tx.offers.take(draft.offer, campaign.id)
        put_on_record(
            tx,
            campaign,
            "created",
            who=draft.requester,
            at=now,
            people=len(recipients.numbers),
            left_out=len(recipients.left_out),
        )
        tx.outbox.add(card_changed(campaign.id))
        return campaign

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
        text = self.check_text(draft)
        recipients = None if keep_numbers else self.check_numbers(draft)
        self.check_time(draft)
        if recipients is not None:
            recipients = await self.without_opted_out(recipients)
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
                worded = self._wording.word_now(campaign.text, kept, campaign.send_at, is_kept=True)
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
        if _sent_before(tx, draft) is not None:
            return Drafted(before, recipients or Recipients((), ()), is_new=False)
        kept = tx.recipients.numbers(campaign_id)
        numbers = kept if recipients is None else recipients.numbers
        door = self._door(text, numbers, draft, worded)
        digest = self._seal(text, numbers, draft, door, worded)
        name = _name_after(before, draft.name.strip(), text)
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
            quiet=self._asks_quiet(draft),
            digest=digest,
            at=now,
            policy=self._policy,
        )
        filled = None if worded is None else worded.filled
        campaign = replace(
            campaign, name=name, account=self._gateway.account, door=door, filled=filled
        )
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
        self._end_form(tx, draft, campaign)
        given = recipients or Recipients(kept, ())
        return Drafted(campaign, given, repeats=self._repeats(tx, campaign))

    def _repeats(self, tx: Transaction, campaign: Campaign) -> tuple[Repeat, ...]:
        return find_repeats(tx, campaign, now=self._clock.now(), policy=self._policy)

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
        self._end_form(tx, draft, renamed)
        return renamed

    def _end_form(self, tx: Transaction, draft: Draft, campaign: Campaign) -> None:
        """Close the form with the campaign that it made, in one transaction."""
        form = draft.form
        if form is None:
            return
        tx.forms.note_sent(form.id, campaign.id, at=self._clock.now())
        tx.forms.forget(draft.requester, form.place)
        if form.file and not draft.adds_ninth_digit:  # reading it again would undo that
            tx.forms.attach(form.file, campaign.id)

    async def without_opted_out(self, recipients: Recipients) -> Recipients:
        """Leave out who asked for no more, so that what is approved is who gets it.

        It is done again at the moment of sending, for whoever asks in between.
        """
        listed = await self._store.read(lambda tx: tx.optouts.among(recipients.numbers))
        left = recipients.without(listed)
        if not left.numbers:
            raise NoRecipients(left.left_out)
        return left

    async def _word_anew(
        self, campaign_id: CampaignId, draft: Draft, text: str, recipients: Recipients | None
    ) -> Worded | None:
        """Fill in a new list, or what is kept of the one that stays."""
        if recipients is None and _has_fields(draft):
            recipients = await self._store.read(
                lambda tx: read_kept(tx, tx.campaigns.get(campaign_id))
            )
        return None if recipients is None else await self.word(draft, text, recipients)

    async def word(self, draft: Draft, text: str, recipients: Recipients) -> Worded | None:
        """Fill the list in; ``None`` where the text has no fields, as it was typed."""
        if not _has_fields(draft):
            return None
        is_kept = draft.source is ListSource.KEPT
        return await self._wording.word(text, recipients, send_at=draft.send_at, is_kept=is_kept)

    def _door(
        self, text: str, numbers: Sequence[Number], draft: Draft, worded: Worded | None
    ) -> str:
        return self._choose(text, numbers, draft.send_at) if worded is None else worded.door

    def _choose(self, text: str, numbers: Sequence[Number], send_at: datetime | None) -> str:
        sample = self._addresses.sample
        return self._gateway.choose(text, numbers, callback_url=sample, send_at=send_at)

    def _asks_quiet(self, draft: Draft) -> bool:
        """Whether it asks for quiet time; a time by day needs no such wish, and keeps none."""
        if not draft.quiet or draft.send_at is None:
            return draft.quiet
        return self._policy.is_quiet(draft.send_at)

    def _seal(
        self,
        text: str,
        numbers: Sequence[Number],
        draft: Draft,
        door: str,
        worded: Worded | None,
    ) -> Digest:
        texts = None
        if worded is not None:
            numbers, texts = worded.filling.numbers, worded.filling.texts
        return seal(
            text,
            numbers,
            draft.send_at,
            account=self._gateway.account,
            door=door,
            texts=texts,
            quiet=self._asks_quiet(draft),
        )

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


def _name_after(before: Campaign, name: str, text: str) -> str:
    """Take a new name; without one, a name that was made of the text follows the text."""
    was_given = before.name != _first_words(before.text)
    if name and (was_given or name != before.name):
        return name
    return before.name if was_given else _first_words(text)


def _sent_before(tx: Transaction, draft: Draft) -> CampaignId | None:
    """What its form has made already: people press twice, and Slack sends again what it doubts."""
    return None if draft.form is None else tx.forms.sent(draft.form.id)


def _has_fields(draft: Draft) -> bool:
    return bool(read_template(for_phone(draft.text)).names)


def _first_words(text: str) -> str:
    """Name a campaign that nobody named after the beginning of its text."""
    line = " ".join(text.split())
    if len(line) <= NAME_LENGTH:
        return line
    head, _, _ = line[: NAME_LENGTH - 1].rpartition(" ")
    return (head or line[: NAME_LENGTH - 1]) + "…"
