"""What can be done under replies: answer whoever wrote one, or put them on the opt-out list."""

from collections.abc import Sequence

from bot.domain.numbers import pretty
from bot.domain.replies import Reply
from handlers.blocks import layout
from handlers.blocks.actions import ANSWER, OPT_OUT
from handlers.blocks.escaping import line
from handlers.blocks.layout import OPTION_LIMIT
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
        question = _ask(title, words)
        row.append(
            layout.button(words.say("Opt out"), action=OPT_OUT, value=value, question=question)
        )
    return layout.actions(row)


def render_group_menus(replies: Sequence[Reply], words: Words) -> list[Block]:
    """Offer the same under several replies in one message: who is meant is chosen first."""
    open_ones = [reply for reply in replies if reply.number is not None and not reply.opts_out]
    unsure = [reply for reply in open_ones if reply.may_opt_out]
    row = []
    if open_ones:
        options = [_name(reply) for reply in open_ones]
        row.append(layout.menu(words.say("Answer ..."), action=ANSWER, options=options))
    if unsure:
        row.append(
            layout.menu(
                words.say("Opt out ..."),
                action=OPT_OUT,
                options=[_name(reply) for reply in unsure],
                question=_ask(words.say("Opt them out?"), words),
            )
        )
    return layout.actions(row)


def _name(reply: Reply) -> tuple[str, str]:
    """Name a reply in a menu, by whom it is from and how it begins."""
    return f"{number_as_it_is(reply)} · {line(reply.text, limit=OPTION_LIMIT)}", str(reply.id)


def _ask(title: str, words: Words) -> Block:
    return layout.confirm(
        title=title,
        text=words.say(
            "They get no more campaigns and no answers. Only whoever runs Torpedo can take"
            " them off the list again."
        ),
        yes=words.say("Opt out"),
        no=words.say("Not yet"),
        style="danger",
    )
