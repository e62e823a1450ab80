"""Drafting: from what a person typed to a campaign that waits for approval."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaign import Answer, Campaign, Trial, expiry
from bot.domain.digest import seal
from bot.domain.field_refusals import FieldsNeedFile
from bot.domain.gathering import read_list
from bot.domain.ids import Digest, Number
from bot.domain.news import card_changed
from bot.domain.numbers import Recipients
from bot.domain.policy import Policy
from bot.domain.refusals import NoRecipients, NoText, TextTooLong, TooManyRecipients
from bot.domain.repeats import Repeat
from bot.domain.templates import read_template
from bot.domain.texts import for_phone
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.drafts import Draft, Drafted, ListSource, end_form, first_words, sent_before
from bot.services.filling import Worded, Wording
from bot.services.repeats import find_repeats
from bot.services.telling import put_on_record

LONGEST = Number("00000000000")
"""A number of full length, to measure room with."""


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
        if (known := sent_before(tx, draft)) is not None:
            return Drafted(tx.campaigns.get(known), recipients, is_new=False)
        campaign = self.write(tx, draft, text=text, recipients=recipients, worded=worded)
        end_form(tx, draft, campaign, at=self._clock.now())
        return Drafted(campaign, recipients, repeats=self.repeats(tx, campaign))

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
        door = self.door(text, recipients.numbers, draft, worded)
        campaign = Campaign(
            id=tx.campaigns.next_id(),
            name=draft.name.strip() or first_words(text),
            channel=draft.channel,
            requester=draft.requester,
            text=text,
            send_at=draft.send_at,
            zone=draft.zone,
            account=self._gateway.account,
            door=door,
            quiet=self.asks_quiet(draft),
            digest=self.seal(text, recipients.numbers, draft, door, worded),
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

    def repeats(self, tx: Transaction, campaign: Campaign) -> tuple[Repeat, ...]:
        """What of a campaign was seen before."""
        return find_repeats(tx, campaign, now=self._clock.now(), policy=self._policy)

    async def without_opted_out(self, recipients: Recipients) -> Recipients:
        """Leave out who asked for no more, so that what is approved is who gets it.

        It is done again at the moment of sending, for whoever asks in between.
        """
        listed = await self._store.read(lambda tx: tx.optouts.among(recipients.numbers))
        left = recipients.without(listed)
        if not left.numbers:
            raise NoRecipients(left.left_out)
        return left

    async def word(self, draft: Draft, text: str, recipients: Recipients) -> Worded | None:
        """Fill the list in; ``None`` where the text has no fields, as it was typed."""
        if not has_fields(draft):
            return None
        is_kept = draft.source is ListSource.KEPT
        return await self._wording.word(text, recipients, send_at=draft.send_at, is_kept=is_kept)

    def word_kept(self, campaign: Campaign, kept: Recipients) -> Worded:
        """Fill a campaign's text in again for its list as it is kept."""
        return self._wording.word_now(campaign.text, kept, campaign.send_at, is_kept=True)

    def door(
        self, text: str, numbers: Sequence[Number], draft: Draft, worded: Worded | None
    ) -> str:
        """Choose the way to the platform that it is sealed for."""
        return self._choose(text, numbers, draft.send_at) if worded is None else worded.door

    def _choose(self, text: str, numbers: Sequence[Number], send_at: datetime | None) -> str:
        sample = self._addresses.sample
        return self._gateway.choose(text, numbers, callback_url=sample, send_at=send_at)

    def asks_quiet(self, draft: Draft) -> bool:
        """Whether it asks for quiet time; a time by day needs no such wish, and keeps none."""
        if not draft.quiet or draft.send_at is None:
            return draft.quiet
        return self._policy.is_quiet(draft.send_at)

    def seal(
        self,
        text: str,
        numbers: Sequence[Number],
        draft: Draft,
        door: str,
        worded: Worded | None,
    ) -> Digest:
        """Seal what is asked for, each person with their own text where it has fields."""
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
            quiet=self.asks_quiet(draft),
        )


def has_fields(draft: Draft) -> bool:
    """Whether its text is filled in for each person."""
    return bool(read_template(for_phone(draft.text)).names)
