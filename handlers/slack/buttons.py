"""The buttons on cards and in threads."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import Digest, UserId
from bot.domain.refusals import NotRequester
from bot.domain.repeats import SeenBefore
from bot.services.approving import Approving
from bot.services.braking import Braking
from bot.services.editing import Editing
from bot.services.membership import Membership
from bot.services.viewing import Viewing
from handlers.blocks import actions
from handlers.blocks.actions import Press
from handlers.blocks.draft_notes import render_edited
from handlers.blocks.message import Message
from handlers.blocks.modals import render_reason
from handlers.blocks.repeat_lines import render_repeat_form
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.composer import Composer, form_anew, form_of_change
from handlers.slack.opening import open_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A button pressed: which, for what, by whom."""

    action: str
    press: Press
    asker: Asker
    trigger_id: str

    @property
    def user(self) -> UserId:
        """Who pressed it."""
        return self.asker.user


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The form about what was seen before, as submitted; ``seen`` seals what it said.

    What its press allowed stays so.
    """

    press: Press
    seen: Digest
    asker: Asker
    allows_quiet: bool


class Buttons:
    """Does what a button asks; raises ``BotError`` for what it won't."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        composer: Composer,
        membership: Membership,
        editing: Editing,
        approving: Approving,
        braking: Braking,
        viewing: Viewing,
        answers: PrivateAnswers,
        words: Words,
    ) -> None:
        self._client = client
        self._composer = composer
        self._membership = membership
        self._editing = editing
        self._approving = approving
        self._braking = braking
        self._viewing = viewing
        self._answers = answers
        self._words = words
        self.does: dict[str, Callable[[Click], Awaitable[None]]] = {
            actions.APPROVE: self._approve,
            actions.ALLOW: self._allow,
            actions.REJECT: self._ask_reason,
            actions.EDIT: self._edit,
            actions.CANCEL: self._cancel,
            actions.HOLD: self._hold,
            actions.RELEASE: self._release,
            actions.RELEASE_YES: self._release_yes,
            actions.RELEASE_NO: self._release_no,
            actions.NEW_TIME: self._new_time,
            actions.CLOSE: self._close,
            actions.NINTH_DIGIT: self._add_ninth_digit,
        }

    async def run(self, click: Click) -> None:
        """Do it, for full members of this workspace only."""
        await self._membership.check_full_member(click.user)
        await self.does[click.action](click)

    async def _approve(self, click: Click, *, allows_quiet: bool = False) -> None:
        """Approve it; what was seen before is asked once more, in a form that opens at once."""
        press = click.press
        try:
            await self._approving.approve(
                press.campaign,
                by=click.user,
                version=press.version,
                digest=press.digest,
                allows_quiet=allows_quiet,
            )
        except SeenBefore as seen:
            view = render_repeat_form(
                seen.repeats,
                press=press,
                channel=click.asker.channel,
                zone="",
                now=seen.at,
                words=self._words,
                allows_quiet=allows_quiet,
            )
            await open_view(self._client, click.trigger_id, view)

    async def approve_all_the_same(self, meant: Meant) -> None:
        """Approve what was seen before: the form has said so, of just that."""
        press, user = meant.press, meant.asker.user
        await self._membership.check_full_member(user)
        await self._approving.approve(
            press.campaign,
            by=user,
            version=press.version,
            digest=press.digest,
            meant=meant.seen,
            allows_quiet=meant.allows_quiet,
        )

    async def _allow(self, click: Click) -> None:
        """Approve what goes in quiet time, which the button's question has told of."""
        await self._approve(click, allows_quiet=True)

    async def _ask_reason(self, click: Click) -> None:
        """Ask why, after making sure that this person may say no at all."""
        press = click.press
        await self._approving.check_rejectable(press.campaign, by=click.user, version=press.version)
        view = render_reason(words=self._words, press=press, channel=click.asker.channel)
        await open_view(self._client, click.trigger_id, view)

    async def _edit(self, click: Click) -> None:
        """Open the form with what the campaign says now, to whoever may change it."""
        press = click.press
        await self._editing.check_editable(press.campaign, by=click.user, version=press.version)
        person = await self._membership.check_full_member(click.user)
        view, numbers = await self._viewing.again(press.campaign)
        form = form_of_change(view, numbers, zone=person.zone)
        await self._composer.open(click.trigger_id, click.user, form)

    async def _add_ninth_digit(self, click: Click) -> None:
        press = click.press
        drafted = await self._editing.add_ninth_digit(
            press.campaign, by=click.user, version=press.version
        )
        note = render_edited(drafted.campaign, drafted.recipients, self._words)
        await self._answers.tell(click.asker, Message(note, []))

    async def _close(self, click: Click) -> None:
        await self._braking.close(click.press.campaign, by=click.user)

    async def _cancel(self, click: Click) -> None:
        await self._editing.cancel(click.press.campaign, by=click.user)

    async def _hold(self, click: Click) -> None:
        await self._braking.hold(click.press.campaign, by=click.user)

    async def _release(self, click: Click) -> None:
        if not await self._braking.release(click.press.campaign, by=click.user):
            said = self._words.say(
                "I asked the approvers in #{id}'s thread: letting go needs a second person.",
                id=click.press.campaign,
            )
            await self._answers.tell(click.asker, Message(said, []))

    async def _release_yes(self, click: Click) -> None:
        await self._braking.answer_release(click.press.campaign, by=click.user, yes=True)

    async def _release_no(self, click: Click) -> None:
        await self._braking.answer_release(click.press.campaign, by=click.user, yes=False)

    async def _new_time(self, click: Click) -> None:
        """Open the composer filled with what expired: it is a new campaign, approved anew."""
        person = await self._membership.check_full_member(click.user)
        view, numbers = await self._viewing.again(click.press.campaign)
        if click.user != view.campaign.requester:
            raise NotRequester(view.campaign.id, view.campaign.requester)
        form = form_anew(view, numbers, zone=person.zone)
        await self._composer.open(click.trigger_id, click.user, form)
