"""Where a message goes: a channel, the DM with somebody, a thread."""

from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.workspace import Channel


def find_place(slack: PretendSlack, name: str) -> Channel:
    """Find where to post: a channel's id or name, or a person's id for the DM with them.

    Raises:
        SlackError: there is no such place, or the app may not post there.
    """
    if name in slack.workspace.people:
        if slack.workspace.people[name].is_bot:
            raise SlackError(word="cannot_dm_bot")
        return slack.workspace.direct_channel(name)
    named = [c.id for c in slack.workspace.channels.values() if c.name == name.lstrip("#")]
    channel = slack.find_channel(named[0] if named else name)
    if channel.is_archived:
        raise SlackError(word="is_archived")
    if not channel.has(slack.bot.id):
        raise SlackError(word="not_in_channel")
    return channel


def read_thread(slack: PretendSlack, channel: Channel, arguments: Arguments) -> str | None:
    """Read which thread it goes to, if any; raises `SlackError` `thread_not_found`."""
    thread_ts = arguments.optional("thread_ts") or None
    if thread_ts is None:
        return None
    parent = slack.messages.find(channel.id, thread_ts)
    if parent is None or parent.only_for:
        raise SlackError(word="thread_not_found")
    return thread_ts
