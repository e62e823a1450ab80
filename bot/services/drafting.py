"""Drafting: from what a person typed to a campaign that waits for approval."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.approval import cancel
from bot.domain.campaign import Campaign, expiry
from bot.domain.digest import seal
from bot.domain.ids import CampaignId, ChannelId, Number, UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.numbers import Recipients, read_list
from bot.domain.policy import Policy
from bot.domain.refusals import NoRecipients, NoText, TextTooLong, TooManyRecipients
from bot.domain.texts import for_phone
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.telling import put_on_record, tell

NAME_LENGTH = 40
LONGEST = Number("00000000000")
"""A number of full length, to measure room with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person asks for, as typed; Slack's escapes are undone already.

    ``numbers`` is free text with a phone number in each comma, semicolon or line;
    ``send_at`` is aware, ``None`` for as soon as approved; ``zone`` is the writer's.
    """

    channel: ChannelId
    requester: UserId
    text: str
    numbers: str
    send_at: datetime | None
    zone: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new campaign, and what became of the numbers."""

    campaign: Campaign
    recipients: Recipients


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

    def check(self, draft: Draft) -> tuple[str, Recipients]:
        """Return the text as phones will show it and the cleaned numbers, or refuse.

        Pure but for the clock, so that a modal can answer at its fields within Slack's 3 s.
        """
        text = self.check_text(draft)
        recipients = self.check_numbers(draft)
        self.check_time(draft)
        return text, recipients

    def check_text(self, draft: Draft) -> str:
        """Return the text as phones will show it; refuse none, or one too long to send."""
        text = for_phone(draft.text)
        if not text:
            raise NoText
        try:
            self._gateway.split(
                text, [LONGEST], callback_url=self._addresses.sample, send_at=draft.send_at
            )
        except ValueError as error:
            raise TextTooLong from error
        return text

    def check_numbers(self, draft: Draft) -> Recipients:
        """Return the cleaned numbers; refuse when none is left, or too many are."""
        recipients = read_list(draft.numbers)
        if not recipients.numbers:
            raise NoRecipients(recipients.left_out)
        if len(recipients.numbers) > self._policy.most_people:
            raise TooManyRecipients(self._policy.most_people)
        return recipients

    def check_time(self, draft: Draft) -> None:
        """Refuse a time that has passed, is too far away, or is at night."""
        self._policy.check_time(draft.send_at, now=self._clock.now())

    async def create(self, draft: Draft) -> Drafted:
        """Store a campaign that waits for approval, and its card with it."""
        text, recipients = self.check(draft)
        now = self._clock.now()
        account = self._gateway.account

        def store_campaign(tx: Transaction) -> Campaign:
            campaign = Campaign(
                id=tx.campaigns.next_id(),
                name=draft.name.strip() or _first_words(text),
                channel=draft.channel,
                requester=draft.requester,
                text=text,
                send_at=draft.send_at,
                zone=draft.zone,
                account=account,
                digest=seal(text, recipients.numbers, draft.send_at, account=account),
                created_at=now,
                expires_at=expiry(now, draft.send_at, hours=self._policy.approval_hours),
            )
            tx.campaigns.add(campaign, recipients.numbers, recipients.left_out)
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

        return Drafted(await self._store.write(store_campaign), recipients)

    async def cancel(self, campaign_id: CampaignId, *, by: UserId) -> Campaign:
        """Take a campaign back, by its requester, while nothing has gone."""
        now = self._clock.now()

        def store_cancel(tx: Transaction) -> Campaign:
            campaign = cancel(tx.campaigns.get(campaign_id), by=by, at=now)
            tx.campaigns.save(campaign)
            put_on_record(tx, campaign, "cancelled", who=by, at=now)
            tell(tx, campaign, NewsKind.CANCELLED, by=by)
            return campaign

        return await self._store.write(store_cancel)


def _first_words(text: str) -> str:
    """Name a campaign that nobody named after the beginning of its text."""
    line = " ".join(text.split())
    if len(line) <= NAME_LENGTH:
        return line
    head, _, _ = line[: NAME_LENGTH - 1].rpartition(" ")
    return (head or line[: NAME_LENGTH - 1]) + "…"
