"""Answers to people who ask: from what is known now, each with the age of what it tells.

They are private and told once, so an age in seconds stays true, as it would not on a card.
"""

from datetime import datetime

from bot.domain.credit import BalanceTrouble, Shortage
from bot.domain.standing import BalanceView, CampaignView, Overview
from handlers.blocks import layout, phrases
from handlers.blocks.card import render_facts
from handlers.blocks.escaping import code, quote
from handlers.blocks.figures import say_figures
from handlers.blocks.guide import render_help
from handlers.blocks.headlines import render_headline
from handlers.blocks.message import Block, Message
from handlers.blocks.part_lines import render_parts
from handlers.blocks.progress import has_left, render_counts, render_outcome, render_progress
from handlers.blocks.trial_card import render_trial
from handlers.blocks.words import Words

MOST_CAMPAIGNS = 20
MOST_REASON = 200
"""Characters: as many as the way to the platform keeps of its words."""

__all__ = [
    "render_balance",
    "render_help",
    "render_overview",
    "render_status",
]


def render_overview(overview: Overview, *, now: datetime, words: Words) -> Message:
    """List a channel's running campaigns; where none runs, the latest and how to begin."""
    running = overview.running
    if running:
        said = words.count(
            len(running),
            "{n} campaign runs in this channel. `/sms-status 42` tells one in full.",
            "{n} campaigns run in this channel. `/sms-status 42` tells one in full.",
        )
    else:
        said = words.say("No campaign runs in this channel. Begin one with `/sms-send`.")
    shown = running[:MOST_CAMPAIGNS] if running else tuple(filter(None, [overview.latest]))
    blocks = [layout.section(said)]
    blocks += [layout.section(*_lines(view, now, words)) for view in shown]
    more = len(running) - MOST_CAMPAIGNS
    if more > 0:
        blocks.append(
            layout.context(words.count(more, "and {n} campaign more", "and {n} campaigns more"))
        )
    if overview.not_understood:
        blocks.append(layout.context(_say_not_understood(overview.not_understood, words)))
    return Message(said, blocks)


def render_status(view: CampaignView, *, now: datetime, words: Words) -> Message:
    """Tell one campaign in full, part by part; a test is told whole by its own message."""
    if view.campaign.trial is not None:
        return render_trial(view, view.campaign.trial, now=now, words=words)
    headline = render_headline(view, now=now, words=words)
    name = phrases.title(view.campaign)
    blocks = [layout.section(f"*{name}*", f"*{headline.title}*", *headline.lines)]
    if headline.quoted:
        blocks.append(quote(headline.quoted, limit=1000))
    if has_left(view):
        is_over = view.campaign.finished_at is not None
        blocks.append(
            layout.section(
                render_progress(view, words, is_over=is_over),
                render_outcome(view, words, is_over=is_over),
            )
        )
    if view.figures is not None:
        blocks.append(layout.context(say_figures(view.figures, words)))
    blocks += render_facts(view, words, now=now)
    if view.parts:
        blocks.append(layout.section(render_parts(view, words)))
    return Message(f"{name}: {headline.title}", [*blocks, *_render_ages(view, now, words)])


def render_balance(view: BalanceView, *, now: datetime, words: Words) -> Message:
    """Tell the credit left, its age, why it isn't told now, and what is promised of it."""
    promised = words.say(
        "Waiting for approval: {waiting}. Approved and not yet sent: {approved}.",
        waiting=phrases.credit(view.waiting, words),
        approved=phrases.credit(view.approved, words),
    )
    known = _say_credit(view, now, words)
    trouble = _say_trouble(view.trouble, now, words)
    free, short = _say_free(view, words), _say_shortage(view.shortage, words)
    lines = [*filter(None, [known, trouble, _say_gone(view, words), promised, free, short])]
    return Message(" ".join(lines), [layout.section(*lines)])


def _lines(view: CampaignView, now: datetime, words: Words) -> list[str]:
    """Tell a campaign of several in two or three lines."""
    headline = render_headline(view, now=now, words=words)
    facts = [
        phrases.people(view.counts.people, words),
        phrases.send_time(view, words),
        words.say("asked by {person}", person=phrases.mention(view.campaign.requester)),
    ]
    lines = [f"*{phrases.title(view.campaign)}* · {headline.title}", " · ".join(facts)]
    if has_left(view):
        counts = render_counts(view, words, is_over=view.campaign.finished_at is not None)
        lines.append(" · ".join(filter(None, [counts, _say_age(view, now, words)])))
    return lines


def _say_age(view: CampaignView, now: datetime, words: Words) -> str:
    if view.counted_at is None:
        return ""
    return words.say("as known {age}", age=words.age(view.counted_at, now))


def _render_ages(view: CampaignView, now: datetime, words: Words) -> list[Block]:
    ages = [_say_age(view, now, words)]
    if view.balance is not None:
        ages.append(
            words.say("credit as known {age}", age=words.age(view.balance.at, now)),
        )
    return [layout.context(*ages)] if any(ages) else []


def _say_credit(view: BalanceView, now: datetime, words: Words) -> str:
    if view.balance is not None:
        return words.say(
            "*{credits} credits* left, as the platform said {age}.",
            credits=words.number(view.balance.credits),
            age=words.age(view.balance.at, now),
        )
    if view.trouble is not None:
        return ""
    return words.say("The platform hasn't told the credit left yet. Ask again in a minute.")


def _say_trouble(trouble: BalanceTrouble | None, now: datetime, words: Words) -> str:
    if trouble is None:
        return ""
    if not trouble.reason:
        return words.say(
            "⚠️ The platform gave no clear answer when I asked for the credit {age}. I keep asking;"
            " if it stays so, whoever runs Torpedo should run `torpedo check`.",
            age=words.age(trouble.at, now),
        )
    return words.say(
        "⚠️ The platform refused to tell the credit {age}: {reason}. Whoever runs Torpedo should"
        " run `torpedo check`, and if it names the login look at `GATEWAY_LOGIN` and"
        " `GATEWAY_PASSWORD`.",
        age=words.age(trouble.at, now),
        reason=code(trouble.reason, limit=MOST_REASON),
    )


def _say_free(view: BalanceView, words: Words) -> str:
    if view.free is None:
        return ""
    if view.free >= 0:
        return words.say("That leaves {credits}.", credits=words.number(view.free))
    return words.say(
        "⚠️ That is {credits} more than there is: top up before they go.",
        credits=words.number(-view.free),
    )


def _say_gone(view: BalanceView, words: Words) -> str:
    if not view.gone:
        return ""
    return words.say("Sent since then: {gone}.", gone=phrases.credit(view.gone, words))


def _say_shortage(shortage: Shortage | None, words: Words) -> str:
    """Name the first campaign that the credit won't do for: that is by when to top up."""
    if shortage is None:
        return ""
    facts = {
        "campaign": f"#{shortage.campaign}",
        "missing": words.number(shortage.missing),
    }
    if shortage.send_at is None:
        return words.say("The first to be short is {campaign}: {missing} missing.", **facts)
    return words.say(
        "The first to be short is {campaign}, {time}: {missing} missing.",
        time=words.moment(shortage.send_at),
        **facts,
    )


def _say_not_understood(n: int, words: Words) -> str:
    return words.count(
        n,
        "{n} call-back not understood."
        " It's kept: `torpedo inbox` shows it to whoever runs Torpedo.",
        "{n} call-backs not understood."
        " They're kept: `torpedo inbox` shows them to whoever runs Torpedo.",
    )
