"""A campaign's parts, one line each: what is certain about each request."""

from collections.abc import Callable

from bot.domain.parts import Brake, Part, PartState
from bot.domain.standing import CampaignView
from handlers.blocks import phrases
from handlers.blocks.escaping import code
from handlers.blocks.tries import is_left, say_tries
from handlers.blocks.trouble_headlines import say_lost
from handlers.blocks.words import Words

MOST_PARTS = 6
REASON_LIMIT = 60


def render_parts(view: CampaignView, words: Words) -> str:
    """Say how each part stands; of many, those that need a look come first."""
    ranked = sorted(view.parts, key=lambda part: (_is_fine(part), part.position))
    lines = [_render_part(part, view, words) for part in ranked[:MOST_PARTS]]
    more = len(view.parts) - MOST_PARTS
    if more > 0:
        lines.append(words.count(more, "and {n} part more", "and {n} parts more"))
    return "\n".join(lines)


def _is_fine(part: Part) -> bool:
    return part.state is PartState.ACCEPTED and part.brake is Brake.OFF


def _render_part(part: Part, view: CampaignView, words: Words) -> str:
    said = _name(part, view, words, how=_STATES[part.state](part, view, words))
    return " · ".join(filter(None, (said, say_tries(part, words), _say_brake(part, words))))


def _name(part: Part, view: CampaignView, words: Words, *, how: str) -> str:
    """Begin a part's line: an only part needs no name, and its people are the campaign's."""
    if len(view.parts) == 1:
        return phrases.opening(how)
    return words.say(
        "part {part} · {people} · {how}",
        part=words.number(part.position),
        people=phrases.people(part.people, words),
        how=how,
    )


def _say_ready(part: Part, view: CampaignView, words: Words) -> str:
    if part.not_before is None:
        return words.say("still to go")
    return words.count(
        part.attempts,
        "still to go: {n} try didn't reach the platform, the next is {time}",
        "still to go: {n} tries didn't reach the platform, the next is {time}",
        time=words.clock(part.not_before, view.campaign.zone),
    )


def _say_in_flight(_: Part, __: CampaignView, words: Words) -> str:
    return words.say("on its way to the platform")


def _say_refused(part: Part, _: CampaignView, words: Words) -> str:
    return words.say("refused: {words}", words=code(part.reason, limit=REASON_LIMIT))


def _say_dropped(part: Part, _: CampaignView, words: Words) -> str:
    if is_left(part):
        person = phrases.person(part.settled_by)
        return words.say("left by {person}: may or may not have gone", person=person)
    why = {
        "opted out": words.say("not sent: they opted out"),
        "other account": words.say("not sent: approved for another account"),
        "other door": words.say("not sent: approved for another way to the platform"),
        "changed": words.say("not sent: not what was approved"),
    }
    return why.get(part.reason, words.say("not sent: its time passed"))


def _say_unknown(part: Part, view: CampaignView, words: Words) -> str:
    """Say what was seen of it; of an only part the headline above says that already."""
    if len(view.parts) == 1:
        return words.say("may or may not have gone")
    return say_lost(part, view, words)


def _say_accepted(part: Part, _: CampaignView, words: Words) -> str:
    if part.gateway_id is None:
        return words.say("at the platform, which hasn't told its number yet")
    return words.say("at the platform as {number}", number=part.gateway_id)


def _say_brake(part: Part, words: Words) -> str:
    return {
        Brake.OFF: "",
        Brake.ASKED: words.say("hold asked, not yet confirmed"),
        Brake.HELD: words.say("hold confirmed"),
        Brake.TOO_LATE: words.say("too late to hold"),
        Brake.RELEASING: words.say("release asked, not yet confirmed"),
    }[part.brake]


_STATES: dict[PartState, Callable[[Part, CampaignView, Words], str]] = {
    PartState.READY: _say_ready,
    PartState.IN_FLIGHT: _say_in_flight,
    PartState.ACCEPTED: _say_accepted,
    PartState.REFUSED: _say_refused,
    PartState.UNKNOWN: _say_unknown,
    PartState.DROPPED: _say_dropped,
}
