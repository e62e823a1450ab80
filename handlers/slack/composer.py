"""The composer while it is open: filled, kept letter by letter, and looked at before it is sent."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.campaign import Campaign
from bot.domain.errors import BotError
from bot.domain.file_refusals import TwoLists
from bot.domain.ids import ChannelId, Number, UserId
from bot.domain.numbers import Recipients
from bot.domain.sheets import FileList
from bot.domain.standing import CampaignView
from bot.domain.texts import plain_spelling
from bot.domain.unfinished import ListFile, Unfinished
from bot.ports import Clock, SharedFile
from bot.services.composing import Composing
from bot.services.drafts import Draft, ListSource
from bot.services.listing import Listing
from bot.services.viewing import Viewing
from handlers.blocks import actions
from handlers.blocks.composer import render_composer
from handlers.blocks.composer_form import ComposerForm, place_of
from handlers.blocks.form_fields import INPUT_LIMIT
from handlers.blocks.message import Block
from handlers.blocks.preview import render_preview, render_reading
from handlers.blocks.words import Words
from handlers.slack.asking import SlackRefused, SlackUnreachable, ask_slack
from handlers.slack.opening import open_view

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The composer as it stands at Slack: what its fields hold, and a file that was just given.

    ``id`` is Slack's own, of this form and no other; ``hash`` changes with each update of it.
    ``told_at`` is when something was typed or pressed in it, by Slack's clock.
    """

    user: UserId
    form: ComposerForm
    given: SharedFile | None
    id: str
    hash: str
    told_at: datetime | None = None

    def draft(self) -> Draft:
        """What sending it would ask for, but for a list in a file."""
        form = self.form
        return Draft(
            channel=form.channel,
            requester=self.user,
            text=form.text,
            numbers=form.numbers,
            send_at=form.send_at,
            zone=form.zone,
            name=form.name,
            adds_ninth_digit=form.adds_ninth_digit,
            source=self._source,
            quiet=form.quiet,
        )

    @property
    def _source(self) -> ListSource:
        if self.given is not None or self.form.file is not None:
            return ListSource.FILE
        return ListSource.KEPT if self.form.keeps_numbers else ListSource.TYPED

    def check_lists(self) -> None:
        """Refuse two lists: which of them is meant?"""
        if (self.given is not None or self.form.file is not None) and self.form.numbers.strip():
            raise TwoLists


