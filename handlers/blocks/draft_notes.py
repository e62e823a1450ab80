"""Private notes to whoever wrote a campaign: where it is, and who was left out of the list."""

from bot.domain.campaign import Campaign
from bot.domain.numbers import Recipients, count_short
from bot.domain.sheets import Origin
from handlers.blocks import phrases
from handlers.blocks.escaping import code
from handlers.blocks.ninth_digit import say_ten_digits
from handlers.blocks.words import Words

COLUMN_LIMIT = 40


def render_drafted(
    campaign: Campaign, recipients: Recipients, words: Words, *, origin: Origin | None = None
) -> str:
    """Tell the writer privately where the new campaign is, and who was left out and why.

    With ``origin``, also where in a file its numbers were found: only they can see whether that
    is the column they meant.
    """
    said = words.say(
        "{campaign} is in the channel, waiting for approval: {people}.",
        campaign=phrases.ref(campaign),
        people=phrases.people(len(recipients.numbers), words),
    )
    found = "" if origin is None else f"\n{say_origin(origin, words)}"
    return f"{said}{found}{_add_left_out(recipients, words)}{_add_ten_digits(recipients, words)}"


def render_edited(
    campaign: Campaign, recipients: Recipients, words: Words, *, origin: Origin | None = None
) -> str:
    """Tell the writer privately that the change is made, and who was left out of a new list."""
    said = words.say(
        "{campaign} is changed: version {version} waits for approval, for {people}.",
        campaign=phrases.ref(campaign),
        version=words.number(campaign.version),
        people=phrases.people(len(recipients.numbers), words),
    )
    found = "" if origin is None else f"\n{say_origin(origin, words)}"
    return f"{said}{found}{_add_left_out(recipients, words)}{_add_ten_digits(recipients, words)}"


def say_origin(origin: Origin, words: Words) -> str:
    """Say in which column and sheet of a file the numbers were found."""
    column = code(origin.column, limit=COLUMN_LIMIT)
    said = (
        words.say("The numbers are those of the column {column}.", column=column)
        if origin.is_named
        else words.say(
            "The numbers are those of the column {column}: none is named like phone numbers, so I"
            " went by what is in them.",
            column=column,
        )
    )
    if not origin.other_sheets:
        return said
    others = words.count(
        origin.other_sheets,
        "Only the sheet {sheet} was read; the file has {n} more.",
        "Only the sheet {sheet} was read; the file has {n} more.",
        sheet=code(origin.sheet, limit=COLUMN_LIMIT),
    )
    return f"{said} {others}"


def _add_ten_digits(recipients: Recipients, words: Words) -> str:
    """Say in a line of its own how many may lack their ninth digit, and what mends them."""
    said = say_ten_digits(count_short(recipients.numbers), words)
    if not said:
        return ""
    todo = words.say("*Add the ninth digit* on the card puts it in for all of them.")
    return f"\n{said} {todo}"


def _add_left_out(recipients: Recipients, words: Words) -> str:
    said = say_left_out(recipients, words)
    return f"\n{said}" if said else ""


def say_left_out(recipients: Recipients, words: Words) -> str:
    """Say in lines of its own who was left out of a list and why; empty when nobody was."""
    if not recipients.left_out:
        return ""
    faults = [one.fault for one in recipients.left_out]
    counts = {why: faults.count(why) for why in dict.fromkeys(faults)}
    left_out = words.say(
        "{n} left out: {reasons}",
        n=words.number(len(faults)),
        reasons=phrases.left_out(counts, words),
    )
    return f"{left_out}\n{phrases.examples(recipients.left_out, words)}"
