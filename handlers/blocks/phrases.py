"""Facts of a campaign in words, as cards, threads and answers share them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.domain.campaign import Campaign
from bot.domain.credit import Balance
from bot.domain.ids import UserId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.receipts import Status
from bot.domain.standing import CampaignView
from bot.domain.texts import Encoding, Measure, cheaper_spelling, measure
from handlers.blocks.escaping import code, label
from handlers.blocks.words import Words, read_zone

MOST_NAMED = 10
MOST_LETTERS = 8
MOST_EXAMPLES = 5


def ref(campaign: Campaign) -> str:
    """Name a campaign the way people do."""
    return f"#{campaign.id}"


def title(campaign: Campaign) -> str:
    """Name a campaign by its number and its name, within a mrkdwn line.

    Of an answer or a test it also says in which campaign's thread it is.
    """
    number = ref(campaign) if campaign.is_listed else f"#{campaign.id} ↩ #{campaign.home}"
    return f"{number} · {label(campaign.name)}"


def mention(user: str) -> str:
    """Name a person, who is pinged where others see it."""
    return f"<@{user}>"


def person(user: UserId | None) -> str:
    """Name a person, or the program where nobody decided."""
    return "Torpedo" if user is None else mention(user)


def mentions(users: Sequence[UserId], words: Words) -> str:
    """Name several people, the first few of very many."""
    return listed([mention(user) for user in users], words)


def listed(items: Sequence[str], words: Words, *, most: int = MOST_NAMED) -> str:
    """Join what is said already with commas; of very many the first few, and how many more."""
    shown = ", ".join(items[:most])
    rest = len(items) - most
    if rest <= 0:
        return shown
    return words.say("{some} and {more} more", some=shown, more=words.number(rest))


def people(n: int, words: Words) -> str:
    """Say how many people."""
    return words.count(n, "{n} person", "{n} people")


def parts(n: int, words: Words) -> str:
    """Say how many parts."""
    return words.count(n, "{n} part", "{n} parts")


def which(part: int, parts: int, campaign: str, words: Words) -> str:
    """Name a part within a sentence: by the campaign alone where that has no other part.

    Most campaigns have one part only, and whoever asked for one thing looks for no first of it.
    """
    if parts == 1:
        return campaign
    return words.say(
        "part {part} of {parts} of {campaign}",
        part=words.number(part),
        parts=words.number(parts),
        campaign=campaign,
    )


def opening(said: str) -> str:
    """Begin a line with what is said within one elsewhere."""
    return said[:1].upper() + said[1:]


def credit(n: int, words: Words) -> str:
    """Say how many credits."""
    return words.count(n, "{n} credit", "{n} credits")


def fault(why: Fault, words: Words) -> str:
    """Say why something written is not a recipient, as it stands behind an example."""
    return {
        Fault.DUPLICATE: words.say("there twice"),
        Fault.NOT_A_MOBILE: words.say("not a mobile"),
        Fault.NO_SUCH_DDD: words.say("no such DDD"),
        Fault.TOO_SHORT: words.say("too short"),
        Fault.TOO_LONG: words.say("too long"),
        Fault.NOT_A_NUMBER: words.say("not a phone number"),
        Fault.COUNTRY: words.say("not in Brazil"),
        Fault.BLANK: words.say("no number there"),
        Fault.OPTED_OUT: words.say("opted out"),
    }[why]


def _faults(why: Fault, n: int, words: Words) -> str:
    return {
        Fault.DUPLICATE: words.count(n, "{n} there twice", "{n} there twice"),
        Fault.NOT_A_MOBILE: words.count(n, "{n} not a mobile", "{n} not mobiles"),
        Fault.NO_SUCH_DDD: words.count(
            n, "{n} with a DDD that doesn't exist", "{n} with a DDD that doesn't exist"
        ),
        Fault.TOO_SHORT: words.count(n, "{n} too short", "{n} too short"),
        Fault.TOO_LONG: words.count(n, "{n} too long", "{n} too long"),
        Fault.NOT_A_NUMBER: words.count(n, "{n} not a number", "{n} not numbers"),
        Fault.COUNTRY: words.count(n, "{n} not in Brazil", "{n} not in Brazil"),
        Fault.BLANK: words.count(n, "{n} without a number", "{n} without a number"),
        Fault.OPTED_OUT: words.count(n, "{n} opted out", "{n} opted out"),
    }[why]


def left_out(counts: Mapping[Fault, int], words: Words, *, opted_out: int = 0) -> str:
    """Say who was left out by reason, most first; empty when nobody was.

    ``opted_out`` are those who asked for no more since it was written.
    """
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    found = dict(ranked)
    found[Fault.OPTED_OUT] = found.get(Fault.OPTED_OUT, 0) + opted_out
    return ", ".join(_faults(why, n, words) for why, n in found.items() if n)


def examples(found: Sequence[LeftOut], words: Words) -> str:
    """Name a few of those left out, each with its line."""
    return " · ".join(
        words.say(
            "line {line} {written} {why}",
            line=words.number(one.line),
            written=code(one.raw, limit=40),
            why=fault(one.fault, words),
        )
        for one in found[:MOST_EXAMPLES]
    )


def opted_out(view: CampaignView) -> int:
    """Count who was left out at the moment of sending."""
    return view.counts.of(Status.SUPPRESSED)


def send_time(view: CampaignView, words: Words) -> str:
    """Say when it goes: in each reader's zone, with the platform's beside it where that differs."""
    campaign = view.campaign
    return departure(
        campaign.send_at, zone=campaign.zone, platform_zone=view.platform_zone, words=words
    )


def departure(send_at: datetime | None, *, zone: str, platform_zone: str, words: Words) -> str:
    """Say when something goes, as ``send_time`` does; ``zone`` is the writer's."""
    if send_at is None:
        return words.say("as soon as approved")
    when = words.moment(send_at, zone)
    platform, writer = read_zone(platform_zone), read_zone(zone)
    if send_at.astimezone(platform).utcoffset() == send_at.astimezone(writer).utcoffset():
        return when
    there = words.in_zone(send_at, platform_zone)
    return words.say("{time}, for the platform {there}", time=when, there=there)


