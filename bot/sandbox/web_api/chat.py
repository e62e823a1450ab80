"""`chat.*`: what the bot says."""

from bot.sandbox.contents import read_content
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Method
from bot.sandbox.web_api.places import find_place, read_thread

# chat.update refuses what chat.postMessage would still take.
_UPDATE_TEXT_MOST = 4000


def _post(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    channel = find_place(slack, arguments.text("channel"))
    content = read_content(arguments.given)
    thread_ts = read_thread(slack, channel, arguments)
    slack.rates.count_post(channel.id)
    message = slack.messages.post(channel.id, slack.bot.id, content, thread_ts=thread_ts)
    return _tell(slack, message)


def _post_ephemeral(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    channel = find_place(slack, arguments.text("channel"))
    person = arguments.text("user")
    if not channel.has(person):
        raise SlackError(word="user_not_in_channel")
    content = read_content(arguments.given)
    thread_ts = read_thread(slack, channel, arguments)
    message = slack.messages.post(
        channel.id, slack.bot.id, content, thread_ts=thread_ts, only_for=person
    )
    return {"message_ts": message.ts}


def _update(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    message = _find_own(slack, arguments, word="cant_update_message")
    if "text" not in arguments.given and "blocks" not in arguments.given:
        raise SlackError(word="no_text")
    # Text without blocks takes the blocks away; blocks without text keep no old text either.
    content = read_content(arguments.given, text_most=_UPDATE_TEXT_MOST)
    if content.metadata is None:
        content.metadata = message.content.metadata
    content.files = message.content.files
    slack.messages.rewrite(message, content)
    return _tell(slack, message) | {"text": content.text}


def _delete(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    message = _find_own(slack, arguments, word="cant_delete_message")
    slack.messages.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def _find_own(slack: PretendSlack, arguments: Arguments, word: str) -> Message:
    channel = slack.find_channel(arguments.text("channel"))
    message = slack.messages.find(channel.id, arguments.text("ts"))
    if message is None or message.only_for:
        raise SlackError(word="message_not_found")
    if channel.is_archived:
        raise SlackError(word="is_archived")
    if message.user != slack.bot.id:
        raise SlackError(word)
    return message


def _tell(slack: PretendSlack, message: Message) -> JsonObject:
    shown = slack.messages.as_slack(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shown}


METHODS = {
    "chat.postMessage": Method(_post, Tier.SPECIAL, ("chat:write",)),
    "chat.postEphemeral": Method(_post_ephemeral, Tier.FOUR, ("chat:write",)),
    "chat.update": Method(_update, Tier.THREE, ("chat:write",)),
    "chat.delete": Method(_delete, Tier.THREE, ("chat:write",)),
}
