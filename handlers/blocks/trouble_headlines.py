"""Headlines of trouble: what may have gone, what was refused, what never left."""

from bot.domain.parts import Part, PartState
from bot.domain.standing import CampaignView
from handlers.blocks import phrases
from handlers.blocks.escaping import code
from handlers.blocks.headline import Headline
from handlers.blocks.words import Words

MOST_PARTS = 5


def needs_you(view: CampaignView, words: Words) -> Headline:
    """Say which parts may or may not have gone, and where a person can find out."""
    lost = view.in_state(PartState.UNKNOWN)
    lines = [
        words.say(
            "Part {part} of {parts}: {why}",
            part=words.number(part.position),
            parts=words.number(len(view.parts)),
            why=say_lost(part, view, words),
        )
        for part in lost[:MOST_PARTS]
    ]
    if len(lost) > MOST_PARTS:
        more = len(lost) - MOST_PARTS
        lines.append(words.count(more, "and {n} part more", "and {n} parts more"))
    people = phrases.people(sum(part.people for part in lost), words)
    lines += [
        words.say(
            "{people} may or may not have it. It's never sent again by itself.", people=people
        ),
        words.say("Look in the platform's panel for a campaign of that time with this text."),
    ]
    if view.campaign.hold is not None:
        who = phrases.mention(view.campaign.hold.by)
        lines.append(words.say("{person} asked to hold it: nothing more leaves.", person=who))
    return Headline(words.say("⚠️ Needs you: a part may or may not have gone"), tuple(lines))


def say_lost(part: Part, view: CampaignView, words: Words) -> str:
    """Say what was seen of a request whose fate is unknown."""
    if part.submitted_at is None:
        return say_reason(part.reason, words)
    return words.say(
        "{why}, sent {time}",
        why=say_reason(part.reason, words),
        time=words.second(part.submitted_at, view.campaign.zone),
    )


def say_reason(reason: str, words: Words) -> str:
    """Say why a part's fate is unknown."""
    if reason == "restarted":
        return words.say("Torpedo stopped while it was under way")
    if reason in {"", "error"}:
        return words.say("the platform's answer was lost")
    return words.say("the platform's answer was lost ({seen})", seen=code(reason, limit=80))


def not_sent(view: CampaignView, words: Words) -> Headline:
    """Say that nothing went, and every reason why: the platform's own words come last."""
    refused = view.in_state(PartState.REFUSED)
    why = _say_dropped(view, words)
    if refused:
        why.append(words.say("The platform refused it, in its own words:"))
    reasons = sorted({part.reason for part in refused})
    return Headline(words.say("Not sent"), tuple(why), "\n".join(reasons[:MOST_PARTS]))


def _say_dropped(view: CampaignView, words: Words) -> list[str]:
    """Say why parts were given up before they left."""
    reasons = {part.reason for part in view.in_state(PartState.DROPPED)}
    why = {
        "opted out": words.say("Everybody in it has asked not to be written to."),
        "other account": words.say("It was approved for another account of the platform."),
    }
    late = words.say("It couldn't leave before its time passed, so nothing was sent.")
    return [why.get(reason, late) for reason in sorted(reasons)]


def say_away(view: CampaignView, words: Words) -> str:
    """Say that the platform can't be reached while parts wait for it; empty when it can."""
    waiting = [part for part in view.in_state(PartState.READY) if part.attempts]
    if not waiting:
        return ""
    return words.say(
        "The platform can't be reached just now. The rest keeps its place and goes as soon as"
        " it's back."
    )
