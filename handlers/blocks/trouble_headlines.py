"""Headlines of trouble: what may have gone, what was refused, what never left."""

from bot.domain.parts import Part, PartState
from bot.domain.standing import CampaignView
from handlers.blocks import phrases
from handlers.blocks.escaping import code
from handlers.blocks.headline import Headline
from handlers.blocks.tries import is_left, say_claim
from handlers.blocks.words import Words

MOST_PARTS = 5


def needs_you(view: CampaignView, words: Words) -> Headline:
    """Say which parts may or may not have gone, and where a person can settle it."""
    lost = view.in_state(PartState.UNKNOWN)
    lines = [_name_lost(part, view, words) for part in lost[:MOST_PARTS]]
    if len(lost) > MOST_PARTS:
        more = len(lost) - MOST_PARTS
        lines.append(words.count(more, "and {n} part more", "and {n} parts more"))
    people = phrases.people(sum(part.people for part in lost), words)
    lines += [
        words.say(
            "{people} may or may not have it. It's never sent again by itself.", people=people
        ),
        words.say("Its thread has what is known of it, and the buttons to settle it."),
    ]
    if view.campaign.hold is not None:
        who = phrases.mention(view.campaign.hold.by)
        lines.append(words.say("{person} asked to hold it: nothing more leaves.", person=who))
    title = (
        words.say("⚠️ Needs you: it may or may not have gone")
        if len(view.parts) == 1
        else words.say("⚠️ Needs you: a part may or may not have gone")
    )
    return Headline(title, tuple(lines))


def _name_lost(part: Part, view: CampaignView, words: Words) -> str:
    why = say_lost(part, view, words)
    if len(view.parts) == 1:
        return phrases.opening(why)
    return words.say(
        "Part {part} of {parts}: {why}",
        part=words.number(part.position),
        parts=words.number(len(view.parts)),
        why=why,
    )


def say_lost(part: Part, view: CampaignView, words: Words) -> str:
    """Say what was seen of a request whose fate is unknown, and whose word is being checked."""
    said = say_reason(part.reason, words)
    if part.submitted_at is not None:
        time = words.second(part.submitted_at, view.campaign.zone)
        said = words.say("{why}; the request left at {time}", why=said, time=time)
    return " · ".join(filter(None, (said, say_claim(part, words))))


def say_left(view: CampaignView, words: Words) -> str:
    """Say who left parts as they are, and how many may have it; empty where nobody did."""
    left = [part for part in view.parts if is_left(part)]
    if not left:
        return ""
    names = sorted({phrases.person(part.settled_by) for part in left})
    who = phrases.listed(names, words, most=MOST_PARTS)
    people = phrases.people(sum(part.people for part in left), words)
    if len(view.parts) == 1:
        return words.say(
            "{people} may or may not have it: {who} left it as it was.", people=people, who=who
        )
    return words.count(
        len(left),
        "{people} may or may not have it: {who} left {n} part as it was.",
        "{people} may or may not have it: {who} left {n} parts as they were.",
        people=people,
        who=who,
    )


def say_reason(reason: str, words: Words) -> str:
    """Say why a part's fate is unknown."""
    if reason == "restarted":
        return words.say("Torpedo stopped while it was under way")
    if reason in {"", "error"}:
        return words.say("the platform's answer was lost")
    return words.say("the platform's answer was lost ({seen})", seen=code(reason, limit=80))


def not_sent(view: CampaignView, words: Words) -> Headline:
    """Say that nothing went as far as is known, and why: the platform's own words come last."""
    refused = view.in_state(PartState.REFUSED)
    why = _say_dropped(view, words)
    if refused:
        why.append(words.say("The platform refused it, in its own words:"))
    reasons = sorted({part.reason for part in refused})
    title = (
        words.say("Not sent, as far as is known")
        if any(map(is_left, view.parts))
        else words.say("Not sent")
    )
    return Headline(title, tuple(why), "\n".join(reasons[:MOST_PARTS]))


def _say_dropped(view: CampaignView, words: Words) -> list[str]:
    """Say why parts were given up before they left."""
    dropped = view.in_state(PartState.DROPPED)
    reasons = {part.reason for part in dropped if not is_left(part)}
    why = {
        "opted out": words.say("Everybody in it has asked not to be written to."),
        "other account": words.say("It was approved for another account of the platform."),
        "other door": words.say(
            "It was approved for another way to the platform, which the settings have closed since."
        ),
        "changed": words.say("What was about to go isn't what was approved, so it was stopped."),
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
