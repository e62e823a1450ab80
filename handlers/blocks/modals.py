"""The modals: writing a campaign, and saying why not."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.ids import ChannelId
from handlers.blocks import actions, layout
from handlers.blocks.actions import Press
from handlers.blocks.message import Block
from handlers.blocks.words import Words, read_zone

INPUT_LIMIT = 3000
TITLE_LIMIT = 24
WHEN_LIMIT = 60
HINT_LIMIT = 150
REASON_LIMIT = 500

TEXT = "text"
NUMBERS = "numbers"
WHEN = "when"
REASON = "reason"


def render_compose(
    *,
    words: Words,
    channel: ChannelId,
    zone: str,
    schedule: bool,
    text: str = "",
    numbers: str = "",
    when: str = "",
    note: str = "",
) -> Block:
    """Make the form for a campaign; with ``schedule`` it asks for a time.

    A list that doesn't fit Slack's 3,000 characters is left out whole, and that is said: half a
    list, sent to in silence, would be worse. ``note`` is mrkdwn, shown on top.
    """
    metadata = {"channel": channel, "zone": zone, "schedule": schedule}
    notes = [note, words.say("The card goes to {channel}.", channel=f"<#{channel}>")]
    if len(text) > INPUT_LIMIT:
        notes.append(words.say("The text doesn't fit here. Please paste it again, shorter."))
    if len(numbers) > INPUT_LIMIT:
        notes.append(words.say("The list of numbers doesn't fit here. Please paste it again."))
    return {
        "type": "modal",
        "callback_id": actions.COMPOSE,
        "private_metadata": json.dumps(metadata),
        "title": layout.plain(words.say("New SMS campaign"), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Ask for approval"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Close"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(*notes),
            _input(TEXT, words.say("Text"), value=text, hint=_say_text_hint(words)),
            _input(NUMBERS, words.say("Numbers"), value=numbers, hint=_say_numbers_hint(words)),
            _when(words, zone=zone, schedule=schedule, value=when),
        ],
    }


def render_reason(*, words: Words, press: Press, channel: ChannelId) -> Block:
    """Make the form that asks why a campaign is rejected."""
    ref = f"#{press.campaign}"
    return {
        "type": "modal",
        "callback_id": actions.REASON,
        "private_metadata": json.dumps({"press": press.encode(), "channel": channel}),
        "title": layout.plain(words.say("Reject {campaign}", campaign=ref), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Reject"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Not yet"), limit=TITLE_LIMIT),
        "blocks": [
            _input(
                REASON,
                words.say("Why?"),
                hint=words.say("Who wrote it reads this, in the campaign's thread."),
                limit=REASON_LIMIT,
            )
        ],
    }


def read_metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """Read back what a modal of ours remembers.

    ``channel``, ``zone`` and ``schedule`` of the form for a campaign; ``channel`` and ``press``
    (see ``actions.read_press``) of the one that asks why.
    """
    found: dict[str, Any] = json.loads(view["private_metadata"])
    return found


def _when(words: Words, *, zone: str, schedule: bool, value: str) -> Block:
    place = words.place(read_zone(zone))
    hint = (
        words.say("In {place} time.", place=place)
        if schedule
        else words.say("Empty: as soon as approved. In {place} time.", place=place)
    )
    return _input(
        WHEN,
        words.say("When"),
        value=value,
        hint=hint,
        placeholder=words.say("24/12/2026 16:00, amanhã 9h, tomorrow 4pm"),
        limit=WHEN_LIMIT,
        is_multiline=False,
        is_optional=not schedule,
    )


def _say_text_hint(words: Words) -> str:
    return words.say(
        "160 letters a segment, 70 with accents such as ã. The card shows it as phones will."
    )


def _say_numbers_hint(words: Words) -> str:
    return words.say(
        "DDD and number, like 31999990001: one a line, or with commas. The rest is left out and"
        " shown."
    )


def _input(
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
        element["placeholder"] = layout.plain(placeholder, limit=HINT_LIMIT)
    return {
        "type": "input",
        "block_id": name,
        "optional": is_optional,
        "label": layout.plain(label, limit=HINT_LIMIT),
        "hint": layout.plain(hint, limit=HINT_LIMIT),
        "element": element,
    }
