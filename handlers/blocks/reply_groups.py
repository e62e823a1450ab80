"""Several replies in one message: a line each, oldest first; who asked to stop is counted."""

from collections.abc import Sequence

from bot.domain.flood import is_counted
from bot.domain.replies import Reply
from bot.domain.standing import CampaignView
from handlers.blocks import layout, phrases
from handlers.blocks.escaping import PIECE, line, mrkdwn
from handlers.blocks.message import Block, Message
from handlers.blocks.reply_buttons import render_reply_menus
from handlers.blocks.reply_words import (
    how_many,
    how_many_stopped,
    number_as_it_is,
    number_in_mrkdwn,
    times,
)
from handlers.blocks.words import Words

NOTICE_LINES = 5
NOTICE_LIMIT = 80


def render_group(replies: Sequence[Reply], view: CampaignView, words: Words) -> Message:
    """Show replies that came faster than Slack takes messages, each in a line of rich text.

    Rich text parses nothing, so a stranger's words can't ping, link or format in it.
    """
    shown = [reply for reply in replies if not is_counted(reply)]
    span = times(replies, words, view.platform_zone)
    head = f"📩 {how_many(len(replies), words)}, {span}"
    stopped = how_many_stopped(len(replies) - len(shown), words)
    blocks = [layout.section(head)]
    if shown:
        lines = [_line(reply, view, words) for reply in shown]
        listed = {"type": "rich_text_list", "style": "bullet", "elements": lines}
        blocks.append({"type": "rich_text", "elements": [listed]})
        blocks += render_reply_menus(shown, words)
    if stopped:
        blocks.append(layout.section(stopped))
    first = [_notice(reply) for reply in shown[:NOTICE_LINES]]
    return Message("\n".join(filter(None, [head, *first, stopped])), blocks)


def _line(reply: Reply, view: CampaignView, words: Words) -> Block:
    at = reply.at or reply.received_at
    bold = {"bold": True}
    elements: list[Block] = [
        {"type": "text", "text": f"{number_as_it_is(reply)} · ", "style": bold},
        {
            "type": "date",
            "timestamp": int(at.timestamp()),
            "format": "{time}",
            "fallback": words.in_zone(at, view.platform_zone),
            "style": bold,
        },
        {"type": "text", "text": f"  {line(reply.text, limit=PIECE)}"},
    ]
    if note := _note(reply, view, words):
        elements.append({"type": "text", "text": f" ({note})", "style": {"italic": True}})
    return {"type": "rich_text_section", "elements": elements}


def _note(reply: Reply, view: CampaignView, words: Words) -> str:
    """Say what is to know about it; nothing parses it, so nothing in it is escaped."""
    if reply.opts_out:
        return words.say("asked to stop, but the number can't be read: leave them out by hand")
    if not reply.is_known:
        return words.say("not one of {campaign}'s people", campaign=phrases.ref(view.campaign))
    return ""


def _notice(reply: Reply) -> str:
    return f"{number_in_mrkdwn(reply)}: {mrkdwn(line(reply.text, limit=NOTICE_LIMIT))}"
