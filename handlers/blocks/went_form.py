"""The form that asks under which number a part went."""

import json

from bot.domain.ids import ChannelId
from bot.domain.parts import Part
from handlers.blocks import actions, layout, phrases
from handlers.blocks.actions import PartPress
from handlers.blocks.form_fields import TITLE_LIMIT, field
from handlers.blocks.message import Block
from handlers.blocks.words import Words

GATEWAY_ID = "gateway_id"
GATEWAY_ID_LIMIT = 40
"""Letters that the field takes: more than any number has, for one pasted with its spaces."""


def render_went(*, words: Words, press: PartPress, part: Part, channel: ChannelId) -> Block:
    """Make the form; what is typed is checked with the platform before it counts."""
    facts = {"campaign": f"#{press.campaign}", "people": phrases.people(part.people, words)}
    about = (
        words.say("{campaign}, to {people}.", **facts)
        if part.submitted_at is None
        else words.say(
            "{campaign}, to {people}, sent {time}.", time=words.second(part.submitted_at), **facts
        )
    )
    check = words.say(
        "I ask the platform whose messages those are before I count it as sent; that takes a minute"
        " or two."
    )
    return {
        "type": "modal",
        "callback_id": actions.WENT,
        "private_metadata": json.dumps({"press": press.encode(), "channel": channel}),
        "title": layout.plain(words.say("It went"), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Check it"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Not yet"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(about, check),
            field(
                GATEWAY_ID,
                words.say("The platform's campaign number"),
                hint=words.say(
                    "Digits alone, like 90005. The platform's panel shows it with the campaign that"
                    " has this text and time."
                ),
                limit=GATEWAY_ID_LIMIT,
                is_multiline=False,
            ),
        ],
    }
