"""What the page shows, as one JSON object."""

from collections import Counter
from itertools import islice

from bot.sandbox.bot_watch import BotStanding
from bot.sandbox.campaigns import DeliveryStatus, SmsCampaign
from bot.sandbox.clock import SPEEDS
from bot.sandbox.faults import EVERY_REQUEST, SCOPES
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import SLACKBOT, Message
from bot.sandbox.phones import Phone
from bot.sandbox.reception import Reception
from bot.sandbox.troubles import Trouble
from bot.sandbox.workspace import Channel, Person
from bot.sandbox.world import World

_CAMPAIGNS = 20
_PHONES = 30


def render_state(world: World, person: Person) -> JsonObject:
    """Lay out everything that one person can see, and the platform beside it."""
    workspace = world.slack.workspace
    channels = [channel for channel in workspace.channels.values() if channel.has(person.id)]
    messages, threads = _render_messages(world, person, channels)
    names = {one.id: one.name for one in workspace.people.values()}
    names |= {workspace.bot.id: workspace.bot.real_name, SLACKBOT: "Slackbot"}
    return {
        "revision": world.changes.revision,
        "team": {"name": workspace.team.name},
        "me": person.id,
        "people": [_render_person(face) for face in workspace.faces],
        "names": names,
        "groups": {group.id: group.handle for group in workspace.groups.values()},
        "channels": [_render_channel(world, channel) for channel in channels],
        "commands": [
            {"command": c.command, "description": c.description, "usage_hint": c.usage_hint}
            for c in world.slack.manifest.commands.values()
        ],
        "shortcuts": [
            {"name": shortcut.name, "callback_id": shortcut.callback_id}
            for shortcut in world.slack.manifest.shortcuts
        ],
        "messages": messages,
        "threads": threads,
        "modal": _render_modal(world, person),
        "platform": _render_platform(world),
        "phones": [_render_phone(p) for p in islice(world.phones.newest_first(), _PHONES)],
        "bot": _render_bot(world),
    }


def _render_person(person: Person) -> JsonObject:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "role": person.role,
        "tz": person.tz,
        "tz_offset": person.tz_offset,
        "color": person.color,
    }


def _render_channel(world: World, channel: Channel) -> JsonObject:
    return {
        "id": channel.id,
        "name": world.slack.bot.real_name if channel.is_im else channel.name,
        "is_private": channel.is_private,
        "is_im": channel.is_im,
        "bot_is_member": channel.has(world.slack.bot.id),
    }


def _render_messages(
    world: World, person: Person, channels: list[Channel]
) -> tuple[JsonObject, JsonObject]:
    tops: JsonObject = {}
    threads: JsonObject = {}
    for channel in channels:
        seen = list(world.slack.messages.in_channel(channel.id, seen_by=person.id))
        replies = Counter(m.thread_ts for m in seen if m.is_reply and not m.only_for)
        top = tops[channel.id] = []
        for message in seen:
            shown = _render_message(world, message, replies[message.ts])
            if message.is_reply:
                threads.setdefault(f"{channel.id}:{message.thread_ts}", []).append(shown)
            else:
                top.append(shown)
    return tops, threads


def _render_message(world: World, message: Message, reply_count: int) -> JsonObject:
    return {
        "ts": message.ts,
        "user": message.user,
        "bot": message.user in (world.slack.bot.id, SLACKBOT),
        "text": message.content.text,
        "blocks": message.content.blocks,
        "files": [file.as_slack("") for file in message.content.files],
        "thread_ts": message.thread_ts,
        "reply_count": reply_count,
        "edited": message.is_edited,
        "ephemeral": message.only_for is not None,
    }


def _render_modal(world: World, person: Person) -> JsonObject | None:
    view = world.slack.views.top(person.id)
    if view is None:
        return None
    given = view.definition
    return {
        "id": view.id,
        "type": given["type"],
        "title": given["title"],
        "submit": given.get("submit"),
        "close": given.get("close"),
        "blocks": view.blocks,
        "state": view.state,
        "errors": view.errors,
        "hash": view.hash,
    }


def _render_platform(world: World) -> JsonObject:
    newest = list(world.platform.campaigns.values())[: -_CAMPAIGNS - 1 : -1]
    return {
        "now": world.clock.now().isoformat(timespec="seconds"),
        "speed": world.clock.speed,
        "speeds": list(SPEEDS),
        "credit": world.platform.credit,
        "trouble": _render_trouble(world.reception),
        "troubles": [
            {"id": trouble.value, "label": trouble.label, "group": trouble.group}
            for trouble in Trouble
        ],
        "scopes": [
            {"id": scope, "label": "every request" if scope == EVERY_REQUEST else f"{scope} only"}
            for scope in SCOPES
        ],
        "campaigns": [_render_campaign(campaign) for campaign in newest],
    }


def _render_trouble(reception: Reception) -> JsonObject:
    fault = reception.fault
    return {
        "kind": fault.kind.value,
        "scope": fault.scope,
        "times": fault.times,
        "waiting": reception.waiting,
        "hanging": reception.hanging,
    }


def _render_campaign(campaign: SmsCampaign) -> JsonObject:
    job_at = campaign.order.job_at
    return {
        "id": campaign.id,
        "text": campaign.order.text,
        "people": len(campaign.deliveries),
        "door": campaign.order.door,
        "state": campaign.state.value,
        "job_at": job_at.isoformat() if job_at else None,
        "delivered": campaign.count(DeliveryStatus.DELIVERED),
        "invalid": campaign.count(DeliveryStatus.INVALID),
        "waiting": campaign.count(DeliveryStatus.WAITING),
    }


def _render_phone(phone: Phone) -> JsonObject:
    return {
        "number": phone.number,
        "messages": [
            {
                "id": message.id,
                "direction": message.direction.value,
                "text": message.text,
                "at": message.at.isoformat(timespec="seconds"),
                "status": "delivered",
            }
            for message in reversed(phone.messages)
        ],
    }


def _render_bot(world: World) -> JsonObject:
    standing = world.bot_watch.standing
    return {
        "connected": standing is BotStanding.CONNECTED,
        "standing": standing.value,
        "way": "socket" if world.slack.socket_mode.is_connected else "http",
    }