def price(
    n: int,
    balance: Balance | None,
    *,
    zone: str,
    words: Words,
    elsewhere: int = 0,
    send_at: datetime | None = None,
) -> str:
    """Say what something takes, of how much by whose word and when, and whether that will do.

    ``elsewhere`` are the credits that other approved campaigns take of it first.
    """
    taken = credit(n, words)
    if balance is None:
        return f"{taken}\n{words.say('(credit left: not known yet)')}"
    known = words.say(
        "of {credits} (known {time})",
        credits=words.number(balance.credits),
        time=words.moment(balance.at, zone),
    )
    lines = [f"{taken} {known}"]
    short_of = n + elsewhere - balance.credits
    if short_of > 0:
        lines.append(_say_shortage(short_of, send_at, zone, words))
    if elsewhere:
        others = words.number(elsewhere)
        lines.append(words.say("Other campaigns take {credits} of it first.", credits=others))
    return "\n".join(lines)


def _say_shortage(n: Decimal, send_at: datetime | None, zone: str, words: Words) -> str:
    missing = words.number(n)
    if send_at is None:
        return words.say("⚠️ not enough: {missing} missing", missing=missing)
    return words.say(
        "⚠️ {time} will be {missing} credits short",
        time=words.moment(send_at, zone),
        missing=missing,
    )


def plain_send_time(view: CampaignView, words: Words) -> str:
    """Say when it goes where Slack's date tokens don't work: in the requester's zone."""
    campaign = view.campaign
    if campaign.send_at is None:
        return words.say("as soon as approved")
    return words.in_zone(campaign.send_at, campaign.zone)


def size(text: str, words: Words) -> str:
    """Say what a text takes, and what letters beyond the phones' alphabet cost."""
    found = measure(text)
    taken = words.say(
        "{units} of {room} characters · {segments}",
        units=words.number(found.units),
        room=words.number(found.room),
        segments=words.count(found.segments, "{n} segment", "{n} segments"),
    )
    if found.encoding is Encoding.GSM7:
        return taken
    return f"{taken}\n{_surcharge(text, found, words)}"


def _surcharge(text: str, found: Measure, words: Words) -> str:
    letters = code(" ".join(found.forcing[:MOST_LETTERS]), limit=40)
    plain = cheaper_spelling(text)
    if plain is not None:
        return words.say(
            "Outside the phones' short alphabet: {letters}. So a segment holds 70 letters and not"
            " 160; without accents it would take {fewer} instead of {segments}.",
            letters=letters,
            fewer=words.count(plain.segments, "{n} segment", "{n} segments"),
            segments=words.number(found.segments),
        )
    return words.say(
        "Outside the phones' short alphabet: {letters}. So a segment holds 70 letters and not 160.",
        letters=letters,
    )
