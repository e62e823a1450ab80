"""What an edit changed, drawn for those who knew the version before it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate

from bot.domain.changes import Changes, Mark, Piece, compare_words
from bot.domain.standing import CampaignView
from bot.domain.texts import harmless
from handlers.blocks import layout, phrases
from handlers.blocks.escaping import NOTHING_TO_SEE
from handlers.blocks.message import Block
from handlers.blocks.ninth_digit import say_ninth_added
from handlers.blocks.words import Words

MOST_SHOWN = 2000
"""Characters of a difference: a whole card's text stays under about 13,000."""
MOST_PIECES = 100
NEAR = 60
"""Characters of unchanged text that are shown on each side of a change."""
MOST_CHANGED = 400
"""Characters of changed text that are shown from each end."""
MOST_READ = 100_000

_STYLES = {Mark.REMOVED: {"strike": True}, Mark.ADDED: {"bold": True}}
_SEEN = str.maketrans({" ": "␣", "\n": "↵\n"})


def render_changes(view: CampaignView, words: Words) -> list[Block]:
    """Say who changed what and when, and draw the texts' difference; nothing for a first version.

    In the text, what was taken out is struck through and what came in is bold. It is rich text
    of bare letters, so nothing that somebody wrote can format itself or anything else.
    """
    changes = view.changes
    if changes is None:
        return []
    said = words.say(
        "*Changed* by {person} {time}: version {version}",
        person=phrases.mention(changes.by),
        time=words.moment(changes.at, view.campaign.zone),
        version=words.number(changes.version),
    )
    facts = (
        say_numbers(changes.added, changes.removed, words),
        say_ninth_added(changes.ninth, words),
        _say_times(changes, view, words),
    )
    section = layout.section(
        said, " · ".join(filter(None, facts)), say_voided(changes.voided, words)
    )
    if changes.text_before == view.campaign.text:
        return [section]
    return [section, _render_text(changes.text_before, view.campaign.text)]


def say_numbers(added: int, removed: int, words: Words) -> str:
    """Say how many numbers came and went; empty when none did."""
    if not (added or removed):
        return ""
    return words.say(
        "+{added} / −{removed} numbers", added=words.number(added), removed=words.number(removed)
    )


def say_voided(voided: int, words: Words) -> str:
    """Say how many approvals an edit cost; empty when none."""
    if not voided:
        return ""
    return words.count(
        voided,
        "{n} approval was of the older version and counts no more.",
        "{n} approvals were of the older version and count no more.",
    )


def _say_times(changes: Changes, view: CampaignView, words: Words) -> str:
    campaign = view.campaign
    if changes.send_at_before == campaign.send_at:
        return ""

    def say(at: datetime | None) -> str:
        if at is None:
            return words.say("as soon as approved")
        return words.moment(at, campaign.zone)

    return f"{say(changes.send_at_before)} → {say(campaign.send_at)}"


def _render_text(before: str, after: str) -> Block:
    """Draw the difference; what doesn't fit ends in an ellipsis, as does nothing at all."""
    texts = (harmless(text, limit=MOST_READ) for text in (before, after))
    pieces = list(_shorten(compare_words(*texts)))
    ends = list(accumulate(len(shown) for _, shown in pieces))
    fitting = min(sum(end <= MOST_SHOWN for end in ends), MOST_PIECES)
    elements = [_element(mark, shown) for mark, shown in pieces[:fitting]]
    if fitting < len(pieces) or not pieces:
        elements.append(_element(Mark.KEPT, NOTHING_TO_SEE))
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": elements}],
    }


def _element(mark: Mark, shown: str) -> Block:
    style = {"style": _STYLES[mark]} if mark in _STYLES else {}
    return {"type": "text", "text": shown, **style}


def _shorten(pieces: Sequence[Piece]) -> Iterator[tuple[Mark, str]]:
    """Leave out what is far from every change, and make changed spaces and line ends visible."""
    last = len(pieces) - 1
    previous = Mark.KEPT
    for at, piece in enumerate(pieces):
        if piece.mark is Mark.KEPT:
            head = NEAR if at or not last else 0
            tail = NEAR if at < last or not last else 0
            yield piece.mark, _cut(piece.words, head=head, tail=tail)
        else:
            if (previous, piece.mark) == (Mark.REMOVED, Mark.ADDED):
                yield Mark.KEPT, " "
            text = piece.words.translate(_SEEN) if piece.words.isspace() else piece.words
            yield piece.mark, _cut(text, head=MOST_CHANGED, tail=MOST_CHANGED)
        previous = piece.mark


def _cut(text: str, *, head: int, tail: int) -> str:
    """Keep so much of either end."""
    if len(text) <= head + tail + 1:
        return text
    return f"{text[:head]}…{text[len(text) - tail :]}"
