"""The modals: writing a campaign, changing it, and saying why not."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, ChannelId, Number
from handlers.blocks import actions, layout
from handlers.blocks.actions import Press, press_for
from handlers.blocks.form_fields import (
    INPUT_LIMIT,
    field,
    file_field,
    numbers_field,
    text_field,
    when_field,
)
from handlers.blocks.message import Block
from handlers.blocks.words import Words

TITLE_LIMIT = 24
REASON_LIMIT = 500

REASON = "reason"


def render_compose(
    *,
    words: Words,
    channel: ChannelId,
    zone: str,
    schedule: bool,
    text: str = "",
    numbers: str = "",
    when: str = "",
    note: str = "",
    again: tuple[CampaignId, int] | None = None,
) -> Block:
    """Make the form for a campaign; with ``schedule`` it asks for a time.

    A list that doesn't fit Slack's 3,000 characters is left out whole, and that is said: half a
    list, sent to in silence, would be worse. With ``again``, a campaign and how many of its
    people haven't got it, they stay unless a new list is written, which the form remembers.
    ``note`` is mrkdwn, shown on top.
    """
    metadata: dict[str, Any] = {"channel": channel, "zone": zone, "schedule": schedule}
    kept = 0
    if again is not None and len(numbers) > INPUT_LIMIT:
        metadata["again"], kept = again
        numbers = ""
    notes = [note, words.say("The card goes to {channel}.", channel=f"<#{channel}>")]
    if len(text) > INPUT_LIMIT:
        notes.append(words.say("The text doesn't fit here. Please paste it again, shorter."))
    if len(numbers) > INPUT_LIMIT:
        notes.append(words.say("The list of numbers doesn't fit here. Please paste it again."))
    return {
        "type": "modal",
        "callback_id": actions.COMPOSE,
        "private_metadata": json.dumps(metadata),
        "title": layout.plain(words.say("New SMS campaign"), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Ask for approval"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Close"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(*notes),
            text_field(words, value=text),
            numbers_field(words, value=numbers, kept=kept, or_file=True),
            file_field(words),
            when_field(words, zone=zone, schedule=schedule, value=when),
        ],
    }


def render_edit(
    *, words: Words, campaign: Campaign, numbers: Sequence[Number], zone: str, when: str
) -> Block:
    """Make the form that changes a waiting campaign, filled with what it says.

    ``when`` is its time as a person types it in ``zone``. A list that doesn't fit Slack's
    3,000 characters stays as it is unless a new one is written, which the form remembers.
    """
    written = ", ".join(numbers)
    keeps = len(written) > INPUT_LIMIT
    metadata = {
        "press": press_for(campaign).encode(),
        "channel": campaign.channel,
        "zone": zone,
        "keeps_numbers": keeps,
    }
    notes = [words.say("This makes a new version: what was approved before counts no more.")]
    if len(campaign.text) > INPUT_LIMIT:
        notes.append(words.say("The text doesn't fit here. Please paste it again, shorter."))
    ref = f"#{campaign.id}"
    return {
        "type": "modal",
        "callback_id": actions.EDITED,
        "private_metadata": json.dumps(metadata),
        "title": layout.plain(words.say("Edit {campaign}", campaign=ref), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Ask for new approval"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Close"), limit=TITLE_LIMIT),
        "blocks": [
            layout.section(*notes),
            text_field(words, value=campaign.text),
            numbers_field(words, value=written, kept=len(numbers) if keeps else 0),
            when_field(words, zone=zone, schedule=False, value=when),
        ],
    }


def render_reason(*, words: Words, press: Press, channel: ChannelId) -> Block:
    """Make the form that asks why a campaign is rejected."""
    ref = f"#{press.campaign}"
    return {
        "type": "modal",
        "callback_id": actions.REASON,
        "private_metadata": json.dumps({"press": press.encode(), "channel": channel}),
        "title": layout.plain(words.say("Reject {campaign}", campaign=ref), limit=TITLE_LIMIT),
        "submit": layout.plain(words.say("Reject"), limit=TITLE_LIMIT),
        "close": layout.plain(words.say("Not yet"), limit=TITLE_LIMIT),
        "blocks": [
            field(
                REASON,
                words.say("Why?"),
                hint=words.say("Who wrote it reads this, in the campaign's thread."),
                limit=REASON_LIMIT,
            )
        ],
    }


def read_metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """Read back what a modal of ours remembers.

    ``channel``, ``zone`` and ``schedule`` of the form for a campaign; ``channel``, ``zone``,
    ``press`` (see ``actions.read_press``) and ``keeps_numbers`` of the one that changes it;
    ``channel`` and ``press`` of the one that asks why; what ``reply_form`` says of its own.
    """
    found: dict[str, Any] = json.loads(view["private_metadata"])
    return found
