"""The composer: the form for a campaign, or for a change to one."""

from collections.abc import Sequence

from handlers.blocks import actions, layout
from handlers.blocks.composer_form import ComposerForm
from handlers.blocks.form_fields import (
    INPUT_LIMIT,
    TITLE_LIMIT,
    file_field,
    given_file,
    name_field,
    numbers_field,
    quiet_field,
    text_field,
    when_fields,
)
from handlers.blocks.message import Block
from handlers.blocks.words import Words


def render_composer(
    form: ComposerForm,
    *,
    words: Words,
    note: str = "",
    may_start_anew: bool = False,
    preview: Sequence[Block] = (),
) -> Block:
    """Make the form, filled with what it holds, and below it what would become of it.

    A list or a text that doesn't fit Slack's 3,000 characters is left out whole, and that is
    said: half a list, sent to in silence, would be worse. ``note`` is mrkdwn, shown on top.
    """
    notes = [note, *_say_purpose(form, words), *_say_too_long(form, words)]
    is_change = form.press is not None
    title = (
        words.say("Edit {campaign}", campaign=f"#{form.press.campaign}")
        if form.press is not None
        else words.say("New SMS campaign")
    )
    submit = words.say("Ask for new approval") if is_change else words.say("Ask for approval")
    return {
        "type": "modal",
        "callback_id": actions.COMPOSE,
        "private_metadata": form.remember(),
        "title": layout.plain(title, limit=TITLE_LIMIT),
        "submit": layout.plain(submit, limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Close"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(*notes),
            name_field(form, words),
            text_field(words, block=form.block("text"), value=form.text, tells=True),
            numbers_field(words, block=form.block("numbers"), value=form.numbers, kept=form.kept),
            file_field(words) if form.file is None else given_file(form.file, words),
            *when_fields(form, words),
            *(
                [quiet_field(words, block=form.block("quiet"), is_ticked=form.quiet)]
                if form.has_quiet
                else []
            ),
            *layout.actions(_buttons(words, may_start_anew=may_start_anew)),
            *preview,
        ],
    }


def _buttons(words: Words, *, may_start_anew: bool) -> list[Block]:
    look = layout.button(words.say("Preview"), action=actions.PREVIEW, value="preview")
    anew = layout.button(words.say("Start anew"), action=actions.START_ANEW, value="anew")
    return [look, anew] if may_start_anew else [look]


def _say_purpose(form: ComposerForm, words: Words) -> list[str]:
    if form.press is not None:
        return [words.say("This makes a new version: what was approved before counts no more.")]
    return [words.say("The card goes to {channel}.", channel=f"<#{form.channel}>")]


def _say_too_long(form: ComposerForm, words: Words) -> list[str]:
    said = []
    if len(form.text) > INPUT_LIMIT:
        said.append(words.say("The text doesn't fit here. Please paste it again, shorter."))
    if len(form.numbers) > INPUT_LIMIT:
        said.append(words.say("The list of numbers doesn't fit here. Please paste it again."))
    return said
