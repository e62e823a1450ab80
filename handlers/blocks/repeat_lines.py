"""What was seen before, said to whoever writes or approves the same again."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaign import Campaign, State
from bot.domain.ids import ChannelId
from bot.domain.repeats import Repeat, seal_repeats
from handlers.blocks import actions, layout, phrases
from handlers.blocks.actions import Press
from handlers.blocks.form_fields import TITLE_LIMIT
from handlers.blocks.message import Block
from handlers.blocks.words import Words

MOST_SHOWN = 3


def say_repeats(repeats: Sequence[Repeat], *, now: datetime, zone: str, words: Words) -> list[str]:
    """Say who did nearly the same, for whom and when, in lines of mrkdwn; the first few."""
    lines = [f"⚠️ {_say(one, now, zone, words)}" for one in repeats[:MOST_SHOWN]]
    more = len(repeats) - MOST_SHOWN
    if more > 0:
        lines.append(words.count(more, "and {n} campaign more", "and {n} campaigns more"))
    return lines


def add_repeats(note: str, campaign: Campaign, repeats: Sequence[Repeat], words: Words) -> str:
    """Add to the note for whoever wrote a campaign what of it was seen before."""
    now = campaign.edited_at or campaign.created_at
    return "\n".join([note, *say_repeats(repeats, now=now, zone=campaign.zone, words=words)])


def render_repeat_form(
    repeats: Sequence[Repeat],
    *,
    press: Press,
    channel: ChannelId,
    zone: str,
    now: datetime,
    words: Words,
    allows_quiet: bool = False,
) -> Block:
    """Ask once more before it is approved; the press and what was said are remembered.

    So is whether that press allowed a quiet time, for the form asks about something else.
    """
    metadata = {
        "press": press.encode(),
        "channel": channel,
        "seen": seal_repeats(repeats),
        "allows_quiet": allows_quiet,
    }
    lines = say_repeats(repeats, now=now, zone=zone, words=words)
    question = words.say(
        "Approve {campaign} only if these people should get it once more.",
        campaign=f"#{press.campaign}",
    )
    return {
        "type": "modal",
        "callback_id": actions.REPEAT,
        "private_metadata": json.dumps(metadata),
        "title": layout.plain(words.say("Seen before"), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Approve all the same"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Not yet"), limit=TITLE_LIMIT),
        "blocks": [layout.section(*lines), layout.section(question)],
    }


def _say(one: Repeat, now: datetime, zone: str, words: Words) -> str:
    facts = {
        "person": phrases.mention(one.by),
        "campaign": f"#{one.campaign}",
        "shared": words.number(one.shared),
        "time": words.moment(one.at, zone),
    }
    if one.state is State.WAITING:
        return words.count(
            one.people,
            "{campaign} of {person} says nearly the same to this person, and waits for approval.",
            "{campaign} of {person} says nearly the same to {shared} of these {n} people, and waits"
            " for approval.",
            **facts,
        )
    if one.at > now:
        return words.count(
            one.people,
            "{campaign} of {person} sends nearly the same to this person {time}.",
            "{campaign} of {person} sends nearly the same to {shared} of these {n} people {time}.",
            **facts,
        )
    return words.count(
        one.people,
        "{person} sent nearly the same to this person {time} ({campaign}).",
        "{person} sent nearly the same to {shared} of these {n} people {time} ({campaign}).",
        **facts,
    )
