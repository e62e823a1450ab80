"""The form in which somebody has a campaign's text sent to their own phone."""

import json

from bot.domain.filling import fill_first
from bot.domain.numbers import pretty
from bot.domain.texts import measure
from bot.domain.trials import TrialPreview
from handlers.blocks import actions, layout, phrases
from handlers.blocks.escaping import quote
from handlers.blocks.form_fields import TITLE_LIMIT, field
from handlers.blocks.message import Block
from handlers.blocks.words import Words

OWN_NUMBER = "own_number"
NUMBER_LIMIT = 40
TEXT_LIMIT = 3000


def sign(words: Words) -> str:
    """Return what a test's text begins with, so that nobody takes it for the campaign itself."""
    return words.say("[TEST]")


def render_trial_form(preview: TrialPreview, *, words: Words, zone: str) -> Block:
    """Make the form: what the phone will show and what it costs, and the number it goes to.

    The number is asked for once. It comes filled in from then on, to be changed or taken out:
    a field that may be empty before there is one would only be overlooked.
    """
    campaign = preview.campaign
    metadata = {
        "press": actions.press_for(campaign).encode(),
        "channel": campaign.channel,
        "zone": zone,
    }
    number = "" if preview.number is None else pretty(preview.number)
    return {
        "type": "modal",
        "callback_id": actions.TESTED,
        "private_metadata": json.dumps(metadata),
        "title": layout.plain(words.say("Send me a test"), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Send"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Close"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(_say_what(preview, words)),
            quote(preview.text, limit=TEXT_LIMIT),
            layout.context(phrases.size(preview.text, words), _say_price(preview, words)),
            field(
                OWN_NUMBER,
                words.say("Your own mobile number"),
                hint=_say_kept(words),
                value=number,
                limit=NUMBER_LIMIT,
                is_multiline=False,
                is_optional=preview.number is not None,
            ),
            layout.context(
                words.say(
                    "It goes at once, to this number alone. It isn't counted anywhere, and"
                    " {campaign} still waits for approval.",
                    campaign=phrases.ref(campaign),
                )
            ),
        ],
    }


def _say_what(preview: TrialPreview, words: Words) -> str:
    if preview.campaign.filled is None:
        return words.say("This is what your phone will show:")
    return words.say(
        "This is what your phone will show, with the fields filled in for the first person on the"
        " list:"
    )


def _say_price(preview: TrialPreview, words: Words) -> str:
    """Say what it costs, and where that is the mark's doing."""
    segments = measure(preview.text).segments
    campaign = preview.campaign
    own = measure(fill_first(campaign.text, campaign.filled)).segments
    price = phrases.credit(segments, words)
    if segments == own:
        return price
    longer = words.say(
        "The mark {sign} makes it longer: the campaign itself takes {segments}.",
        sign=sign(words),
        segments=words.count(own, "{n} segment", "{n} segments"),
    )
    return f"{price}\n{longer}"


def _say_kept(words: Words) -> str:
    return words.say(
        "Only you see it. It's kept for your next test; empty this field and press Send, and it's"
        " forgotten."
    )
