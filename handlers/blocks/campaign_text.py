"""A campaign's text as it is looked at: what phones show, and of one with fields what they do."""

from collections.abc import Mapping

from bot.domain.filling import Example, Filled
from bot.domain.numbers import pretty
from bot.domain.texts import harmless
from handlers.blocks import layout, phrases
from handlers.blocks.escaping import NOTHING_TO_SEE, quote
from handlers.blocks.message import Block
from handlers.blocks.words import Words

EXAMPLE_LIMIT = 1000
"""Letters of an example: a message's text together stays under about 13,000."""


def render_text(text: str, filled: Filled | None, words: Words, *, limit: int) -> list[Block]:
    """Quote a text with what it takes; one with fields with what some real people get, too."""
    cut = _say_cut(text, words, limit=limit)
    if filled is None:
        how = words.say("as the phone shows it · {size}", size=phrases.size(text, words))
        return [quote(text, limit=limit), layout.context(how, cut)]
    return [
        quote(text, limit=limit),
        layout.context(cut, _say_differing(filled, words), words.say("For example:")),
        {"type": "rich_text", "elements": list(map(_render_example, filled.examples))},
        layout.context(_say_longest(filled, words)),
    ]


def say_segments(segments: Mapping[int, int], words: Words) -> str:
    """Say what a person's text takes where that differs; empty where it doesn't."""
    if len(segments) <= 1:
        return ""
    return words.say(
        "{least} to {most} segments each",
        least=words.number(min(segments)),
        most=words.number(max(segments)),
    )


def _say_differing(filled: Filled, words: Words) -> str:
    texts = words.count(filled.texts, "{n} different text", "{n} different texts")
    requests = words.count(filled.requests, "{n} request", "{n} requests")
    return words.say(
        "filled in for each person: {texts} in {requests}, one after the other",
        texts=texts,
        requests=requests,
    )


def _say_longest(filled: Filled, words: Words) -> str:
    return words.say(
        "as the phone shows it · the longest: {size}", size=phrases.size(filled.longest, words)
    )


def _render_example(example: Example) -> Block:
    """Quote what somebody gets, after their number; nothing of it is parsed."""
    said = harmless(example.text, limit=EXAMPLE_LIMIT) or NOTHING_TO_SEE
    return {
        "type": "rich_text_quote",
        "elements": [
            {"type": "text", "text": f"{pretty(example.number)} · ", "style": {"bold": True}},
            {"type": "text", "text": said},
        ],
    }


def _say_cut(text: str, words: Words, *, limit: int) -> str:
    if len(text) <= limit:
        return ""
    return words.say(
        "Only the first {shown} of {all} characters are shown here.",
        shown=words.number(limit),
        all=words.number(len(text)),
    )
