"""The buttons of quiet time: allowing it, and another time in its place."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.offers import Offer
from bot.domain.quiet import Quiet
from bot.domain.refusals import QuietHours
from bot.domain.standing import CampaignView
from handlers.blocks import actions, layout, phrases
from handlers.blocks.message import Block, Message
from handlers.blocks.quiet_lines import say_why
from handlers.blocks.words import Words


def render_allow(view: CampaignView, why: Quiet, *, words: Words) -> Block:
    """Make the yes to a quiet time, which says what it overrides before it counts."""
    question = layout.confirm(
        title=words.say("Allow {campaign} in quiet time?", campaign=phrases.ref(view.campaign)),
        text=_say_question(view, why, words),
        yes=words.say("Allow and approve"),
        no=words.say("Not yet"),
        style="danger",
    )
    return layout.button(
        words.say("Allow and approve"),
        action=actions.ALLOW,
        value=actions.press_for(view.campaign).encode(),
        style="primary",
        question=question,
    )


def render_put_off(view: CampaignView, *, now: datetime, words: Words) -> Block:
    """Offer its writer the next good time; the button carries the very time that it shows."""
    opens = view.opens(now)
    press = replace(actions.press_for(view.campaign), to=opens.astimezone(UTC))
    return layout.button(
        words.say("Send at {time} instead", time=words.in_zone(opens)),
        action=actions.PUT_OFF,
        value=press.encode(),
    )


def render_offer(refused: QuietHours, offer: Offer, *, words: Words) -> Message:
    """Tell whoever typed a campaign for a quiet time why it is one, and offer two ways on."""
    said = words.say(
        "That would reach people in quiet time: {why}. Nothing is made yet, and what you typed is"
        " kept: choose what I shall do.",
        why=say_why(refused.why, words),
    )
    value = str(offer.id)
    later = layout.button(
        words.say("Send at {time} instead", time=words.in_zone(refused.opens)),
        action=actions.OFFER_LATER,
        value=value,
        style="primary",
    )
    anyway = layout.button(
        words.say("Ask for it all the same"), action=actions.OFFER_ANYWAY, value=value
    )
    note = words.say("All the same: an approver has to allow the quiet time, too.")
    return Message(
        said, [layout.section(said), *layout.actions([later, anyway]), layout.context(note)]
    )


def _say_question(view: CampaignView, why: Quiet, words: Words) -> str:
    facts = {
        "people": phrases.people(view.counts.people, words),
        "when": phrases.plain_send_time(view, words),
        "why": say_why(why, words),
    }
    missing = view.approvals_needed - len(view.campaign.approvals)
    if missing > 1:
        return words.say(
            "It reaches {people} in quiet time ({why}), {when}. It takes {needed} approvals, and"
            " yours is number {mine}. It is kept that you allowed it.",
            needed=words.number(view.approvals_needed),
            mine=words.number(len(view.campaign.approvals) + 1),
            **facts,
        )
    return words.say(
        "It reaches {people} in quiet time ({why}), {when}. It can't be called back from phones"
        " that already have it. It is kept that you allowed it.",
        **facts,
    )
