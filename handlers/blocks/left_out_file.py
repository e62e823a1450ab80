"""Who was left out of a list, as a file to mend the list by."""

import csv
from collections.abc import Iterable
from io import StringIO

from bot.domain.campaign import Campaign
from bot.domain.numbers import LeftOut
from handlers.blocks import phrases
from handlers.blocks.escaping import defused
from handlers.blocks.words import Words


def render_left_out_file(left_out: Iterable[LeftOut], *, words: Words) -> bytes:
    """Write a CSV of lines, what was written there, and why it wasn't taken.

    In UTF-8 with its mark and parted by semicolons, as Excel opens it where the decimal mark is
    a comma. What would act as a formula gets an apostrophe, for it was written by strangers.
    """
    written = StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerow([words.say("line"), words.say("written"), words.say("reason")])
    rows.writerows(
        [one.line, defused(one.raw), phrases.fault(one.fault, words)] for one in left_out
    )
    return written.getvalue().encode("utf-8-sig", "replace")


def say_left_out_file(campaign: Campaign, *, words: Words) -> str:
    """Say what the file is, for whoever wrote the campaign."""
    return words.say(
        "Who was left out of your list for {campaign}, each with the line and why.",
        campaign=phrases.ref(campaign),
    )
