"""The box below a channel: messages, slash commands, and `/invite`."""

import re

from bot.sandbox.contents import read_content
from bot.sandbox.deliveries import Ack, Kind
from bot.sandbox.gestures.gesture import GestureError, escape_text, find_actor, find_place
from bot.sandbox.manifest import SlashCommand
from bot.sandbox.messages import SLACKBOT, Content
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.slack_error import SlackError
from bot.sandbox.workspace import Channel, Person

_MENTION = re.compile(r"(?<!\w)([@#])([\w.-]+)")


async def type_text(slack: PretendSlack, person_id: str, channel_id: str, text: str) -> None:
    """Send what a person typed; a command returns once the app has acknowledged it.

    Raises:
        GestureError: nobody, nowhere or nothing.
    """
    person = find_actor(slack, person_id)
    channel = find_place(slack, person, channel_id)
    text = text.strip()
    if not text:
        words = "there is nothing to send"
        raise GestureError(words)
    if channel.is_archived:
        words = f"#{channel.name} is archived"
        raise GestureError(words)
    if not text.startswith("/"):
        slack.messages.post(channel.id, person.id, Content(escape_text(text)))
        return
    name, *rest = text.split(maxsplit=1)
    await _command(slack, person, channel, name, rest[0] if rest else "")


async def _command(
    slack: PretendSlack, person: Person, channel: Channel, name: str, text: str
) -> None:
    if name == "/invite":
        _invite(slack, person, channel, text)
    elif command := slack.manifest.commands.get(name):
        await _deliver(slack, person, channel, command, text)
    else:
        _whisper(slack, person, channel, f"{name} is not a valid command.")


def _invite(slack: PretendSlack, person: Person, channel: Channel, text: str) -> None:
    wanted = text.strip().lstrip("@").lower()
    if wanted not in (slack.bot.name, slack.bot.real_name.lower(), f"<@{slack.bot.id}>".lower()):
        _whisper(slack, person, channel, f"There is nobody named {text!r} to invite.")
    elif channel.is_im:
        _whisper(slack, person, channel, "You can't invite anybody to a direct message.")
    elif channel.has(slack.bot.id):
        _whisper(slack, person, channel, f"{slack.bot.real_name} is already in this channel.")
    else:
        channel.members.append(slack.bot.id)
        said = f"was added to #{channel.name} by {person.real_name}."
        slack.messages.post(channel.id, slack.bot.id, Content(said))


async def _deliver(
    slack: PretendSlack, person: Person, channel: Channel, command: SlashCommand, text: str
) -> None:
    escaped = escape_text(text)
    if command.should_escape:
        escaped = _MENTION.sub(lambda found: _link(slack, found), escaped)
    payload = slack.payloads.slash_command(person, channel, command.command, escaped)
    payload["trigger_id"] = slack.triggers.issue(person.id)
    secret = slack.response_urls.issue(channel.id, person.id)
    payload["response_url"] = slack.response_url(secret)
    ack = await slack.bot_link.deliver(Kind.SLASH_COMMAND, payload)
    failure = ack.failure.value if ack.failure else _show_answer(slack, person, channel, ack)
    if failure:
        words = f'{command.command} failed with the error "{failure}"'
        _whisper(slack, person, channel, words)


def _show_answer(slack: PretendSlack, person: Person, channel: Channel, ack: Ack) -> str:
    """Post what came with the acknowledgement; tell what was wrong with it, if anything."""
    if not ack.body:
        return ""
    try:
        content = read_content(ack.body)
    except SlackError as error:
        return error.word
    is_public = ack.body.get("response_type") == "in_channel"
    slack.messages.post(
        channel.id, slack.bot.id, content, only_for=None if is_public else person.id
    )
    return ""


def _whisper(slack: PretendSlack, person: Person, channel: Channel, words: str) -> None:
    slack.messages.post(channel.id, SLACKBOT, Content(words), only_for=person.id)


def _link(slack: PretendSlack, found: re.Match[str]) -> str:
    sign, name = found.groups()
    if sign == "@":
        for person in slack.workspace.people.values():
            if person.name == name:
                return f"<@{person.id}|{name}>"
        for group in slack.workspace.groups.values():
            if group.handle == name:
                return f"<!subteam^{group.id}|@{name}>"
    for channel in slack.workspace.channels.values():
        if sign == "#" and channel.name == name:
            return f"<#{channel.id}|{name}>"
    return found.group()
