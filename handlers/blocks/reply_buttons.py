"""The buttons under a reply: answer whoever wrote it, or put them on the opt-out list."""

from collections.abc import Sequence

from bot.domain.numbers import pretty
from bot.domain.replies import Reply
from handlers.blocks import layout
from handlers.blocks.actions import ANSWER, OPT_OUT
from handlers.blocks.message import Block
from handlers.blocks.reply_words import number_as_it_is
from handlers.blocks.words import Words


def render_reply_buttons(reply: Reply, words: Words) -> list[Block]:
    """Offer an answer, and the list where the reply may ask for that.

    Nothing is offered where the number can't be read, or where they have asked to stop. Each
    button carries the reply's id.
    """
    if reply.number is None or reply.opts_out:
        return []
    value = str(reply.id)
    row = [layout.button(words.say("Answer"), action=ANSWER, value=value)]
    if reply.may_opt_out:
        title = words.say("Opt out {number}?", number=pretty(reply.number))
        question = _ask_once_more(title, words)
        row.append(
            layout.button(words.say("Opt out"), action=OPT_OUT, value=value, question=question)
        )
    return layout.actions(row)


def render_reply_menus(replies: Sequence[Reply], words: Words) -> list[Block]:
    """Offer the same for replies that are told in one message: one of them is chosen."""
    able = [reply for reply in replies if reply.number is not None and not reply.opts_out]
    unsure = [reply for reply in able if reply.may_opt_out]
    row = []
    if able:
        row.append(layout.menu(words.say("Answer"), action=ANSWER, options=_options(able)))
    if unsure:
        question = _ask_once_more(words.say("Opt out whoever wrote this?"), words)
        menu = layout.menu(
            words.say("Opt out"), action=OPT_OUT, options=_options(unsure), question=question
        )
        row.append(menu)
    return layout.actions(row)


def _options(replies: Sequence[Reply]) -> list[tuple[str, str]]:
    return [(f"{number_as_it_is(one)}  {one.text}", str(one.id)) for one in replies]


def _ask_once_more(title: str, words: Words) -> Block:
    return layout.confirm(
        title=title,
        text=words.say(
            "They get no more campaigns and no answers. Only whoever runs Torpedo can take them"
            " off the list again."
        ),
        yes=words.say("Opt out"),
        no=words.say("Not yet"),
        style="danger",
    )
