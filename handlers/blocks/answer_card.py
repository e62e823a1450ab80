"""An answer's own message in the thread: who wrote what to whom, and what became of it."""

from datetime import datetime

from bot.domain.campaign import State
from bot.domain.digest import short
from bot.domain.numbers import pretty
from bot.domain.replies import Reply
from bot.domain.standing import CampaignView, Standing
from handlers.blocks import layout, phrases
from handlers.blocks.buttons import render_buttons
from handlers.blocks.escaping import code, label, quote
from handlers.blocks.headline import Headline
from handlers.blocks.headlines import render_headline
from handlers.blocks.message import Message
from handlers.blocks.one_message import render_ended
from handlers.blocks.quiet_lines import render_quiet, say_allowed
from handlers.blocks.words import Words

TEXT_LIMIT = 3000
ASKED_LIMIT = 80


def render_answer(view: CampaignView, answered: Reply, *, now: datetime, words: Words) -> Message:
    """Draw an answer as it is now. It is short: a busy thread has many of them."""
    campaign = view.campaign
    headline = _headline(view, now, words)
    said = words.say(
        "↩️ {person} answers {number}",
        person=phrases.mention(campaign.requester),
        number=_name(answered),
    )
    blocks = [
        layout.section(f"*{said}* · {headline.title}", *headline.lines),
        *([quote(headline.quoted, limit=1000)] if headline.quoted else []),
        quote(campaign.text, limit=TEXT_LIMIT),
        layout.context(
            words.say("about {words}", words=label(answered.text, limit=ASKED_LIMIT)),
            _say_facts(view, words),
            _say_approvals(view, words),
            say_allowed(view, words),
            "" if view.hears else _say_deafness(words),
        ),
        *render_quiet(view, now=now, words=words),
        *render_buttons(view, now=now, words=words),
    ]
    return Message(f"{said}: {headline.title}", blocks)


def _headline(view: CampaignView, now: datetime, words: Words) -> Headline:
    """Say how it stands as one says it of one message; what needs somebody, as of any."""
    standing = view.standing(now)
    if standing is Standing.DELIVERING:
        return Headline(words.say("📤 Sent"))
    if standing is Standing.DONE:
        return render_ended(view, words)
    if standing is Standing.EXPIRED:
        todo = words.say("To answer after all, press Answer at their message.")
        return Headline(words.say("Expired"), (words.say("Nothing was sent."), todo))
    return render_headline(view, now=now, words=words)


def _say_facts(view: CampaignView, words: Words) -> str:
    """Say what it costs and its number; to whoever has to approve it, its size and its seal."""
    campaign = view.campaign
    facts = [phrases.credit(view.price, words), phrases.ref(campaign)]
    if campaign.state is not State.WAITING:
        return " · ".join(facts)
    facts.append(words.say("seal {seal}", seal=short(campaign.digest)))
    return f"{' · '.join(facts)}\n{phrases.size(campaign.text, words)}"


def _say_approvals(view: CampaignView, words: Words) -> str:
    """Name whoever approved it; its writer's own go is said by the message's first words."""
    campaign = view.campaign
    others = [one.by for one in campaign.approvals if one.by != campaign.requester]
    if not others:
        return ""
    return words.say("approved by {people}", people=phrases.mentions(others, words))


def _say_deafness(words: Words) -> str:
    return words.say(
        "What people answer won't come back here: this way to the platform has no call-backs."
    )


def _name(answered: Reply) -> str:
    if answered.number is None:
        return code(answered.raw_number, limit=40)
    return pretty(answered.number)