class Composer:
    """Opens the form, and does what is pressed in it."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        clock: Clock,
        composing: Composing,
        listing: Listing,
        viewing: Viewing,
        words: Words,
    ) -> None:
        self._client = client
        self._clock = clock
        self._composing = composing
        self._listing = listing
        self._viewing = viewing
        self._words = words
        self._does: dict[str, Callable[[Composed], Awaitable[None]]] = {
            actions.PREVIEW: self._preview,
            actions.PLAIN: self._spell_plainly,
            actions.OTHER_LIST: self._take_other_list,
            actions.ADD_NINTH: self._add_ninth_digit,
            actions.START_ANEW: self._start_anew,
            actions.WHEN: self._show_time,
        }

    async def open(self, trigger_id: str, user: UserId, form: ComposerForm) -> None:
        """Open the form; what this person had begun to write there comes back."""
        form = replace(form, has_quiet=self._composing.has_quiet_times)
        begun = await self._composing.begun(user, form.place)
        note = ""
        if begun is not None:
            form = _resume(form, begun)
            note = self._words.say(
                "You began this {time}, and it wasn't sent: here it is again.",
                time=self._words.moment(begun.written_at, form.zone),
            )
        view = self.render(form, note=note, may_start_anew=begun is not None)
        await open_view(self._client, trigger_id, view)

    def render(self, form: ComposerForm, *, note: str = "", may_start_anew: bool = False) -> Block:
        """Draw the form without a preview."""
        return render_composer(form, words=self._words, note=note, may_start_anew=may_start_anew)

    async def press(self, action: str, composed: Composed) -> None:
        """Do what a button or a choice in the form asks; what is written is kept first."""
        await self.keep(composed)
        await self._does[action](composed)

    async def keep(self, composed: Composed) -> None:
        """Keep what is written, in case the form is closed by accident."""
        form = composed.form
        unfinished = Unfinished(
            user=composed.user,
            place=form.place,
            name=form.name,
            text=form.text,
            numbers=form.numbers,
            is_timed=form.is_timed,
            send_at=form.send_at,
            quiet=form.quiet,
            file=form.file,
            form=composed.id,
            written_at=composed.told_at or self._clock.now(),
        )
        await self._composing.keep(unfinished)

    async def _preview(self, composed: Composed) -> None:
        """Read the list, which may take seconds, and show what would become of the form."""
        form, words = composed.form, self._words
        found: FileList | None = None
        problem: BotError | None = None
        try:
            composed.check_lists()
            if (given := composed.given) is not None:
                self._listing.check(given)
                composed = await self._redraw(composed, form, render_reading(given.name, words))
                found = await self._listing.read(given)
                form = replace(form, file=ListFile(given.id, given.name))
                await self.keep(replace(composed, form=form))
            elif form.file is not None:
                found = await self._listing.read_again(form.file)
        except BotError as error:
            problem = error
        draft = composed.draft()
        if found is not None:
            draft = replace(draft, listed=found.recipients)
        keeps = form.kept if found is None and form.keeps_numbers else None
        if keeps:
            draft = replace(draft, listed=await self._kept_list(form))
        preview = await self._composing.preview(draft, kept=keeps, list_problem=problem)
        origin = None if found is None else found.origin
        await self._redraw(composed, form, render_preview(preview, words=words, origin=origin))

    async def _kept_list(self, form: ComposerForm) -> Recipients | None:
        of = form.again if form.press is None else form.press.campaign
        return None if of is None else await self._viewing.kept_list(of)

    async def _spell_plainly(self, composed: Composed) -> None:
        """Take the accents off, where they double the price."""
        form = composed.form
        plain = replace(form, text=plain_spelling(form.text), redrawn=form.redrawn + 1)
        composed = replace(composed, form=plain)
        await self.keep(composed)
        await self._preview(composed)

    async def _add_ninth_digit(self, composed: Composed) -> None:
        """Write old mobiles as they are dialled today, once it is sent."""
        form = replace(composed.form, adds_ninth_digit=True)
        await self._preview(replace(composed, form=form))

    async def _take_other_list(self, composed: Composed) -> None:
        """Forget the file that was given, so that another can be, or numbers typed."""
        form = replace(composed.form, file=None)
        await self.keep(replace(composed, form=form))
        await self._redraw(composed, form)

    async def _start_anew(self, composed: Composed) -> None:
        """Forget what was begun: the form is as it was when it was opened first."""
        form = composed.form
        await self._composing.forget(composed.user, form.place)
        fresh = ComposerForm(channel=form.channel, zone=form.zone, place=form.place)
        changed = form.again if form.press is None else form.press.campaign
        if changed is not None:
            view, numbers = await self._viewing.again(changed)
            is_change = form.press is not None
            make = form_of_change if is_change else form_anew
            fresh = make(view, numbers, zone=form.zone)
        fresh = replace(fresh, has_quiet=form.has_quiet, redrawn=form.redrawn + 1)
        await self._redraw(composed, fresh)

    async def _show_time(self, composed: Composed) -> None:
        """Ask for the day and time where one is wanted."""
        await self._redraw(composed, composed.form)

    async def _redraw(
        self, composed: Composed, form: ComposerForm, preview: Sequence[Block] = ()
    ) -> Composed:
        """Show the form anew, unless it was changed or closed since: then that stands."""
        view = render_composer(form, words=self._words, preview=preview)
        try:
            answer = await ask_slack(
                self._client.views_update, view_id=composed.id, hash=composed.hash, view=view
            )
        except (SlackRefused, SlackUnreachable) as error:
            log.info("composer not redrawn", error=str(error))
            return composed
        return replace(composed, hash=_read_hash(answer))


def form_in(channel: ChannelId, *, zone: str, is_timed: bool = False) -> ComposerForm:
    """Make an empty form for a campaign in this channel."""
    return ComposerForm(channel=channel, zone=zone, place=channel, is_timed=is_timed)


def form_of_message(channel: ChannelId, *, ts: str, text: str, zone: str) -> ComposerForm:
    """Make a form with a message's text; each message has one of its own."""
    return ComposerForm(channel=channel, zone=zone, place=f"{channel}/{ts}", text=text)


def form_of_change(view: CampaignView, numbers: Sequence[Number], *, zone: str) -> ComposerForm:
    """Make the form that changes a waiting campaign, filled with what it says.

    Where its list came from a file that is kept, that is read again, with all of its columns; a
    list that doesn't fit the field stays as it is, unless a new one is given.
    """
    campaign = view.campaign
    place, press = place_of(campaign)
    form = ComposerForm(
        channel=campaign.channel,
        zone=zone,
        place=place,
        name=campaign.name,
        text=campaign.text_as_typed,
        is_timed=campaign.send_at is not None,
        send_at=campaign.send_at,
        quiet=campaign.quiet,
        press=press,
        file=view.file,
    )
    return form if view.file is not None else _with_list(form, numbers, campaign)


def form_anew(view: CampaignView, numbers: Sequence[Number], *, zone: str) -> ComposerForm:
    """Make the form for a new campaign in place of one whose time passed, for who hasn't got it."""
    campaign = view.campaign
    form = ComposerForm(
        channel=campaign.channel,
        zone=zone,
        place=f"again {campaign.id}",
        name=campaign.name,
        text=campaign.text_as_typed,
        is_timed=campaign.send_at is not None,
        again=campaign.id,
    )
    return _with_list(form, numbers, campaign)


def _with_list(form: ComposerForm, numbers: Sequence[Number], campaign: Campaign) -> ComposerForm:
    """Write the list out; one with values for fields stays, for they can't be written there."""
    written = ", ".join(numbers)
    if len(written) > INPUT_LIMIT or campaign.filled is not None:
        return replace(form, kept=len(numbers))
    return replace(form, numbers=written)


def _resume(form: ComposerForm, begun: Unfinished) -> ComposerForm:
    return replace(
        form,
        name=begun.name,
        text=begun.text,
        numbers=begun.numbers,
        is_timed=begun.is_timed,
        send_at=begun.send_at,
        quiet=begun.quiet,
        file=begun.file,
    )


def _read_hash(answer: Any) -> str:  # noqa: ANN401 - Slack's answers are JSON
    return str(answer["view"]["hash"])
