"""The form that asks why not, and what forms remember."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.ids import ChannelId
from handlers.blocks import actions, layout
from handlers.blocks.actions import Press
from handlers.blocks.form_fields import TITLE_LIMIT, field
from handlers.blocks.message import Block
from handlers.blocks.words import Words

REASON_LIMIT = 500

REASON = "reason"


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
            field(
                REASON,
                words.say("Why?"),
                hint=words.say("Who wrote it reads this, in the campaign's thread."),
                limit=REASON_LIMIT,
            )
        ],
    }


def read_metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """Read back what a modal of ours remembers.

    ``channel`` and ``press`` of the one that asks why; what ``reply_form`` and ``went_form`` say
    of their own. The composer's is ``composer_form``.
    """
    found: dict[str, Any] = json.loads(view["private_metadata"])
    return found
