"""The six commands, and ``/sms`` with the same verbs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.approval import HOLDABLE
from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, ChannelId, UserId
from bot.domain.people import Person
from bot.domain.refusals import (
    BotNotInChannel,
    NoSuchCampaign,
    NotAChannel,
    NotInChannel,
    UnreadTime,
)
from bot.domain.texts import unescape_slack
from bot.ports import Clock
from bot.services.braking import Braking
from bot.services.drafts import Draft
from bot.services.membership import Membership
from bot.services.offering import Offered, Offering
from bot.services.tracking import Tracking
from bot.services.viewing import Viewing
from handlers.blocks.brake_answers import render_held_all
from handlers.blocks.draft_notes import render_drafted
from handlers.blocks.message import Message
from handlers.blocks.quiet_buttons import render_offer
from handlers.blocks.repeat_lines import add_repeats
from handlers.blocks.reports import (
    render_balance,
    render_help,
    render_overview,
    render_status,
)
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.composer import Composer, form_in, form_of_message
from handlers.slack.interactions import SharedMessage
from handlers.slack.moments import read_moment
from handlers.slack.typed import means_all, read_campaign_number, read_typed

NAMELESS = frozenset({"", "privategroup"})
"""What Slack writes for a channel whose name it keeps to itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command as it came in; ``verb`` is ``send``, ``status`` ..."""

    verb: str
    typed: str
    asker: Asker
    channel_name: str
    trigger_id: str

    @property
    def user(self) -> UserId:
        """Who typed it."""
        return self.asker.user

    @property
    def channel(self) -> ChannelId:
        """Where."""
        return self.asker.channel

    @property
    def is_direct(self) -> bool:
        """Whether it was typed in a direct message, with one person or several."""
        return self.channel.startswith("D") or self.channel_name.startswith("mpdm-")


class Commands:
    """Does what a slash command asks; raises ``BotError`` for what it won't."""

    def __init__(
        self,
        *,
        clock: Clock,
        composer: Composer,
        membership: Membership,
        offering: Offering,
        braking: Braking,
        tracking: Tracking,
        viewing: Viewing,
        answers: PrivateAnswers,
        words: Words,
    ) -> None:
        self._composer = composer
        self._clock = clock
        self._membership = membership
        self._offering = offering
        self._braking = braking
        self._tracking = tracking
        self._viewing = viewing
        self._answers = answers
        self._words = words
        self._verbs: dict[str, Callable[[Command, Person], Awaitable[None]]] = {
            "send": self._send,
            "schedule": self._schedule,
            "status": self._status,
            "balance": self._balance,
            "hold": self._hold,
            "release": self._release,
        }

    async def run(self, command: Command) -> None:
        """Do it. Only full members of this workspace act; help is for them, too."""
        person = await self._membership.check_full_member(command.user)
        verb = self._verbs.get(command.verb, self._help)
        await verb(command, person)

    async def _send(self, command: Command, person: Person) -> None:
        await self._compose_or_draft(command, person, has_time=False)

    async def _schedule(self, command: Command, person: Person) -> None:
        await self._compose_or_draft(command, person, has_time=True)

    async def _compose_or_draft(self, command: Command, person: Person, *, has_time: bool) -> None:
        if command.is_direct:
            raise NotAChannel
        await self._check_channel(command)
        if not command.typed.strip():
            await self._open_composer(command, person, has_time=has_time)
            return
        typed = read_typed(command.typed, has_time=has_time)
        if has_time and not typed.when:
            raise UnreadTime(command.typed.strip())
        zone = ZoneInfo(person.zone)
        draft = Draft(
            channel=command.channel,
            requester=command.user,
            text=typed.text,
            numbers=typed.numbers,
            send_at=read_moment(typed.when, zone=zone, now=self._clock.now()) if has_time else None,
            zone=person.zone,
        )
        made = await self._offering.create(draft)
        if isinstance(made, Offered):
            await self._tell(command, render_offer(made.refused, made.offer, words=self._words))
            return
        note = render_drafted(made.campaign, made.recipients, words=self._words)
        note = add_repeats(note, made.campaign, made.repeats, self._words)
        await self._tell(command, Message(note, []))

    async def send_message(self, message: SharedMessage) -> None:
        """Open the composer with a message's text, for the channel it stands in."""
        asker = message.asker
        if asker.channel.startswith("D"):
            raise NotAChannel
        person = await self._membership.check_full_member(asker.user)
        await self._membership.check_bot_is_in(asker.channel)
        form = form_of_message(
            asker.channel, ts=message.ts, text=unescape_slack(message.text), zone=person.zone
        )
        await self._composer.open(message.trigger_id, asker.user, form)

    async def _open_composer(self, command: Command, person: Person, *, has_time: bool) -> None:
        form = form_in(command.channel, zone=person.zone, is_timed=has_time)
        await self._composer.open(command.trigger_id, command.user, form)

    async def _check_channel(self, command: Command) -> None:
        try:
            await self._membership.check_bot_is_in(command.channel)
        except BotNotInChannel:
            nameless = command.channel_name in NAMELESS
            name = "" if nameless else command.channel_name
            raise BotNotInChannel(command.channel, name) from None

    async def _status(self, command: Command, _: Person) -> None:
        now = self._clock.now()
        if not command.typed.strip():
            overview = await self._viewing.overview(command.channel)
            await self._tell(command, render_overview(overview, now=now, words=self._words))
            return
        campaign_id = read_campaign_number(command.typed)
        view = await self._viewing.campaign(campaign_id)
        await self._check_reach(command, view.campaign)
        await self._tell(command, render_status(view, now=now, words=self._words))
        await self._tracking.want(campaign_id)

    async def _balance(self, command: Command, _: Person) -> None:
        balance = await self._viewing.balance()
        message = render_balance(balance, now=self._clock.now(), words=self._words)
        await self._tell(command, message)

    async def _hold(self, command: Command, _: Person) -> None:
        if means_all(command.typed):
            await self._hold_all(command)
            return
        campaign = await self._braking.hold(await self._which(command), by=command.user)
        said = self._words.say(
            "The brake is pulled for #{id}. The card tells when the platform has confirmed it.",
            id=campaign.id,
        )
        await self._tell(command, Message(said, []))

    async def _hold_all(self, command: Command) -> None:
        found = await self._braking.hold_all(command.channel, by=command.user)
        said = render_held_all(found.held, found.already, waiting=found.waiting, words=self._words)
        await self._tell(command, Message(said, []))

    async def _release(self, command: Command, _: Person) -> None:
        campaign_id = await self._which(command)
        if await self._braking.release(campaign_id, by=command.user):
            said = self._words.say("#{id} is released.", id=campaign_id)
        else:
            said = self._words.say(
                "I asked the approvers in #{id}'s thread: letting go needs a second person.",
                id=campaign_id,
            )
        await self._tell(command, Message(said, []))

    async def _help(self, command: Command, _: Person) -> None:
        await self._tell(command, render_help(self._words))

    async def _which(self, command: Command) -> CampaignId:
        """The campaign meant: the number typed, or the only one that runs in this channel."""
        if command.typed.strip():
            campaign_id = read_campaign_number(command.typed)
            await self._check_reach(command, (await self._viewing.campaign(campaign_id)).campaign)
            return campaign_id
        overview = await self._viewing.overview(command.channel)
        able = [v.campaign.id for v in overview.running if v.campaign.state in HOLDABLE]
        if len(able) != 1:
            raise NoSuchCampaign
        return able[0]

    async def _check_reach(self, command: Command, campaign: Campaign) -> None:
        """Keep a campaign to its own channel's people; to others it doesn't exist."""
        if command.channel == campaign.channel:
            return
        try:
            await self._membership.check_channel(command.user, campaign.channel)
        except NotInChannel:
            raise NoSuchCampaign(str(campaign.id)) from None

    async def _tell(self, command: Command, message: Message) -> None:
        await self._answers.tell(command.asker, message)
