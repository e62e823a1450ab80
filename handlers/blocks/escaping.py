"""Other people's words, made fit for where they are shown.

Slack reads ``&``, ``<`` and ``>`` in mrkdwn, where ``<!channel>`` pings everybody; they have
entities. ``* _ ~`` and the back-tick have none, so a text that must not format goes into a quote
of rich text, which parses nothing, or gets look-alikes for them.
"""

from itertools import accumulate

from bot.domain.texts import harmless
from handlers.blocks.message import Block

PIECE = 2500
"""Characters in one text element: below the 3,000 that Slack takes of a text object."""
NOTHING_TO_SEE = "…"

_LOOK_ALIKES = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})


def mrkdwn(text: str) -> str:
    """Escape a text for mrkdwn; ``&`` first, so that no entity is escaped twice."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def line(text: str, *, limit: int) -> str:
    """Bring a text into one line of at most so many characters; not escaped."""
    return harmless(" ".join(text.split()), limit=limit) or NOTHING_TO_SEE


def label(text: str, *, limit: int = 80) -> str:
    """Show a name within a mrkdwn line, where it can neither ping, link nor format.

    With its entities it has ``limit`` characters at most, for so Slack counts.
    """
    return _escaped(line(text, limit=limit).translate(_LOOK_ALIKES), limit)


def code(text: str, *, limit: int = 80) -> str:
    """Show what somebody wrote, letter by letter, within a mrkdwn line.

    With its entities it has ``limit`` characters at most, and the two back-ticks.
    """
    return f"`{_escaped(line(text, limit=limit).replace('`', 'ˋ'), limit)}`"


def fence(text: str, *, limit: int = PIECE) -> str:
    """Show a text in mrkdwn with its own lines, to be copied."""
    shown = harmless(text, limit=limit) or NOTHING_TO_SEE
    return f"```{mrkdwn(shown.replace('```', 'ˋˋˋ'))}```"


def quote(text: str, *, limit: int = PIECE) -> Block:
    """Quote a stranger's text in a block that can't ping, link, unfurl or format.

    Longer than ``limit`` characters, it ends in an ellipsis.
    """
    shown = harmless(text, limit=limit) or NOTHING_TO_SEE
    pieces = [shown[start : start + PIECE] for start in range(0, len(shown), PIECE)]
    elements = [{"type": "text", "text": piece} for piece in pieces]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": elements}],
    }


def _escaped(text: str, limit: int) -> str:
    whole = mrkdwn(text)
    if len(whole) <= limit:
        return whole
    ends = accumulate(len(mrkdwn(char)) for char in text)
    return whole[: max(end for end in ends if end < limit)] + "…"
