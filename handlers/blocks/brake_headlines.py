"""Headlines of the brake: what was asked, told apart from what the platform confirmed."""

from bot.domain.parts import Brake, PartState
from bot.domain.standing import CampaignView
from handlers.blocks import phrases
from handlers.blocks.escaping import code
from handlers.blocks.headline import Headline
from handlers.blocks.words import Words


def holding(view: CampaignView, words: Words) -> Headline:
    """Say that a hold is asked and not yet confirmed for every part."""
    asked = words.say("The platform is asked until it confirms each part.")
    lines = (*_lines(view, words), asked, _say_trouble(view, words))
    return Headline(words.say("✋ Stopping"), lines)


def on_hold(view: CampaignView, words: Words) -> Headline:
    """Say that nothing moves, or that it was too late for some, or for all."""
    late = view.with_brake(Brake.TOO_LATE)
    if late and len(late) == len(view.parts):
        return Headline(words.say("✋ The hold came too late"), _lines(view, words))
    return Headline(words.say("✋ On hold"), _lines(view, words))


def releasing(view: CampaignView, words: Words) -> Headline:
    """Say that it was let go, and that the platform has yet to confirm it."""
    left = len(view.with_brake(Brake.RELEASING))
    waiting = words.count(
        left,
        "The platform has yet to let {n} part go; it's asked until it does.",
        "The platform has yet to let {n} parts go; it's asked until it does.",
    )
    return Headline(words.say("Letting it go"), (waiting, _say_trouble(view, words)))


def _lines(view: CampaignView, words: Words) -> tuple[str, ...]:
    return (_say_who(view, words), say_parts(view, words), _say_request(view, words))


def _say_who(view: CampaignView, words: Words) -> str:
    hold = view.campaign.hold
    if hold is None:
        return ""
    return words.say(
        "asked by {person} {time}",
        person=phrases.mention(hold.by),
        time=words.moment(hold.at, view.campaign.zone),
    )


def say_parts(view: CampaignView, words: Words) -> str:
    """Tell what is confirmed, what was too late, what can't be held yet, and what never left."""
    gone = len(view.in_state(PartState.IN_FLIGHT, PartState.ACCEPTED, PartState.UNKNOWN))
    late = view.with_brake(Brake.TOO_LATE)
    here = len(view.in_state(PartState.READY))
    said = []
    if gone:
        confirmed = words.say(
            "confirmed for {held} of {parts}",
            held=words.number(len(view.with_brake(Brake.HELD))),
            parts=phrases.parts(gone, words),
        )
        said.append(confirmed)
    if late:
        people = words.number(sum(part.people for part in late))
        said.append(
            words.say(
                "too late for {n} (all {people} sent)",
                n=words.number(len(late)),
                people=people,
            )
        )
    if nameless := _nameless(view):
        said.append(
            words.count(
                nameless,
                "{n} can't be held until its platform number is known",
                "{n} can't be held until their platform numbers are known",
            )
        )
    if here:
        said.append(words.count(here, "{n} part stays here", "{n} parts stay here"))
    if not view.parts:
        said.append(words.say("nothing has left"))
    return " · ".join(said)


def _nameless(view: CampaignView) -> int:
    """Count what the platform has, or may have, under a number that nobody knows yet."""
    braked = (Brake.HELD, Brake.TOO_LATE)
    gone = view.in_state(PartState.IN_FLIGHT, PartState.ACCEPTED, PartState.UNKNOWN)
    return sum(part.gateway_id is None and part.brake not in braked for part in gone)


def _say_request(view: CampaignView, words: Words) -> str:
    request = view.campaign.release_request
    if request is None:
        return ""
    return words.say(
        "{person} asked {time} to let it go: an approver answers in the thread.",
        person=phrases.mention(request.by),
        time=words.moment(request.at, view.campaign.zone),
    )


def _say_trouble(view: CampaignView, words: Words) -> str:
    """Tell what keeps the platform from confirming, in its own words where it has any."""
    waiting = view.with_brake(Brake.ASKED, Brake.RELEASING)
    reasons = sorted({part.brake_reason for part in waiting if part.brake_reason})
    if not reasons:
        return ""
    if reasons[0] == "away":
        return words.say("The platform gives no clear answer just now.")
    return words.say("The platform says: {words}", words=code(reasons[0], limit=200))
