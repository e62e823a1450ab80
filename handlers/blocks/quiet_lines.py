"""What a card says of quiet time: that it is, why, who asked for it, and who allowed it."""

from datetime import datetime

from bot.domain.campaign import State
from bot.domain.quiet import Quiet
from bot.domain.standing import CampaignView
from handlers.blocks import layout, phrases
from handlers.blocks.message import Block
from handlers.blocks.words import Words


def say_why(why: Quiet, words: Words) -> str:
    """Say why a moment is quiet: the hours by the platform's clock, the Sunday, the holiday."""
    said = [why.holiday, words.say("Sunday") if why.is_sunday else ""]
    if why.hours is not None:
        start, end = f"{why.hours.start:%H:%M}", f"{why.hours.end:%H:%M}"
        said.append(words.say("{start} to {end}", start=start, end=end))
    return ", ".join(filter(None, said))


def render_quiet(view: CampaignView, *, now: datetime, words: Words) -> list[Block]:
    """Say of a campaign that waits that its time is quiet, by the clock where the phones are."""
    campaign = view.campaign
    if campaign.state is not State.WAITING:
        return []
    if why := view.why_quiet(now):
        title = words.say(
            "🌙 *Quiet time* ({why}): {time}.",
            time=words.in_zone(campaign.send_at or now, view.platform_zone),
            why=say_why(why, words),
        )
        return [layout.section(title, _say_todo(view, now, words))]
    if campaign.quiet:
        said = words.say(
            "🌙 It may go in quiet time, too, if an approver presses then and allows it."
        )
        return [layout.context(said)]
    return []


def say_allowed(view: CampaignView, words: Words) -> str:
    """Name whoever allowed it to go in quiet time; empty where nobody had to."""
    people = [one.by for one in view.campaign.approvals if one.allows_quiet]
    if not people:
        return ""
    return words.say("allowed in quiet hours by {people}", people=phrases.mentions(people, words))


def _say_todo(view: CampaignView, now: datetime, words: Words) -> str:
    campaign = view.campaign
    person = phrases.mention(campaign.requester)
    if campaign.quiet:
        return words.say(
            "{person} asks to send it all the same, which an approver has to allow.", person=person
        )
    opens = words.in_zone(view.opens(now))
    if campaign.answer is not None:
        return words.say("It can be approved from {time} on.", time=opens)
    if campaign.send_at is None:
        return words.say(
            "It can be approved from {time} on, or {person} asks for quiet time with Edit.",
            time=opens,
            person=person,
        )
    return words.say(
        "{person} can move it to {time}, or ask for quiet time with Edit.",
        time=opens,
        person=person,
    )
