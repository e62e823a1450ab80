"""How far a campaign has got: the bar, the counts, and what it came to."""

from datetime import timedelta

from bot.domain.parts import PartState
from bot.domain.standing import CampaignView, Counts
from handlers.blocks import phrases
from handlers.blocks.words import Words

CELLS = 16
ALMOST = 99


def share(counts: Counts) -> int:
    """Percent that have it on their phone: 100 only when everybody has."""
    if counts.delivered >= counts.people:
        return 100 if counts.people else 0
    return min(ALMOST, round(100 * counts.delivered / counts.people))


def bar(percent: int) -> str:
    """Draw a share of 100."""
    full = percent * CELLS // 100
    return "▓" * full + "░" * (CELLS - full)


def render_counts(view: CampaignView, words: Words, *, is_over: bool = False) -> str:
    """Say how many have which status; what is still out when it's over has no answer."""
    counts = view.counts
    said = [
        words.count(counts.delivered, "{n} delivered", "{n} delivered"),
        words.count(counts.failed, "{n} failed", "{n} failed"),
    ]
    if not is_over:
        said.append(words.count(counts.waiting, "{n} waiting", "{n} waiting"))
    elif counts.waiting:
        said.append(words.count(counts.waiting, "{n} without an answer", "{n} without an answer"))
    return " · ".join(said)


def render_progress(view: CampaignView, words: Words, *, is_over: bool = False) -> str:
    """Draw the bar with its counts, and until when they are known."""
    percent = share(view.counts)
    counts = render_counts(view, words, is_over=is_over)
    drawn = f"{bar(percent)} {words.say('{percent}%', percent=percent)}   {counts}"
    if view.counted_at is None or is_over:
        return drawn
    known = words.say("as of {time}", time=words.moment(view.counted_at, view.campaign.zone))
    return f"{drawn}   {known}"


def has_left(view: CampaignView) -> bool:
    """Whether any of it may be on phones."""
    return bool(view.in_state(PartState.ACCEPTED))


def render_outcome(view: CampaignView, words: Words, *, is_over: bool = True) -> str:
    """Say what a campaign came to: replies, opt-outs and, once it's over, credits and how long."""
    accepted = view.in_state(PartState.ACCEPTED)
    used = view.credits_of(accepted)
    said = [
        words.count(view.replies, "{n} reply", "{n} replies"),
        words.count(view.opt_outs, "{n} opt-out", "{n} opt-outs"),
    ]
    if is_over:
        said.append(words.say("{credits} used", credits=phrases.credit(used, words)))
    took = _duration(view)
    if took is not None and took >= timedelta(seconds=1):
        said.insert(0, words.say("took {time}", time=words.lasting(took)))
    return " · ".join(said)


def _duration(view: CampaignView) -> timedelta | None:
    campaign = view.campaign
    start = campaign.send_at or campaign.launched_at
    if start is None or campaign.finished_at is None or campaign.finished_at < start:
        return None
    return campaign.finished_at - start
