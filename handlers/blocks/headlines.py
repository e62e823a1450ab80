"""A headline for every standing: what a card says first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.standing import CampaignView, Standing
from handlers.blocks import brake_headlines, phrases, trouble_headlines
from handlers.blocks.headline import Headline
from handlers.blocks.words import Words


def render_headline(view: CampaignView, *, now: datetime, words: Words) -> Headline:
    """Say where a campaign stands, and what of it somebody left without knowing."""
    standing = view.standing(now)
    headline = (
        _scheduled(view, now, words)
        if standing is Standing.SCHEDULED
        else _HEADLINES[standing](view, words)
    )
    left = trouble_headlines.say_left(view, words)
    return replace(headline, lines=(*headline.lines, left)) if left else headline


def _waiting(view: CampaignView, words: Words) -> Headline:
    campaign = view.campaign
    until = words.say(
        "It can be approved until {time}.", time=words.moment(campaign.expires_at, campaign.zone)
    )
    return Headline(words.say("⏳ Waiting for approval"), (until,))


def _rejected(view: CampaignView, words: Words) -> Headline:
    return Headline(
        words.say("Rejected"),
        (_closed_by(view, words), words.say("Nothing was sent.")),
        view.campaign.close_reason,
    )


def _cancelled(view: CampaignView, words: Words) -> Headline:
    if view.campaign.close_reason == NewsKind.CHANGED:
        why = words.say(
            "What was about to go isn't what was approved, so it was stopped and nothing was sent."
            " Please write it anew."
        )
        return Headline(words.say("Stopped: not what was approved"), (why,))
    if view.campaign.close_reason == NewsKind.NOBODY_LEFT:
        why = words.say(
            "Everybody on the list has asked not to be written to, so nothing was sent."
        )
        return Headline(words.say("Not sent: everybody opted out"), (why,))
    return Headline(
        words.say("Cancelled"), (_closed_by(view, words), words.say("Nothing was sent."))
    )


def _expired(view: CampaignView, words: Words) -> Headline:
    why = f"{_say_unapproved(view, words)} {words.say('Nothing was sent.')}"
    todo = words.say(
        "{requester} can choose a new time: text and numbers are kept.",
        requester=phrases.mention(view.campaign.requester),
    )
    return Headline(words.say("Expired"), (why, todo))


def _say_unapproved(view: CampaignView, words: Words) -> str:
    """Say what it lacked when its time ended: its chosen time, or the time to approve it."""
    campaign, given = view.campaign, len(view.campaign.approvals)
    if given >= view.approvals_needed:
        return words.say("It was approved, but its time came before it could go.")
    if given:
        return words.say(
            "It had {given} of {needed} approvals when its time ended.",
            given=words.number(given),
            needed=words.number(view.approvals_needed),
        )
    if campaign.send_at is not None and campaign.expires_at >= campaign.send_at:
        return words.say(
            "Its time, {time}, has passed and nobody had approved it.",
            time=words.moment(campaign.send_at, campaign.zone),
        )
    return words.say("Nobody approved it in time.")


def _needs_you(view: CampaignView, words: Words) -> Headline:
    """Say what needs a person; where the brake is pulled, what it has reached besides."""
    headline = trouble_headlines.needs_you(view, words)
    if view.campaign.hold is None:
        return headline
    return replace(headline, lines=(*headline.lines, brake_headlines.say_parts(view, words)))


def _approved(_: CampaignView, words: Words) -> Headline:
    return Headline(words.say("✅ Approved"), (words.say("It goes to the platform in a moment."),))


def _sending(view: CampaignView, words: Words) -> Headline:
    there = words.say(
        "{done} of {parts} at the platform",
        done=words.number(len(view.in_state(PartState.ACCEPTED))),
        parts=phrases.parts(len(view.parts), words),
    )
    return Headline(words.say("📤 Sending"), (there, trouble_headlines.say_away(view, words)))


def _scheduled(view: CampaignView, now: datetime, words: Words) -> Headline:
    """Say the time, and how far off it is from a moment that stays true on an old card."""
    send_at = view.campaign.send_at or now
    far = words.say(
        "{span} away, counted from {now}",
        span=words.lasting(send_at - now),
        now=words.moment(now, view.campaign.zone),
    )
    there = words.say("The platform has it and sends it then.")
    when = words.moment(send_at, view.campaign.zone)
    return Headline(words.say("📅 Scheduled for {time}", time=when), (far, there))


def _delivering(_: CampaignView, words: Words) -> Headline:
    return Headline(words.say("📤 Being delivered"))


def _done(_: CampaignView, words: Words) -> Headline:
    return Headline(words.say("✅ Done"))


def _closed_by(view: CampaignView, words: Words) -> str:
    campaign = view.campaign
    if campaign.closed_by is None or campaign.closed_at is None:
        return ""
    return words.say(
        "by {person} {time}",
        person=phrases.mention(campaign.closed_by),
        time=words.moment(campaign.closed_at, campaign.zone),
    )


_HEADLINES: dict[Standing, Callable[[CampaignView, Words], Headline]] = {
    Standing.WAITING: _waiting,
    Standing.REJECTED: _rejected,
    Standing.CANCELLED: _cancelled,
    Standing.EXPIRED: _expired,
    Standing.NEEDS_YOU: _needs_you,
    Standing.HOLDING: brake_headlines.holding,
    Standing.ON_HOLD: brake_headlines.on_hold,
    Standing.RELEASING: brake_headlines.releasing,
    Standing.APPROVED: _approved,
    Standing.SENDING: _sending,
    Standing.DELIVERING: _delivering,
    Standing.DONE: _done,
    Standing.NOT_SENT: trouble_headlines.not_sent,
}
