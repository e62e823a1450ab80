"""The card: the message in the channel that shows a campaign, drawn anew as it changes.

It is not redrawn every second, so whatever grows old on it is told with the time it was known.
"""

from datetime import datetime

from bot.domain.campaign import State
from bot.domain.digest import short
from bot.domain.standing import CampaignView, Standing
from handlers.blocks import layout, phrases
from handlers.blocks.answer_card import render_answer
from handlers.blocks.buttons import render_buttons
from handlers.blocks.campaign_text import render_text, say_segments
from handlers.blocks.change_lines import render_changes
from handlers.blocks.escaping import quote
from handlers.blocks.headlines import render_headline
from handlers.blocks.message import Block, Message
from handlers.blocks.ninth_digit import say_ten_digits
from handlers.blocks.progress import has_left, render_outcome, render_progress
from handlers.blocks.quiet_lines import render_quiet, say_allowed
from handlers.blocks.repeat_lines import say_repeats
from handlers.blocks.trial_card import render_trial
from handlers.blocks.words import Words

TEXT_LIMIT = 5000
"""Letters of the text on the card: a message's text together stays under about 13,000."""
MOST_GATEWAY_IDS = 20


def render_card(view: CampaignView, *, now: datetime, words: Words) -> Message:
    """Draw a campaign: where it stands, its text, who and when, and what can be done.

    An answer or a test is drawn as the short message that it is.
    """
    if view.campaign.trial is not None:
        return render_trial(view, view.campaign.trial, now=now, words=words)
    if view.answered is not None:
        return render_answer(view, view.answered, now=now, words=words)
    headline = render_headline(view, now=now, words=words)
    blocks = [
        layout.header(f"#{view.campaign.id} · {view.campaign.name}"),
        layout.section(f"*{headline.title}*", *headline.lines),
    ]
    if headline.quoted:
        blocks.append(quote(headline.quoted, limit=1000))
    if has_left(view) and view.standing(now) is not Standing.SCHEDULED:
        blocks.append(_render_progress(view, now, words))
    if view.campaign.state is State.WAITING:
        blocks += render_changes(view, words)
    blocks += render_quiet(view, now=now, words=words)
    blocks += render_facts(view, words, now=now)
    blocks += render_buttons(view, now=now, words=words)
    return Message(f"{phrases.title(view.campaign)}: {headline.title}", blocks)


def render_facts(view: CampaignView, words: Words, *, now: datetime) -> list[Block]:
    """Draw what was asked for and decided: the part of a card that stays the same."""
    campaign = view.campaign
    return [
        *render_text(campaign.text, campaign.filled, words, limit=TEXT_LIMIT),
        layout.fields(_say_who(view, words), _say_when(view, words), _say_price(view, words)),
        *_render_left_out(view, words),
        *_render_ten_digits(view, words),
        *_render_deafness(view, words),
        *_render_repeats(view, now, words),
        layout.context(
            _say_origin(view, words), _say_approvals(view, words), _say_ids(view, words)
        ),
    ]


def _render_progress(view: CampaignView, now: datetime, words: Words) -> Block:
    is_done = view.standing(now) is Standing.DONE
    outcome = render_outcome(view, words) if is_done else ""
    return layout.section(render_progress(view, words, is_over=is_done), outcome)


def _say_who(view: CampaignView, words: Words) -> str:
    return _field(words.say("Who"), phrases.people(view.counts.people, words))


def _say_when(view: CampaignView, words: Words) -> str:
    return _field(words.say("When"), phrases.send_time(view, words))


def _field(name: str, fact: str) -> str:
    return f"*{name}*\n{fact}"


def _say_price(view: CampaignView, words: Words) -> str:
    """Say what it takes, and until it is sent, of how much by whose word and when."""
    heading, zone = words.say("Price"), view.campaign.zone
    if view.campaign.state in {State.WAITING, State.APPROVED}:
        price = phrases.price(
            view.price,
            view.balance,
            zone=zone,
            words=words,
            elsewhere=view.elsewhere,
            send_at=view.campaign.send_at,
        )
    else:
        price = phrases.credit(view.price, words)
    each = say_segments(view.segments, words)
    return _field(heading, f"{price}\n{each}" if each else price)


def _render_left_out(view: CampaignView, words: Words) -> list[Block]:
    opted_out = phrases.opted_out(view)
    reasons = phrases.left_out(view.left_out, words, opted_out=opted_out)
    if not reasons:
        return []
    total = words.number(sum(view.left_out.values()) + opted_out)
    said = words.say("{n} left out: {reasons}", n=total, reasons=reasons)
    return [layout.context(said, phrases.examples(view.left_out_examples, words))]


def _render_ten_digits(view: CampaignView, words: Words) -> list[Block]:
    said = say_ten_digits(view.ten_digits, words)
    return [layout.context(said)] if said else []


def _render_deafness(view: CampaignView, words: Words) -> list[Block]:
    """Say it where nothing comes back of what people answer, before anybody counts on it."""
    if view.hears:
        return []
    said = words.say(
        "What people answer won't come back here: this way to the platform has no call-backs."
    )
    return [layout.context(said)]


def _render_repeats(view: CampaignView, now: datetime, words: Words) -> list[Block]:
    """Say who did nearly the same: no customer takes two texts for an oversight."""
    lines = say_repeats(view.repeats, now=now, zone=view.campaign.zone, words=words)
    return [layout.section(*lines)] if lines else []


def _say_origin(view: CampaignView, words: Words) -> str:
    campaign = view.campaign
    return words.say(
        "asked by {person} · {time} · version {version} · seal {seal}",
        person=phrases.mention(campaign.requester),
        time=words.moment(campaign.created_at, campaign.zone),
        version=words.number(campaign.version),
        seal=short(campaign.digest),
    )


def _say_approvals(view: CampaignView, words: Words) -> str:
    campaign = view.campaign
    said = []
    if campaign.approvals:
        people = [
            f"{phrases.mention(one.by)} {words.moment(one.at, campaign.zone)}"
            for one in campaign.approvals
        ]
        said.append(words.say("approved by {people}", people=phrases.listed(people, words)))
        said += filter(None, [say_allowed(view, words)])
    if view.approvals_needed > 1:
        said.append(
            words.say(
                "{given} of {needed} approvals",
                given=words.number(len(campaign.approvals)),
                needed=words.number(view.approvals_needed),
            )
        )
    return " · ".join(said)


def _say_ids(view: CampaignView, words: Words) -> str:
    ids = [str(part.gateway_id) for part in view.parts if part.gateway_id is not None]
    if not ids:
        return ""
    shown = phrases.listed(ids, words, most=MOST_GATEWAY_IDS)
    return words.count(
        len(ids),
        "{n} campaign at the platform: {numbers}",
        "{n} campaigns at the platform: {numbers}",
        numbers=shown,
    )
