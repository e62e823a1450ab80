"""Block Kit's pieces, built in one place so that Slack's limits are kept in one place.

``verbatim`` keeps Slack from turning ``@here``, ``#channel`` and addresses in our lines into
pings and links by itself; tokens such as ``<@U1>`` still work.
"""

from collections.abc import Sequence

from handlers.blocks.escaping import line
from handlers.blocks.message import Block

HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
PLACEHOLDER_LIMIT = 150
CONFIRM_TITLE_LIMIT = 100
CONFIRM_TEXT_LIMIT = 300
CONFIRM_BUTTON_LIMIT = 30


def plain(text: str, *, limit: int) -> Block:
    """Make a text object that shows letters as they are, and no emoji for ``:x:``."""
    return {"type": "plain_text", "text": line(text, limit=limit), "emoji": False}


def written(text: str) -> Block:
    """Make a mrkdwn text object, of words that are escaped already."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """Make a title."""
    return {"type": "header", "text": plain(text, limit=HEADER_LIMIT)}


def section(*lines: str) -> Block:
    """Make a paragraph, one line after the other; empty ones are left out."""
    return {"type": "section", "text": written("\n".join(filter(None, lines)))}


def fields(*texts: str) -> Block:
    """Make up to ten short texts side by side."""
    return {"type": "section", "fields": [written(text) for text in texts]}


def context(*lines: str) -> Block:
    """Make small print, one line after the other; empty ones are left out."""
    return {"type": "context", "elements": [written("\n".join(filter(None, lines)))]}


def confirm(*, title: str, text: str, yes: str, no: str, style: str = "primary") -> Block:
    """Make a question that comes before a press counts."""
    return {
        "title": plain(title, limit=CONFIRM_TITLE_LIMIT),
        "text": plain(text, limit=CONFIRM_TEXT_LIMIT),
        "confirm": plain(yes, limit=CONFIRM_BUTTON_LIMIT),
        "deny": plain(no, limit=CONFIRM_BUTTON_LIMIT),
        "style": style,
    }


def button(
    text: str, *, action: str, value: str, style: str = "", question: Block | None = None
) -> Block:
    """Make a button; ``style`` is ``primary``, ``danger`` or nothing."""
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(text, limit=BUTTON_LIMIT),
        "value": value,
    }
    if style:
        made["style"] = style
    if question is not None:
        made["confirm"] = question
    return made


def menu(
    text: str,
    *,
    action: str,
    options: Sequence[tuple[str, str]],
    question: Block | None = None,
) -> Block:
    """Make a menu that acts once something is chosen: what is shown of each, and its value."""
    made: Block = {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(text, limit=PLACEHOLDER_LIMIT),
        "options": [
            {"text": plain(shown, limit=OPTION_LIMIT), "value": value} for shown, value in options
        ],
    }
    if question is not None:
        made["confirm"] = question
    return made


def actions(buttons: Sequence[Block]) -> list[Block]:
    """Make the row of buttons, or nothing where there are none."""
    return [{"type": "actions", "elements": list(buttons)}] if buttons else []
