"""What people submit in modals: a campaign, a change to it, and the reason for a no."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.campaign import Campaign
from bot.domain.errors import BotError
from bot.domain.file_refusals import TwoLists
from bot.domain.ids import CampaignId, ChannelId, UserId
from bot.ports import Clock, SharedFile
from bot.services.approving import Approving
from bot.services.drafting import Draft, Drafting
from bot.services.listing import Listing
from bot.services.membership import Membership
from bot.services.viewing import Viewing
from handlers.blocks.actions import Press
from handlers.blocks.answers import field_error
from handlers.blocks.draft_notes import render_drafted, render_edited
from handlers.blocks.left_out_file import render_left_out_file, say_left_out_file
from handlers.blocks.message import Message
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.files import SlackFiles
from handlers.slack.moments import read_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The compose modal as submitted.

    ``keeps_numbers`` where no list is wanted, for there is one that stays: the campaign's own
    or, in a new one, that of the campaign it is written ``again`` for. ``file`` is a list that
    was given in place of numbers; ``form`` is the modal's own id at Slack.
    """

    user: UserId
    channel: ChannelId
    zone: str
    text: str
    numbers: str
    when: str
    keeps_numbers: bool = False
    again: CampaignId | None = None
    file: SharedFile | None = None
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The edit modal as submitted, and the version that it changes."""

    press: Press
    form: Composed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The reason modal as submitted."""

    press: Press
    asker: Asker
    reason: str


class Modals:
    """Reads modals; what is wrong with a field is said at the field, and typed text stays."""

    def __init__(
        self,
        *,
        clock: Clock,
        membership: Membership,
        drafting: Drafting,
        approving: Approving,
        viewing: Viewing,
        listing: Listing,
        files: SlackFiles,
        answers: PrivateAnswers,
        words: Words,
    ) -> None:
        self._clock = clock
        self._membership = membership
        self._drafting = drafting
        self._approving = approving
        self._viewing = viewing
        self._listing = listing
        self._files = files
        self._answers = answers
        self._words = words

    def field_errors(self, composed: Composed) -> dict[str, str]:
        """Check everything that needs nobody's answer: block id to error, empty when fine."""
        errors: dict[str, str] = {}
        send_at: datetime | None = None
        try:
            send_at = self._send_at(composed)
        except BotError as error:
            self._note(errors, error, composed.zone)
        draft = _draft(composed, send_at)
        drafting = self._drafting
        checks: list[Callable[[Draft], object]] = [drafting.check_text, drafting.check_time]
        if composed.file is not None:
            checks.append(lambda _: self._check_file(composed))
        elif not composed.keeps_numbers:
            checks.append(drafting.check_numbers)
        for check in checks:
            try:
                check(draft)
            except BotError as error:
                self._note(errors, error, composed.zone)
        return errors

    def _check_file(self, composed: Composed) -> None:
        if composed.numbers.strip():
            raise TwoLists
        if composed.file is not None:
            self._listing.check(composed.file)

    async def compose(self, composed: Composed) -> None:
        """Make the campaign; a file is read only for somebody who may write one."""
        await self._membership.check_full_member(composed.user)
        await self._membership.check_bot_is_in(composed.channel)
        await self._membership.check_channel(composed.user, composed.channel)
        if composed.keeps_numbers and composed.again is not None:
            _, numbers = await self._viewing.again(composed.again)
            composed = replace(composed, numbers=", ".join(numbers))
        found = None if composed.file is None else await self._listing.read(composed.file)
        draft = _draft(composed, self._send_at(composed))
        if found is not None:
            draft = replace(draft, listed=found.recipients)
        drafted = await self._drafting.create(draft)
        origin = None if found is None else found.origin
        note = render_drafted(
            drafted.campaign, drafted.recipients, words=self._words, origin=origin
        )
        await self._answers.tell(Asker(composed.user, composed.channel), Message(note, []))
        if found is not None and drafted.recipients.left_out:
            await self._give_left_out(composed.user, drafted.campaign)

    async def _give_left_out(self, user: UserId, campaign: Campaign) -> None:
        """Hand the writer a file with everybody who was left out, to mend the list by."""
        left_out = await self._listing.left_out(campaign.id)
        await self._files.give(
            user,
            name=f"left-out-{campaign.id}.csv",
            content=render_left_out_file(left_out, words=self._words),
            comment=say_left_out_file(campaign, words=self._words),
        )

    async def edit(self, edited: Edited) -> None:
        """Make a new version of the campaign."""
        form, press = edited.form, edited.press
        await self._membership.check_full_member(form.user)
        await self._membership.check_channel(form.user, form.channel)
        drafted = await self._drafting.edit(
            press.campaign,
            version=press.version,
            draft=_draft(form, self._send_at(form)),
            keep_numbers=form.keeps_numbers,
        )
        note = render_edited(drafted.campaign, drafted.recipients, words=self._words)
        await self._answers.tell(Asker(form.user, form.channel), Message(note, []))

    async def reject(self, given: Reason) -> None:
        """Reject with the reason."""
        await self._membership.check_full_member(given.asker.user)
        press = given.press
        await self._approving.reject(
            press.campaign, by=given.asker.user, version=press.version, reason=given.reason
        )

    def _send_at(self, composed: Composed) -> datetime | None:
        if not composed.when.strip():
            return None
        zone = ZoneInfo(composed.zone)
        return read_moment(composed.when, zone=zone, now=self._clock.now())

    def _note(self, errors: dict[str, str], error: BotError, zone: str) -> None:
        field = field_error(error, words=self._words, zone=zone)
        if field is None:
            raise error
        errors.setdefault(*field)


def _draft(composed: Composed, send_at: datetime | None) -> Draft:
    return Draft(
        channel=composed.channel,
        requester=composed.user,
        text=composed.text,
        numbers=composed.numbers,
        send_at=send_at,
        zone=composed.zone,
    )
