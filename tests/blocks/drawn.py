"""Drawing a card, and finding things on it."""

import json
from collections.abc import Iterator
from typing import Any

from bot.domain.standing import CampaignView
from handlers.blocks.card import render_card
from handlers.blocks.message import Message
from handlers.blocks.words import Words
from tests.blocks.limits import check_message
from tests.blocks.views import (
    APPROVER,
    COLLEAGUE,
    NOW,
    REQUESTER,
)

ENGLISH = Words()
PORTUGUESE = Words("pt_BR")
PEOPLE = {REQUESTER, APPROVER, COLLEAGUE}


def card(shown: CampaignView, words: Words = ENGLISH) -> Message:
    """Draw a card that keeps Slack's limits."""
    message = render_card(shown, now=NOW, words=words)
    check_message(message, people=set(PEOPLE))
    return message


def told(message: Message) -> str:
    """Everything that a card says, as one text."""
    return json.dumps(message.blocks, ensure_ascii=False)


def buttons(message: Message) -> dict[str, Any]:
    """Collect a card's buttons by their action."""
    return {found["action_id"]: found for found in each_button(message)}


def each_button(message: Message) -> Iterator[dict[str, Any]]:
    """Walk a card's buttons, in their order."""
    for block in message.blocks:
        if block["type"] == "actions":
            yield from block["elements"]
