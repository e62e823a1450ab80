"""Reading what Slack sends for buttons and modals of ours; anything else makes them raise."""

from dataclasses import replace
from typing import Any

from bot.domain.ids import CampaignId, ChannelId, UserId
from bot.ports import SharedFile
from handlers.blocks.actions import read_part_press, read_press, read_reply_press
from handlers.blocks.form_fields import FILE, TEXT
from handlers.blocks.modals import read_metadata
from handlers.blocks.went_form import GATEWAY_ID
from handlers.slack.answering import Asker
from handlers.slack.buttons import Click
from handlers.slack.correspondence import Answered, ReplyClick
from handlers.slack.modals import Composed, Edited, Reason
from handlers.slack.settling import Claimed, PartClick

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


def read_composed(body: Body) -> Composed:
    """Read the composer's payload; a list that wasn't shown stays unless another is written."""
    view = body["view"]
    metadata = read_metadata(view)
    again, file = metadata.get("again"), _shared(view)
    has_list = file is not None or bool(_typed(view, "numbers").strip())
    return Composed(
        user=UserId(body["user"]["id"]),
        channel=ChannelId(metadata["channel"]),
        zone=metadata["zone"],
        text=_typed(view, "text"),
        numbers=_typed(view, "numbers"),
        when=_typed(view, "when"),
        keeps_numbers=again is not None and not has_list,
        again=None if again is None else CampaignId(again),
        file=file,
        form=view["id"],
    )


def read_edited(body: Body) -> Edited:
    """Read the edit form's payload; a list that wasn't shown stays unless another is written."""
    form, metadata = read_composed(body), read_metadata(body["view"])
    keeps = bool(metadata["keeps_numbers"]) and not form.numbers.strip()
    return Edited(press=read_press(metadata["press"]), form=replace(form, keeps_numbers=keeps))


def read_reason(body: Body) -> Reason:
    """Read the reason modal's payload."""
    view = body["view"]
    metadata = read_metadata(view)
    asker = Asker(UserId(body["user"]["id"]), ChannelId(metadata["channel"]))
    return Reason(
        press=read_press(metadata["press"]), asker=asker, reason=_typed(view, "reason").strip()
    )


def read_claimed(body: Body) -> Claimed:
    """Read the payload of the form that asks under which number a part went."""
    view = body["view"]
    metadata = read_metadata(view)
    return Claimed(
        press=read_part_press(metadata["press"]),
        asker=Asker(UserId(body["user"]["id"]), ChannelId(metadata["channel"])),
        typed=_typed(view, GATEWAY_ID),
    )


def read_answered(body: Body) -> Answered:
    """Read the payload of the form that answers a reply."""
    view = body["view"]
    metadata = read_metadata(view)
    return Answered(
        reply=int(metadata["reply"]),
        asker=Asker(UserId(body["user"]["id"]), ChannelId(metadata["channel"])),
        text=_typed(view, TEXT),
        zone=metadata["zone"],
        form=view["id"],
        seen=CampaignId(metadata["seen"]),
        price=int(metadata["price"]),
    )


def _read_presser(body: Body) -> Asker:
    return Asker(
        UserId(body["user"]["id"]), ChannelId(body["channel"]["id"]), body.get("response_url")
    )


def _shared(view: Body) -> SharedFile | None:
    """Read the file that was given in a form; there is one at most."""
    files = view["state"]["values"].get(FILE, {}).get(FILE, {}).get("files") or []
    if not files:
        return None
    (file,) = files
    url = file.get("url_private_download") or file.get("url_private") or ""
    return SharedFile(file["id"], file.get("name") or "", int(file.get("size") or 0), url)


def _typed(view: Body, field: str) -> str:
    """Read a field of our modals, whose block and action share a name; empty comes as null."""
    value = view["state"]["values"].get(field, {}).get(field, {}).get("value")
    return value if isinstance(value, str) else ""
