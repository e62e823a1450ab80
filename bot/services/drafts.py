"""Drafts: what a person asks for, what became of it, and the form that it was written in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, ChannelId, OfferId, UserId
from bot.domain.numbers import Recipients
from bot.domain.repeats import Repeat
from bot.domain.unfinished import Form
from bot.ports import Transaction

NAME_LENGTH = 40


class ListSource(StrEnum):
    """Where a draft's list comes from; only typed ones have no columns."""

    TYPED = "typed"
    FILE = "file"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person asks for, as typed; Slack's escapes are undone already.

    ``numbers`` is free text with a phone number in each comma, semicolon or line; ``listed`` is
    a list that was read from a file already, and goes before it; ``send_at`` is aware, ``None``
    for as soon as approved; ``zone`` is the writer's; ``form`` is the form it was written in,
    where there is one. ``source`` says where the list comes from also while it isn't read yet.
    ``adds_ninth_digit`` where its writer wants old mobiles written as they are dialled today.
    ``quiet`` asks for quiet time knowingly, and ``offer`` is the offer that it takes up.
    """

    channel: ChannelId
    requester: UserId
    text: str
    numbers: str
    send_at: datetime | None
    zone: str
    name: str = ""
    listed: Recipients | None = None
    form: Form | None = None
    source: ListSource = ListSource.TYPED
    adds_ninth_digit: bool = False
    quiet: bool = False
    offer: OfferId | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A campaign or a new version of one, and what became of the numbers.

    It isn't new where its form was sent before: then nothing was done this time. ``repeats`` is
    what of it was seen before.
    """

    campaign: Campaign
    recipients: Recipients
    is_new: bool = True
    repeats: tuple[Repeat, ...] = ()


def name_after(before: Campaign, name: str, text: str) -> str:
    """Take a new name; without one, a name that was made of the text follows the text."""
    was_given = before.name != first_words(before.text)
    if name and (was_given or name != before.name):
        return name
    return before.name if was_given else first_words(text)


def sent_before(tx: Transaction, draft: Draft) -> CampaignId | None:
    """What its form has made already: people press twice, and Slack sends again what it doubts."""
    return None if draft.form is None else tx.forms.sent(draft.form.id)


def end_form(tx: Transaction, draft: Draft, campaign: Campaign, *, at: datetime) -> None:
    """Close the form with the campaign that it made, in one transaction."""
    form = draft.form
    if form is None:
        return
    tx.forms.note_sent(form.id, campaign.id, at=at)
    tx.forms.forget(draft.requester, form.place)
    if form.file and not draft.adds_ninth_digit:  # reading it again would undo that
        tx.forms.attach(form.file, campaign.id)


def first_words(text: str) -> str:
    """Name a campaign that nobody named after the beginning of its text."""
    line = " ".join(text.split())
    if len(line) <= NAME_LENGTH:
        return line
    head, _, _ = line[: NAME_LENGTH - 1].rpartition(" ")
    return (head or line[: NAME_LENGTH - 1]) + "…"
