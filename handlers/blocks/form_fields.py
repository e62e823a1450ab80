"""The fields of our forms; each has the name under which its value comes back."""

from bot.domain.sheets import ENDINGS
from handlers.blocks import layout
from handlers.blocks.message import Block
from handlers.blocks.words import Words, read_zone

INPUT_LIMIT = 3000
LABEL_LIMIT = 150
WHEN_LIMIT = 60

TEXT = "text"
NUMBERS = "numbers"
FILE = "file"
WHEN = "when"


def text_field(words: Words, *, value: str = "") -> Block:
    """Ask for the text of a campaign."""
    hint = words.say(
        "160 letters a segment, 70 with accents such as ã. The card shows it as phones will."
    )
    return field(TEXT, words.say("Text"), value=value, hint=hint)


def numbers_field(words: Words, *, value: str = "", kept: int = 0, or_file: bool = False) -> Block:
    """Ask for the numbers; with ``kept``, so many stay unless a whole new list is pasted.

    They needn't be typed where a file may be given instead.
    """
    if kept:
        hint = words.count(
            kept,
            "The {n} number stays as it is; to change it paste the whole new list.",
            "The {n} numbers stay as they are; to change them paste the whole new list.",
        )
    else:
        hint = words.say(
            "DDD and number, like 31999990001: one a line, or with commas. The rest is left out and"
            " shown."
        )
    is_optional = bool(kept) or or_file
    return field(NUMBERS, words.say("Numbers"), value=value, hint=hint, is_optional=is_optional)


def file_field(words: Words) -> Block:
    """Ask for a list in a file, in place of typed numbers."""
    hint = words.say(
        "CSV or XLSX, 10 MB at most, with a column of numbers such as celular or telefone."
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


def when_field(words: Words, *, zone: str, schedule: bool, value: str = "") -> Block:
    """Ask when it goes; with ``schedule`` it needs a time."""
    place = words.place(read_zone(zone))
    hint = (
        words.say("In {place} time.", place=place)
        if schedule
        else words.say("Empty: as soon as approved. In {place} time.", place=place)
    )
    return field(
        WHEN,
        words.say("When"),
        value=value,
        hint=hint,
        placeholder=words.say("24/12/2026 16:00, amanhã 9h, tomorrow 4pm"),
        limit=WHEN_LIMIT,
        is_multiline=False,
        is_optional=not schedule,
    )


def field(
    name: str,
    label: str,
    *,
    hint: str,
    value: str = "",
    placeholder: str = "",
    limit: int = INPUT_LIMIT,
    is_multiline: bool = True,
    is_optional: bool = False,
) -> Block:
    """Make a field; a value too long for Slack is left out, never cut."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": is_multiline,
        "max_length": limit,
    }
    if 0 < len(value) <= limit:
        element["initial_value"] = value
    if placeholder:
        element["placeholder"] = layout.plain(placeholder, limit=LABEL_LIMIT)
    return {
        "type": "input",
        "block_id": name,
        "optional": is_optional,
        "label": layout.plain(label, limit=LABEL_LIMIT),
        "hint": layout.plain(hint, limit=LABEL_LIMIT),
        "element": element,
    }
