"""The fields of our forms; each has the name under which its value comes back."""

from bot.domain.sheets import ENDINGS
from bot.domain.unfinished import ListFile
from handlers.blocks import actions, layout
from handlers.blocks.composer_form import ComposerForm
from handlers.blocks.escaping import label
from handlers.blocks.message import Block
from handlers.blocks.words import Words, read_zone

INPUT_LIMIT = 3000
LABEL_LIMIT = 150
NAME_LIMIT = 60
TITLE_LIMIT = 24

NAME = "name"
TEXT = "text"
NUMBERS = "numbers"
FILE = "file"
WHEN = "when"
AT = "at"
NOW, LATER = "now", "later"
"""The choices of ``WHEN``."""
QUIET = "quiet"


def name_field(form: ComposerForm, words: Words) -> Block:
    """Ask for a campaign's name, which it can do without."""
    return field(
        NAME,
        words.say("Name"),
        block=form.block(NAME),
        value=form.name,
        hint=words.say("For you and your colleagues; empty, it is called after its text."),
        limit=NAME_LIMIT,
        is_multiline=False,
        is_optional=True,
        tells=True,
    )


def text_field(words: Words, *, block: str = TEXT, value: str = "", tells: bool = False) -> Block:
    """Ask for the text of a campaign."""
    hint = words.say(
        "160 letters a segment, 70 with accents such as ã. The preview shows it as phones will."
    )
    return field(TEXT, words.say("Text"), block=block, value=value, hint=hint, tells=tells)


def numbers_field(words: Words, *, block: str = NUMBERS, value: str = "", kept: int = 0) -> Block:
    """Ask for the numbers, which a file may hold instead.

    With ``kept``, so many stay unless a whole new list is given.
    """
    if kept:
        hint = words.count(
            kept,
            "The {n} number stays as it is, unless you paste or give the whole new list.",
            "The {n} numbers stay as they are, unless you paste or give the whole new list.",
        )
    else:
        hint = words.say(
            "DDD and number, like 31999990001: one a line, or with commas. The rest is left out and"
            " shown."
        )
    return field(
        NUMBERS,
        words.say("Numbers"),
        block=block,
        value=value,
        hint=hint,
        is_optional=True,
        tells=True,
    )


def given_file(file: ListFile, words: Words) -> Block:
    """Show the file that was given already, and offer to take another one in its place."""
    shown = layout.section(words.say("📄 The numbers are in {file}.", file=label(file.name)))
    other = layout.button(words.say("Another list"), action=actions.OTHER_LIST, value="other")
    return {**shown, "block_id": "given", "accessory": other}


def file_field(words: Words) -> Block:
    """Ask for a list in a file, in place of typed numbers."""
    hint = words.say(
        "CSV or XLSX, 10 MB at most, with a column of numbers such as celular. A column nome fills"
        " {field} in the text.",
        field="{nome}",
    )
    return {
        "type": "input",
        "block_id": FILE,
        "optional": True,
        "label": layout.plain(words.say("Or a file with the numbers"), limit=LABEL_LIMIT),
        "hint": layout.plain(hint, limit=LABEL_LIMIT),
        "element": {
            "type": "file_input",
            "action_id": FILE,
            "filetypes": list(ENDINGS),
            "max_files": 1,
        },
    }


def when_fields(form: ComposerForm, words: Words) -> list[Block]:
    """Ask when it goes: as soon as it is approved, or at a time in the person's own zone."""
    place = words.place(read_zone(form.zone))
    options = [
        _option(words.say("As soon as it is approved"), NOW),
        _option(words.say("At a time, in {place} time", place=place), LATER),
    ]
    choice = {
        "type": "input",
        "block_id": form.block(WHEN),
        "dispatch_action": True,
        "label": layout.plain(words.say("When"), limit=LABEL_LIMIT),
        "element": {
            "type": "radio_buttons",
            "action_id": actions.WHEN,
            "options": options,
            "initial_option": options[1 if form.is_timed else 0],
        },
    }
    return [choice, _at_field(form, words)] if form.is_timed else [choice]


def _option(text: str, value: str) -> Block:
    return {"text": layout.plain(text, limit=layout.OPTION_LIMIT), "value": value}


def _at_field(form: ComposerForm, words: Words) -> Block:
    element: Block = {"type": "datetimepicker", "action_id": actions.AT}
    if form.send_at is not None:
        element["initial_date_time"] = int(form.send_at.timestamp())
    return {
        "type": "input",
        "block_id": form.block(AT),
        "dispatch_action": True,
        "label": layout.plain(words.say("Day and time"), limit=LABEL_LIMIT),
        "element": element,
    }


def quiet_field(words: Words, *, block: str = QUIET, is_ticked: bool = False) -> Block:
    """Let the writer ask for quiet time knowingly."""
    said = words.say("Send it in quiet time all the same")
    option = _option(said, QUIET)
    element: Block = {"type": "checkboxes", "action_id": QUIET, "options": [option]}
    if is_ticked:
        element["initial_options"] = [option]
    hint = words.say("An approver has to allow it.")
    return {
        "type": "input",
        "block_id": block,
        "optional": True,
        "label": layout.plain(words.say("Quiet time"), limit=LABEL_LIMIT),
        "hint": layout.plain(hint, limit=LABEL_LIMIT),
        "element": element,
    }


def field(
    name: str,
    label: str,
    *,
    hint: str,
    block: str = "",
    value: str = "",
    limit: int = INPUT_LIMIT,
    is_multiline: bool = True,
    is_optional: bool = False,
    tells: bool = False,
) -> Block:
    """Make a field; a value too long for Slack is left out, never cut.

    One that ``tells`` lets us know each letter, so that a form closed by accident isn't lost.
    """
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": is_multiline,
        "max_length": limit,
    }
    if 0 < len(value) <= limit:
        element["initial_value"] = value
    made: Block = {
        "type": "input",
        "block_id": block or name,
        "optional": is_optional,
        "label": layout.plain(label, limit=LABEL_LIMIT),
        "hint": layout.plain(hint, limit=LABEL_LIMIT),
        "element": element,
    }
    if tells:
        element["action_id"] = actions.typing(name)
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
        made["dispatch_action"] = True
    return made
