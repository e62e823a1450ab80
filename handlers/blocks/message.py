"""What a rendering makes: words, and the blocks that show them."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
"""A piece of Block Kit, as JSON: a block, an element, a view."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say in Slack.

    Attributes:
        text: The notification, and what a screen reader says: mrkdwn, escaped, never empty, and
            enough by itself where blocks can't be shown.
        blocks: What is seen instead of it; empty where the text is all there is.
    """

    text: str
    blocks: list[Block]
