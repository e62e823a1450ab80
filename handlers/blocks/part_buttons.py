"""The buttons that settle a part of unknown fate."""

from bot.domain.parts import Part
from bot.domain.standing import CampaignView
from handlers.blocks import layout, phrases
from handlers.blocks.actions import PART_AGAIN, PART_LEAVE, PART_WENT, PartPress
from handlers.blocks.message import Block
from handlers.blocks.words import Words


def render_part_buttons(view: CampaignView, part: Part, words: Words) -> list[Block]:
    """Offer the three things that a person may know or decide about it."""
    value = PartPress(view.campaign.id, part.id, part.resent).encode()
    return layout.actions(
        [
            layout.button(words.say("It went"), action=PART_WENT, value=value),
            layout.button(
                words.say("Send again"),
                action=PART_AGAIN,
                value=value,
                style="danger",
                question=_ask_again(view, part, words),
            ),
            layout.button(
                words.say("Leave it"),
                action=PART_LEAVE,
                value=value,
                question=_ask_leave(view, part, words),
            ),
        ]
    )


def _ask_again(view: CampaignView, part: Part, words: Words) -> Block:
    return layout.confirm(
        title=words.say("Send {which} again?", which=_name(view, part, words)),
        text=words.count(
            part.people,
            "It goes to {n} person once more. If it did go before, that person gets it twice.",
            "It goes to {n} people once more. If it did go before, all of them get it twice.",
        ),
        yes=words.say("Send again"),
        no=words.say("Not yet"),
        style="danger",
    )


def _ask_leave(view: CampaignView, part: Part, words: Words) -> Block:
    return layout.confirm(
        title=words.say("Leave {which} as it is?", which=_name(view, part, words)),
        text=words.count(
            part.people,
            "{n} person may or may not have it, and gets nothing more of this campaign. If news of"
            " it comes late, I tell it in the thread.",
            "{n} people may or may not have it, and get nothing more of this campaign. If news of"
            " it comes late, I tell it in the thread.",
        ),
        yes=words.say("Leave it"),
        no=words.say("Not yet"),
    )


def _name(view: CampaignView, part: Part, words: Words) -> str:
    return phrases.which(part.position, len(view.parts), phrases.ref(view.campaign), words)
