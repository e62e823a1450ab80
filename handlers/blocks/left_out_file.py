"""Who was left out of a list, as a file to mend the list by."""

from collections.abc import Iterable

from bot.domain.campaign import Campaign
from bot.domain.numbers import LeftOut
from handlers.blocks import phrases
from handlers.blocks.spreadsheet import Cell, write_table
from handlers.blocks.words import Words


def render_left_out_file(left_out: Iterable[LeftOut], *, words: Words) -> bytes:
    """Write a table of lines, what was written there, and why it wasn't taken."""
    head = [words.say("line"), words.say("written"), words.say("reason")]
    rows: list[list[Cell]] = [
        [one.line, one.raw, phrases.fault(one.fault, words)] for one in left_out
    ]
    return write_table([head, *rows], separator=words.list_separator)


def say_left_out_file(campaign: Campaign, *, words: Words) -> str:
    """Say what the file is, for whoever wrote the campaign."""
    return words.say(
        "Who was left out of your list for {campaign}, each with the line and why.",
        campaign=phrases.ref(campaign),
    )
