"""Very many replies as a file that a spreadsheet opens, in which nothing is a formula."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.numbers import pretty
from bot.domain.replies import Reply
from bot.domain.standing import CampaignView
from bot.domain.texts import harmless
from handlers.blocks import phrases
from handlers.blocks.reply_words import how_many, how_many_stopped, times
from handlers.blocks.spreadsheet import Cell, write_table
from handlers.blocks.words import Words, read_zone

LONGEST = 5000
"""Characters of one reply: more than any chain of SMS holds."""


@dataclass(frozen=True, slots=True)
class ReplyFile:
    """A file for a thread: its name, its title, what stands above it, and its bytes."""

    name: str
    title: str
    comment: str
    content: bytes


def render_file(
    replies: Sequence[Reply], view: CampaignView, words: Words, *, key: str
) -> ReplyFile:
    """Write them all down, oldest first; ``key`` in its name lets the file be found again."""
    campaign = phrases.ref(view.campaign)
    span = times(replies, words, view.platform_zone)
    stopped = sum(reply.opts_out for reply in replies)
    said = words.say(
        "📩 {replies} to {campaign}, {times}: each is in this file.",
        replies=how_many(len(replies), words),
        campaign=campaign,
        times=span,
    )
    return ReplyFile(
        name=f"torpedo-{view.campaign.id}-{key}.csv",
        title=words.say("Replies to {campaign}", campaign=campaign),
        comment=" ".join(filter(None, [said, how_many_stopped(stopped, words)])),
        content=_write(replies, view, words),
    )


def _write(replies: Sequence[Reply], view: CampaignView, words: Words) -> bytes:
    zone = read_zone(view.platform_zone)
    yes, no = words.say("yes"), words.say("no")
    rows: list[list[Cell]] = [
        [
            words.say("Number"),
            words.say("Time ({place})", place=words.place(zone)),
            words.say("Reply"),
            words.say("Asked to stop"),
            words.say("One of the campaign's people"),
        ]
    ]
    for reply in replies:
        at = (reply.at or reply.received_at).astimezone(zone)
        number = harmless(reply.raw_number) if reply.number is None else pretty(reply.number)
        rows.append(
            [
                number,
                f"{at:%Y-%m-%d %H:%M:%S}",
                harmless(reply.text, limit=LONGEST),
                yes if reply.opts_out else no,
                yes if reply.is_known else no,
            ]
        )
    return write_table(rows, separator=words.list_separator)
