"""What people submit in forms: a campaign, a change to it, and the reason for a no."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.campaign import Campaign
from bot.domain.errors import BotError
from bot.domain.ids import UserId
from bot.domain.numbers import Recipients
from bot.domain.sheets import FileList
from bot.domain.unfinished import Form
from bot.services.approving import Approving
from bot.services.drafting import Drafting
from bot.services.drafts import Draft, Drafted
from bot.services.editing import Editing
from bot.services.listing import Listing
from bot.services.membership import Membership
from bot.services.viewing import Viewing
from handlers.blocks.actions import Press
from handlers.blocks.answers import field_error
from handlers.blocks.composer_form import ComposerForm
from handlers.blocks.draft_notes import render_drafted, render_edited
from handlers.blocks.form_fields import AT, FILE, NUMBERS, WHEN
from handlers.blocks.left_out_file import render_left_out_file, say_left_out_file
from handlers.blocks.message import Message
from handlers.blocks.repeat_lines import add_repeats
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.composer import Composed
from handlers.slack.files import SlackFiles


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
        membership: Membership,
        drafting: Drafting,
        editing: Editing,
        approving: Approving,
        viewing: Viewing,
        listing: Listing,
        files: SlackFiles,
        answers: PrivateAnswers,
        words: Words,
    ) -> None:
        self._membership = membership
        self._drafting = drafting
        self._editing = editing
        self._approving = approving
        self._viewing = viewing
        self._listing = listing
        self._files = files
        self._answers = answers
        self._words = words

    def field_errors(self, composed: Composed) -> dict[str, str]:
        """Check everything that needs nobody's answer: block id to error, empty when fine."""
        errors: dict[str, str] = {}
        draft, drafting = composed.draft(), self._drafting
        checks: list[Callable[[], object]] = [
            lambda: drafting.check_text(draft),
            lambda: drafting.check_time(draft),
            lambda: self._check_list(composed, draft),
        ]
        for check in checks:
            try:
                check()
            except BotError as error:
                self._note(errors, error, composed)
        return errors

    def _check_list(self, composed: Composed, draft: Draft) -> None:
        composed.check_lists()
        if composed.given is not None:
            self._listing.check(composed.given)
        elif composed.form.file is None and not composed.form.keeps_numbers:
            self._drafting.check_numbers(draft)

    async def send(self, composed: Composed) -> None:
        """Make the campaign, or the new version of one; a file is read only for who may write."""
        form = composed.form
        await self._membership.check_full_member(composed.user)
        await self._membership.check_bot_is_in(form.channel)
        await self._membership.check_channel(composed.user, form.channel)
        found = await self._read_list(composed)
        is_same = await self._is_same_list(composed)
        file = composed.given.id if composed.given else form.file.id if form.file else ""
        draft = replace(
            composed.draft(),
            listed=await self._kept(form) if found is None else found.recipients,
            form=Form(id=composed.id, place=form.place, file=file),
        )
        drafted = await self._make(form, draft, keeps=form.keeps_numbers and found is None)
        if not drafted.is_new:
            return
        origin = None if found is None else found.origin
        render = render_drafted if form.press is None else render_edited
        note = render(drafted.campaign, drafted.recipients, words=self._words, origin=origin)
        note = add_repeats(note, drafted.campaign, drafted.repeats, self._words)
        await self._answers.tell(Asker(composed.user, form.channel), Message(note, []))
        if found is not None and drafted.recipients.left_out and not is_same:
            await self._give_left_out(composed.user, drafted.campaign)

    async def _read_list(self, composed: Composed) -> FileList | None:
        if composed.given is not None:
            return await self._listing.read(composed.given)
        file = composed.form.file
        return None if file is None else await self._listing.read_again(file)

    async def _is_same_list(self, composed: Composed) -> bool:
        """Whether a change keeps the campaign's file: then its writer has its left-outs already."""
        form = composed.form
        if form.press is None or composed.given is not None:
            return False
        view, _ = await self._viewing.again(form.press.campaign)
        return form.file == view.file

    async def _kept(self, form: ComposerForm) -> Recipients | None:
        """The list of the campaign that this one is written anew for, where it stays."""
        if form.again is None or not form.keeps_numbers:
            return None
        return await self._viewing.kept_list(form.again)

    async def _make(self, form: ComposerForm, draft: Draft, *, keeps: bool) -> Drafted:
        if form.press is None:
            return await self._drafting.create(draft)
        press = form.press
        return await self._editing.edit(
            press.campaign, version=press.version, draft=draft, keep_numbers=keeps
        )

    async def _give_left_out(self, user: UserId, campaign: Campaign) -> None:
        """Hand the writer a file with everybody who was left out, to mend the list by."""
        left_out = await self._listing.left_out(campaign.id)
        await self._files.give(
            user,
            name=f"left-out-{campaign.id}.csv",
            content=render_left_out_file(left_out, words=self._words),
            comment=say_left_out_file(campaign, words=self._words),
        )

    async def reject(self, given: Reason) -> None:
        """Reject with the reason."""
        await self._membership.check_full_member(given.asker.user)
        press = given.press
        await self._approving.reject(
            press.campaign, by=given.asker.user, version=press.version, reason=given.reason
        )

    def _note(self, errors: dict[str, str], error: BotError, composed: Composed) -> None:
        """Put an error at the field it belongs to; Slack takes it at an input that is there."""
        found = field_error(error, words=self._words, zone=composed.form.zone)
        if found is None:
            raise error
        field, said = found
        errors.setdefault(_block_of(field, composed.form), said)


def _block_of(field: str, form: ComposerForm) -> str:
    if field == FILE:
        return FILE if form.file is None else form.block(NUMBERS)
    if field == WHEN and form.is_timed:
        return form.block(AT)
    return form.block(field)
