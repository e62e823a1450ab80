"""Reading what Slack sends for buttons and modals of ours; anything else makes them raise."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.ids import CampaignId, ChannelId, Digest, UserId
from bot.ports import SharedFile
from handlers.blocks.actions import (
    read_offer_press,
    read_part_press,
    read_press,
    read_reply_press,
)
from handlers.blocks.composer_form import recall_form
from handlers.blocks.form_fields import AT, FILE, LATER, NAME, NUMBERS, QUIET, TEXT, WHEN
from handlers.blocks.modals import read_metadata
from handlers.blocks.trial_form import OWN_NUMBER
from handlers.blocks.went_form import GATEWAY_ID
from handlers.slack.answering import Asker
from handlers.slack.buttons import Click, Meant
from handlers.slack.composer import Composed
from handlers.slack.correspondence import Answered, ReplyClick
from handlers.slack.modals import Reason
from handlers.slack.offers import OfferClick
from handlers.slack.settling import Claimed, PartClick
from handlers.slack.trials import Tested

Body = dict[str, Any]


def read_click(body: Body) -> Click:
    """Read a button's payload."""
    action = body["actions"][0]
    return Click(
        action=action["action_id"],
        press=read_press(action["value"]),
        asker=_read_presser(body),
        trigger_id=body["trigger_id"],
    )


def read_part_click(body: Body) -> PartClick:
    """Read the payload of a button about a part."""
    action = body["actions"][0]
    return PartClick(
        action=action["action_id"],
        press=read_part_press(action["value"]),
        asker=_read_presser(body),
        trigger_id=body["trigger_id"],
    )


def read_reply_click(body: Body) -> ReplyClick:
    """Read the payload of a button under a reply, or of a menu under several."""
    action = body["actions"][0]
    chosen = action["selected_option"] if action["type"] == "static_select" else action
    return ReplyClick(
        action=action["action_id"],
        reply=read_reply_press(chosen["value"]),
        asker=_read_presser(body),
        trigger_id=body["trigger_id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMessage:
    """A message that somebody wants to send as SMS."""

    asker: Asker
    text: str
    ts: str
    trigger_id: str


def read_offer_click(body: Body) -> OfferClick:
    """Read the payload of a button on an offer."""
    action = body["actions"][0]
    return OfferClick(
        action=action["action_id"],
        offer=read_offer_press(action["value"]),
        asker=_read_presser(body),
    )


def read_composed(body: Body) -> Composed:
    """Read the composer's payload, whether something in it was pressed or it was sent."""
    view = body["view"]
    chosen = _field(view, WHEN).get("selected_option") or {}
    at = _field(view, AT).get("selected_date_time")
    is_timed = chosen.get("value") == LATER
    form = replace(
        recall_form(view),
        name=_typed(view, NAME).strip(),
        text=_typed(view, TEXT),
        numbers=_typed(view, NUMBERS),
        is_timed=is_timed,
        send_at=datetime.fromtimestamp(at, UTC) if is_timed and at is not None else None,
        quiet=_is_ticked(view, QUIET),
    )
    return Composed(
        user=UserId(body["user"]["id"]),
        form=form,
        given=_shared(view),
        id=view["id"],
        hash=view["hash"],
        told_at=_told_at(body),
    )


def read_form_action(body: Body) -> str:
    """Read which element of the composer was used."""
    action: str = body["actions"][0]["action_id"]
    return action


def read_shared_message(body: Body) -> SharedMessage:
    """Read the payload of the shortcut beside a message; it may have no text."""
    message = body["message"]
    return SharedMessage(
        asker=_read_presser(body),
        text=message.get("text") or "",
        ts=message["ts"],
        trigger_id=body["trigger_id"],
    )


def read_reason(body: Body) -> Reason:
    """Read the reason modal's payload."""
    view = body["view"]
    metadata = read_metadata(view)
    return Reason(
        press=read_press(metadata["press"]),
        asker=_read_sender(body, metadata),
        reason=_typed(view, "reason").strip(),
    )


def read_meant(body: Body) -> Meant:
    """Read the payload of the form about what was seen before."""
    metadata = read_metadata(body["view"])
    return Meant(
        press=read_press(metadata["press"]),
        seen=Digest(metadata["seen"]),
        asker=_read_sender(body, metadata),
        allows_quiet=metadata["allows_quiet"],
    )


def read_claimed(body: Body) -> Claimed:
    """Read the payload of the form that asks under which number a part went."""
    view = body["view"]
    metadata = read_metadata(view)
    return Claimed(
        press=read_part_press(metadata["press"]),
        asker=_read_sender(body, metadata),
        typed=_typed(view, GATEWAY_ID),
    )


def read_answered(body: Body) -> Answered:
    """Read the payload of the form that answers a reply."""
    view = body["view"]
    metadata = read_metadata(view)
    return Answered(
        reply=int(metadata["reply"]),
        asker=_read_sender(body, metadata),
        text=_typed(view, TEXT),
        zone=metadata["zone"],
        form=view["id"],
        seen=CampaignId(metadata["seen"]),
        price=int(metadata["price"]),
        quiet=_is_ticked(view, QUIET),
        showed_quiet=metadata["quiet"],
    )


def read_tested(body: Body) -> Tested:
    """Read the payload of the form that sends a test."""
    view = body["view"]
    metadata = read_metadata(view)
    return Tested(
        press=read_press(metadata["press"]),
        asker=_read_sender(body, metadata),
        typed=_typed(view, OWN_NUMBER),
        zone=metadata["zone"],
        form=view["id"],
    )


def _read_presser(body: Body) -> Asker:
    return Asker(
        UserId(body["user"]["id"]), ChannelId(body["channel"]["id"]), body.get("response_url")
    )


def _read_sender(body: Body, metadata: Body) -> Asker:
    """Read who sent a form, and the channel that it remembers: a form is in none itself."""
    return Asker(UserId(body["user"]["id"]), ChannelId(metadata["channel"]))


def _shared(view: Body) -> SharedFile | None:
    """Read the file that was given in a form; there is one at most."""
    files = _field(view, FILE).get("files") or []
    if not files:
        return None
    (file,) = files
    url = file.get("url_private_download") or file.get("url_private") or ""
    return SharedFile(file["id"], file.get("name") or "", int(file.get("size") or 0), url)


def _is_ticked(view: Body, field: str) -> bool:
    """Whether the one box of this field is ticked; a form may come without it."""
    return bool(_field(view, field).get("selected_options"))


def _told_at(body: Body) -> datetime | None:
    """Read when something in a form was used; a form that is sent doesn't say."""
    actions = body.get("actions") or [{}]
    at = actions[0].get("action_ts")
    return None if at is None else datetime.fromtimestamp(float(at), UTC)


def _typed(view: Body, field: str) -> str:
    """Read what was typed in a field; empty comes as null."""
    value = _field(view, field).get("value")
    return value if isinstance(value, str) else ""


def _field(view: Body, field: str) -> Body:
    """Find a field's answer by its block, whose name may have a number behind a dot.

    See ``composer_form.ComposerForm.redrawn``.
    """
    for block, answers in view["state"]["values"].items():
        if block.partition(".")[0] == field:
            return dict(next(iter(answers.values()), {}))
    return {}
