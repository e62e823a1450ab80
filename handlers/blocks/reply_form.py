"""The form in which somebody answers a reply."""

import json

from bot.domain.campaign import Campaign
from bot.domain.numbers import pretty
from bot.domain.questions import Question
from bot.domain.refusals import QuietHours
from handlers.blocks import actions, layout, phrases
from handlers.blocks.escaping import code, quote
from handlers.blocks.form_fields import TEXT, TITLE_LIMIT, field, quiet_field
from handlers.blocks.message import Block
from handlers.blocks.quiet_lines import say_why
from handlers.blocks.words import Words

ASKED_LIMIT = 1000
GIVEN_LIMIT = 160


def render_reply_form(
    question: Question,
    *,
    words: Words,
    zone: str,
    needs_approval: bool,
    text: str = "",
    price: int = 1,
    quiet: QuietHours | None = None,
) -> Block:
    """Make the form: what they wrote, what somebody answered already, and room for a text.

    ``price`` is how many credits it may cost, which the form says where it is more than one; it
    remembers that, and the newest answer that it shows: what costs more than was shown, or was
    answered since, comes back in another such form before anything goes. So does what is sent in
    quiet time without its box, which is there where now is ``quiet``.
    """
    reply = question.reply
    metadata = {
        "reply": reply.id,
        "channel": question.channel,
        "zone": zone,
        "seen": question.newest,
        "price": price,
        "quiet": quiet is not None,
    }
    wrote = words.say(
        "{number} wrote {time}:",
        number=pretty(question.number),
        time=words.moment(reply.at or reply.received_at, zone),
    )
    notes = [
        "" if question.answered is None else _say_answered(question.answered, words, zone),
        _say_price(text, price, words) if price > 1 else "",
        "" if quiet is None else _say_quiet(quiet, words),
        _say_approval(words) if needs_approval else "",
    ]
    submit = words.say("Ask for approval") if needs_approval else words.say("Send")
    return {
        "type": "modal",
        "callback_id": actions.ANSWERED,
        "private_metadata": json.dumps(metadata),
        "title": layout.plain(words.say("Answer"), limit=TITLE_LIMIT),
        "submit": layout.plain(submit, limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Close"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(wrote),
            quote(reply.text, limit=ASKED_LIMIT),
            *([layout.section(*notes)] if any(notes) else []),
            field(TEXT, words.say("Your answer"), value=text, hint=_say_hint(words)),
            *([] if quiet is None else [quiet_field(words)]),
        ],
    }


def _say_answered(given: Campaign, words: Words, zone: str) -> str:
    return words.say(
        "⚠️ {person} answered this already {time}: {words} You can send another one.",
        person=phrases.mention(given.requester),
        time=words.moment(given.created_at, zone),
        words=code(given.text, limit=GIVEN_LIMIT),
    )


def _say_price(text: str, price: int, words: Words) -> str:
    said = words.say(
        "⚠️ As it is, it costs {price}. Make it shorter, or send it so.",
        price=phrases.credit(price, words),
    )
    return f"{said}\n{phrases.size(text, words)}"


def say_box_error(quiet: QuietHours, words: Words) -> str:
    """Say at the box, which shows no tokens, what to do where it isn't ticked."""
    return words.say(
        "Now is quiet time. Send it from {time} on, or tick the box.",
        time=words.in_zone(quiet.opens),
    )


def _say_quiet(quiet: QuietHours, words: Words) -> str:
    return words.say(
        "🌙 Now is quiet time: {why}. From {time} on it goes at once; to send it before, tick the"
        " box.",
        why=say_why(quiet.why, words),
        time=words.moment(quiet.opens),
    )


def _say_approval(words: Words) -> str:
    return words.say("It goes once somebody else has approved it in the thread.")


def _say_hint(words: Words) -> str:
    return words.say(
        "1 credit for 160 letters, or for 70 with accents such as ã. What costs more is shown"
        " first."
    )
