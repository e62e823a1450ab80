"""What is said of a reply, alone or among others: from whom, when, what to know about it."""

from collections.abc import Sequence

from bot.domain.numbers import pretty
from bot.domain.replies import Reply
from handlers.blocks.escaping import code, line
from handlers.blocks.words import Words

LONGEST_NUMBER = 40


def number_in_mrkdwn(reply: Reply) -> str:
    """Write whose it is, within a mrkdwn line."""
    if reply.number is None:
        return code(reply.raw_number, limit=LONGEST_NUMBER)
    return pretty(reply.number)


def number_as_it_is(reply: Reply) -> str:
    """Write whose it is, where nothing is parsed."""
    if reply.number is None:
        return line(reply.raw_number, limit=LONGEST_NUMBER)
    return pretty(reply.number)


def times(replies: Sequence[Reply], words: Words, zone: str) -> str:
    """Say from when to when they came; the same minute once."""
    moments = [reply.at or reply.received_at for reply in replies]
    first, last = (words.clock(moment, zone) for moment in (min(moments), max(moments)))
    if min(moments).replace(second=0, microsecond=0) == max(moments).replace(
        second=0, microsecond=0
    ):
        return first
    return words.say("{first} to {last}", first=first, last=last)


def how_many(n: int, words: Words) -> str:
    """Say how many replies."""
    return words.count(n, "{n} reply", "{n} replies")


def how_many_stopped(n: int, words: Words) -> str:
    """Say how many asked for no more; nothing where nobody did."""
    if not n:
        return ""
    return words.count(
        n,
        "{n} person asked to stop, and gets no more campaigns.",
        "{n} people asked to stop, and get no more campaigns.",
    )
