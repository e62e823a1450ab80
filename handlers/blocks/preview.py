"""What would become of a form, below its fields: who gets it, how it reads, what it costs."""

from collections.abc import Sequence

from bot.domain.errors import BotError
from bot.domain.preview import Preview
from bot.domain.sheets import Origin
from bot.domain.texts import Respelled, cheaper_spelling
from handlers.blocks import actions, layout, phrases
from handlers.blocks.answers import render_refusal
from handlers.blocks.campaign_text import render_text, say_segments
from handlers.blocks.draft_notes import say_left_out, say_origin
from handlers.blocks.escaping import code, label
from handlers.blocks.message import Block
from handlers.blocks.ninth_digit import say_ten_digits
from handlers.blocks.words import Words

TEXT_LIMIT = 3000
MOST_LETTERS = 10


def render_preview(preview: Preview, *, words: Words, origin: Origin | None = None) -> list[Block]:
    """Draw what sending the form would come to, and what keeps it from being sent."""
    blocks: list[Block] = [layout.section(f"*{words.say('Preview')}*")]
    if preview.text:
        blocks += [
            *render_text(preview.text, preview.filled, words, limit=TEXT_LIMIT),
            *_render_respelled(preview.respelled, words),
            *_offer_plain(preview.text, words),
        ]
    blocks.append(
        layout.fields(
            _say_who(preview, words), _say_when(preview, words), _say_price(preview, words)
        )
    )
    left_out = "" if preview.recipients is None else say_left_out(preview.recipients, words)
    found = "" if origin is None else say_origin(origin, words)
    if found or left_out:
        blocks.append(layout.context(found, left_out))
    blocks += _offer_ninth_digit(preview, words)
    return [*blocks, *_render_problems(preview.problems, preview.zone, words)]


def render_reading(name: str, words: Words) -> list[Block]:
    """Say that a file is being read, which may take seconds."""
    return [layout.section(words.say("Reading {file} …", file=label(name)))]


def _offer_ninth_digit(preview: Preview, words: Words) -> list[Block]:
    """Offer to put it in, in one press: only who wrote the list knows whether it is missing."""
    said = say_ten_digits(preview.ten_digits, words)
    if not said:
        return []
    press = layout.button(words.say("Add the ninth digit"), action=actions.ADD_NINTH, value="ninth")
    return [layout.context(said), *layout.actions([press])]


def _render_problems(problems: Sequence[BotError], zone: str, words: Words) -> list[Block]:
    said = [f"⚠️ {render_refusal(error, words=words, zone=zone)}" for error in problems]
    return [layout.section(*said)] if said else []


def _say_who(preview: Preview, words: Words) -> str:
    return f"*{words.say('Who')}*\n{phrases.people(preview.people, words)}"


def _say_when(preview: Preview, words: Words) -> str:
    when = phrases.departure(
        preview.send_at, zone=preview.zone, platform_zone=preview.platform_zone, words=words
    )
    return f"*{words.say('When')}*\n{when}"


def _say_price(preview: Preview, words: Words) -> str:
    price = phrases.price(
        preview.price,
        preview.balance,
        zone=preview.zone,
        words=words,
        elsewhere=preview.elsewhere,
        send_at=preview.send_at,
    )
    each = say_segments(preview.segments, words)
    return "\n".join(filter(None, (f"*{words.say('Price')}*", price, each)))


def _render_respelled(found: Respelled, words: Words) -> list[Block]:
    said = _say_respelled(found, words)
    return [layout.context(said)] if said else []


def _say_respelled(found: Respelled, words: Words) -> str:
    """List what phones get otherwise than it was typed."""
    said = []
    if found.letters:
        pairs = [f"{code(old)} → {code(new)}" for old, new in found.letters[:MOST_LETTERS]]
        said.append(words.say("Replaced: {letters}.", letters=", ".join(pairs)))
    if found.hidden:
        said.append(
            words.count(
                found.hidden,
                "{n} character that shows nothing was taken out.",
                "{n} characters that show nothing were taken out.",
            )
        )
    return " ".join(said)


def _offer_plain(text: str, words: Words) -> list[Block]:
    """Offer the spelling without accents in one press, where it costs fewer segments."""
    cheaper = cheaper_spelling(text)
    if cheaper is None:
        return []
    title = words.count(
        cheaper.segments, "Without accents: {n} segment", "Without accents: {n} segments"
    )
    return layout.actions([layout.button(title, action=actions.PLAIN, value="plain")])
