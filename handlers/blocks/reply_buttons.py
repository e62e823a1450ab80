"""The buttons under a reply: answer whoever wrote it, or put them on the opt-out list."""

from bot.domain.numbers import pretty
from bot.domain.replies import Reply
from handlers.blocks import layout
from handlers.blocks.actions import ANSWER, OPT_OUT
from handlers.blocks.message import Block
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
        question = layout.confirm(
            title=words.say("Opt out {number}?", number=pretty(reply.number)),
            text=words.say(
                "They get no more campaigns and no answers. Only whoever runs Torpedo can take"
                " them off the list again."
            ),
            yes=words.say("Opt out"),
            no=words.say("Not yet"),
            style="danger",
        )
        row.append(
            layout.button(words.say("Opt out"), action=OPT_OUT, value=value, question=question)
        )
    return layout.actions(row)
