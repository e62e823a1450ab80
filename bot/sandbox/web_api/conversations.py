"""`conversations.*`: channels, who is in them, what was said there."""

from collections.abc import Iterable

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Method
from bot.sandbox.workspace import Channel

_READ = ("channels:read", "groups:read", "im:read")
_HISTORY = ("channels:history", "groups:history", "im:history")
_WRITE = ("im:write",)


def _info(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    channel = _find(slack, arguments, _READ)
    shown: JsonObject = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_private and not channel.is_im,
        "is_group": channel.is_private,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_private": channel.is_private or channel.is_im,
        "is_archived": channel.is_archived,
        "is_member": channel.has(slack.bot.id),
        "is_shared": False,
        "is_ext_shared": _is_ext_shared(slack, channel),
        "is_general": False,
        "created": 1700000000,
        "context_team_id": slack.workspace.team.id,
    }
    if channel.is_im:
        del shown["name"]
        shown["user"] = next(member for member in channel.members if member != slack.bot.id)
    if arguments.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def _members(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    channel = _find(slack, arguments, _READ)
    members, beside = arguments.page(channel.members, 100)
    return {"members": members, **beside}


def _history(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    channel = _find_inside(slack, arguments)
    said = [m for m in slack.messages.in_channel(channel.id) if not m.is_reply]
    return _page(slack, arguments, _cut(said, arguments)[::-1], usual=100)


def _replies(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    channel = _find_inside(slack, arguments)
    thread = slack.messages.thread(channel.id, arguments.text("ts"))
    if not thread:
        raise SlackError(word="thread_not_found")
    # Whatever span is asked for, the message that began the thread comes with it.
    return _page(slack, arguments, [thread[0], *_cut(thread[1:], arguments)], usual=1000)


def _cut(messages: Iterable[Message], arguments: Arguments) -> list[Message]:
    """Leave what was said after `oldest` and before `latest`, with those two if `inclusive`."""
    oldest, latest = arguments.optional("oldest"), arguments.optional("latest")
    edges = {oldest, latest} if arguments.flag("inclusive") else set()
    return [
        one
        for one in messages
        if one.ts in edges or ((one.ts > oldest) and (not latest or one.ts < latest))
    ]


def _page(
    slack: PretendSlack, arguments: Arguments, messages: list[Message], *, usual: int
) -> JsonObject:
    page, beside = arguments.page(messages, usual)
    with_metadata = arguments.flag("include_all_metadata")
    return {
        "messages": [
            slack.messages.as_slack(one, with_metadata=with_metadata, base=slack.url)
            for one in page
        ],
        "has_more": bool(beside["response_metadata"]["next_cursor"]),
        **beside,
    }


def _open(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    if channel_id := arguments.optional("channel"):
        return {"channel": {"id": slack.find_channel(channel_id).id}}
    people = arguments.text("users").split(",")
    if len(people) > 1:
        raise SlackError(word="method_not_supported_for_channel_type")
    person = slack.find_person(people[0])
    if person.is_bot:
        raise SlackError(word="cannot_dm_bot")
    return {"channel": {"id": slack.workspace.direct_channel(person.id).id}}


def _find(slack: PretendSlack, arguments: Arguments, scopes: tuple[str, str, str]) -> Channel:
    """Find a channel; which scope is needed depends on its kind: public, private, DM."""
    channel = slack.find_channel(arguments.text("channel"))
    public, private, direct = scopes
    slack.require_scope(direct if channel.is_im else private if channel.is_private else public)
    return channel


def _find_inside(slack: PretendSlack, arguments: Arguments) -> Channel:
    channel = _find(slack, arguments, _HISTORY)
    if not channel.has(slack.bot.id):
        raise SlackError(word="not_in_channel")
    return channel


def _is_ext_shared(slack: PretendSlack, channel: Channel) -> bool:
    people = slack.workspace.people
    return any(people[member].is_stranger for member in channel.members if member in people)


METHODS = {
    "conversations.info": Method(_info, Tier.THREE, _READ),
    "conversations.members": Method(_members, Tier.FOUR, _READ),
    "conversations.history": Method(_history, Tier.THREE, _HISTORY),
    "conversations.replies": Method(_replies, Tier.THREE, _HISTORY),
    "conversations.open": Method(_open, Tier.THREE, _WRITE),
}
