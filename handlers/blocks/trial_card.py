"""A test's own message in the thread: whose phone it went to, and whether it arrived.

It shows no number and not what its asker answers: a thread has many readers.
"""

import re
from datetime import datetime

from bot.domain.campaign import Trial
from bot.domain.parts import PartState
from bot.domain.standing import CampaignView, Standing
from handlers.blocks import layout, phrases
from handlers.blocks.escaping import quote
from handlers.blocks.headline import Headline
from handlers.blocks.headlines import render_headline
from handlers.blocks.message import Message
from handlers.blocks.one_message import render_ended
from handlers.blocks.trouble_headlines import say_lost
from handlers.blocks.words import Words

REASON_LIMIT = 1000
_LIKE_A_NUMBER = re.compile(r"\d[\d\s()+-]{6,}\d")


def render_trial(view: CampaignView, trial: Trial, *, now: datetime, words: Words) -> Message:
    """Draw a test as it is now; nobody has to do anything about it but its asker."""
    headline = _headline(view, now, words)
    said = words.say(
        "Test of #{id} for {person}",
        id=trial.of,
        person=phrases.mention(view.campaign.requester),
    )
    version = words.say("version {version}", version=words.number(trial.version))
    price = phrases.credit(view.price, words)
    blocks = [
        layout.section(f"*{said}* · {headline.title}", *headline.lines),
        *([quote(_without_number(headline.quoted), limit=REASON_LIMIT)] if headline.quoted else []),
        layout.context(
            f"{version} · {price} · {phrases.ref(view.campaign)}", _say_answer(view, words)
        ),
    ]
    return Message(f"{said}: {headline.title}", blocks)


def _without_number(reason: str) -> str:
    """Blot out what may be the asker's number: the platform's words may name it."""
    return _LIKE_A_NUMBER.sub("…", reason)


def _headline(view: CampaignView, now: datetime, words: Words) -> Headline:
    standing = view.standing(now)
    if standing in {Standing.APPROVED, Standing.SENDING}:
        return Headline(words.say("⏳ On its way"), (_say_away(view, words),))
    if standing is Standing.NEEDS_YOU:
        return _lost(view, words)
    if standing is Standing.DELIVERING:
        return Headline(words.say("📤 Sent"))
    if standing is Standing.DONE:
        return render_ended(view, words)
    if standing is Standing.EXPIRED:
        late = words.say("It couldn't leave before its time passed, so nothing was sent.")
        return Headline(words.say("Expired"), (late,))
    return render_headline(view, now=now, words=words)


def _say_away(view: CampaignView, words: Words) -> str:
    if not any(part.attempts for part in view.in_state(PartState.READY)):
        return ""
    return words.say("The platform can't be reached just now. It goes as soon as it's back.")


def _lost(view: CampaignView, words: Words) -> Headline:
    """Say what was seen; whoever asked for it holds the phone that knows."""
    part = view.in_state(PartState.UNKNOWN)[0]
    seen = phrases.opening(say_lost(part, view, words))
    todo = words.say(
        "Look at your phone. If it isn't there, send yourself another: this one is never sent"
        " again."
    )
    return Headline(words.say("⚠️ It may or may not have gone"), (seen, todo))


def _say_answer(view: CampaignView, words: Words) -> str:
    """Say that the way back works, and what else an answer did."""
    if view.opt_outs:
        return words.say(
            "An answer to it came back and asked for no more: that number is on the opt-out list."
        )
    if view.replies:
        return words.say("An answer to it came back. Those of customers will stand in this thread.")
    return ""
