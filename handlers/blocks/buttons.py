"""The buttons under a card: only those that can do something now."""

from datetime import datetime

from bot.domain.approval import HOLDABLE
from bot.domain.campaign import TRANSITIONS, State
from bot.domain.standing import CampaignView, Standing
from handlers.blocks import actions, layout, phrases
from handlers.blocks.message import Block
from handlers.blocks.quiet_buttons import render_allow, render_put_off
from handlers.blocks.words import Words


def render_buttons(view: CampaignView, *, now: datetime, words: Words) -> list[Block]:
    """Make the row of buttons: the likeliest first, the way back last.

    An answer is written anew with a press on Answer, so it is neither edited nor put off.
    """
    campaign = view.campaign
    row: list[Block] = []
    is_answer = campaign.answer is not None
    if campaign.state is State.WAITING:
        why = view.why_quiet(now)
        allow = render_allow(view, why, words=words) if why and campaign.quiet else None
        row += [allow or _approve(view, words), _reject(view, words)]
        row += [] if is_answer else [_edit(view, words)]
        row += [] if is_answer or not view.ten_digits else [_ninth_digit(view, words)]
        row += [] if is_answer else [_test(view, words)]
        row += [render_put_off(view, now=now, words=words)] if why and not is_answer else []
    held_past_its_time = campaign.was_held_past_its_time(now)
    if campaign.hold is not None and not held_past_its_time:
        row.append(_release(view, words))
    elif (
        campaign.hold is None
        and campaign.state in HOLDABLE
        and view.standing(now) is not Standing.NOT_SENT
    ):
        row.append(_hold(view, words))
    if State.CANCELLED in TRANSITIONS[campaign.state]:
        row.append(_cancel(view, words))
    is_given_up = held_past_its_time and view.is_stopped
    if not is_answer and (campaign.state is State.EXPIRED or is_given_up):
        row.append(render_new_time(view, words))
    if campaign.state is State.SENT and is_given_up:
        row.append(_close(view, words))
    return layout.actions(row)


def render_new_time(view: CampaignView, words: Words) -> Block:
    """Offer the composer, filled with what expired."""
    return layout.button(
        words.say("Choose a new time"), action=actions.NEW_TIME, value=_value(view)
    )


def render_release_answers(view: CampaignView, words: Words) -> list[Block]:
    """Offer a yes and a no to a request to let a held campaign go."""
    yes = layout.button(
        words.say("Approve"),
        action=actions.RELEASE_YES,
        value=_value(view),
        style="primary",
        question=_release_question(view, words),
    )
    no = layout.button(words.say("Reject"), action=actions.RELEASE_NO, value=_value(view))
    return layout.actions([yes, no])


def _approve(view: CampaignView, words: Words) -> Block:
    ref = phrases.ref(view.campaign)
    question = layout.confirm(
        title=words.say("Approve {campaign}?", campaign=ref),
        text=_approve_question(view, words),
        yes=words.say("Approve"),
        no=words.say("Not yet"),
    )
    return layout.button(
        words.say("Approve"),
        action=actions.APPROVE,
        value=_value(view),
        style="primary",
        question=question,
    )


def _approve_question(view: CampaignView, words: Words) -> str:
    people = phrases.people(view.counts.people, words)
    missing = view.approvals_needed - len(view.campaign.approvals)
    if missing > 1:
        return words.say(
            "Send to {people}, {when}? It takes {needed} approvals, and yours is number {mine}.",
            people=people,
            when=phrases.plain_send_time(view, words),
            needed=words.number(view.approvals_needed),
            mine=words.number(len(view.campaign.approvals) + 1),
        )
    if view.campaign.send_at is None:
        return words.say(
            "Send to {people} now? It can't be called back from phones that already have it.",
            people=people,
        )
    return words.say(
        "Send to {people} at {when}? Until then it can be held.",
        people=people,
        when=phrases.plain_send_time(view, words),
    )


def _reject(view: CampaignView, words: Words) -> Block:
    return layout.button(
        words.say("Reject"), action=actions.REJECT, value=_value(view), style="danger"
    )


def _edit(view: CampaignView, words: Words) -> Block:
    return layout.button(words.say("Edit"), action=actions.EDIT, value=_value(view))


def _test(view: CampaignView, words: Words) -> Block:
    """Make the button that sends the text to whoever presses, on their own phone."""
    return layout.button(words.say("Send me a test"), action=actions.TEST, value=_value(view))


def _ninth_digit(view: CampaignView, words: Words) -> Block:
    """Make the button that mends old numbers; it asks nothing, for whoever approves sees it."""
    return layout.button(
        words.say("Add the ninth digit"), action=actions.NINTH_DIGIT, value=_value(view)
    )


def _close(view: CampaignView, words: Words) -> Block:
    """Make an end to what was held past its time, which nobody can let go any more."""
    ref = phrases.ref(view.campaign)
    question = layout.confirm(
        title=words.say("Close {campaign}?", campaign=ref),
        text=words.say(
            "Its time passed while it was held, so what is held never goes. Answers of those who"
            " have it still come in."
        ),
        yes=words.say("Close it"),
        no=words.say("Not yet"),
    )
    return layout.button(
        words.say("Close it"), action=actions.CLOSE, value=_value(view), question=question
    )


def _cancel(view: CampaignView, words: Words) -> Block:
    ref = phrases.ref(view.campaign)
    question = layout.confirm(
        title=words.say("Cancel {campaign}?", campaign=ref),
        text=words.say("Nothing is sent, and it can't be taken up again."),
        yes=words.say("Cancel it"),
        no=words.say("Keep it"),
        style="danger",
    )
    return layout.button(
        words.say("Cancel"), action=actions.CANCEL, value=_value(view), question=question
    )


def _hold(view: CampaignView, words: Words) -> Block:
    """Make the brake, which asks nothing: stopping must be easier than sending."""
    return layout.button(words.say("Hold"), action=actions.HOLD, value=_value(view), style="danger")


def _release(view: CampaignView, words: Words) -> Block:
    return layout.button(
        words.say("Release"),
        action=actions.RELEASE,
        value=_value(view),
        question=_release_question(view, words),
    )


def _release_question(view: CampaignView, words: Words) -> Block:
    return layout.confirm(
        title=words.say("Release {campaign}?", campaign=phrases.ref(view.campaign)),
        text=words.say(
            "It goes on to {people}, except to those who have it already. It can't be called back"
            " from phones that have it.",
            people=phrases.people(view.counts.people, words),
        ),
        yes=words.say("Release"),
        no=words.say("Not yet"),
    )


def _value(view: CampaignView) -> str:
    return actions.press_for(view.campaign).encode()
