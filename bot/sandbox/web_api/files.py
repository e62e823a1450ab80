"""`files.*`: an address to upload to, and what was uploaded shown as a message."""

from bot.sandbox.contents import read_content
from bot.sandbox.files import UPLOAD_PATH, StoredFile
from bot.sandbox.json_shapes import JsonObject, read_json
from bot.sandbox.messages import Content
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Method
from bot.sandbox.web_api.places import find_place, read_thread

_WRITE = ("files:write",)


def _get_upload_url(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    name, length = arguments.text("filename"), arguments.text("length")
    if not (length.isascii() and length.isdigit()):
        raise SlackError(word="invalid_arguments")
    file = slack.files.reserve(name, int(length), user=slack.bot.id)
    return {"upload_url": f"{slack.url}{UPLOAD_PATH}/{file.secret}", "file_id": file.id}


def _complete_upload(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    wanted = _read_wanted(arguments)
    files = [slack.files.take(one) for one in wanted]
    if arguments.optional("channel_id"):
        _share(slack, arguments, files)
    return {"files": [file.as_slack(slack.url) for file in files]}


def _share(slack: PretendSlack, arguments: Arguments, files: list[StoredFile]) -> None:
    """Show the files as one message; Slack doesn't say which."""
    channel = find_place(slack, arguments.text("channel_id"))
    thread_ts = read_thread(slack, channel, arguments)
    comment = arguments.optional("initial_comment")
    content = read_content({"text": comment}) if comment else Content()
    content.files = files
    slack.messages.post(channel.id, slack.bot.id, content, thread_ts=thread_ts)


def _read_wanted(arguments: Arguments) -> list[JsonObject]:
    raw = arguments.given.get("files")
    try:
        wanted = read_json(raw) if isinstance(raw, str) else raw
    except ValueError:
        wanted = None
    if not isinstance(wanted, list) or not wanted or not all(isinstance(w, dict) for w in wanted):
        raise SlackError(word="invalid_arguments")
    return wanted


METHODS = {
    "files.getUploadURLExternal": Method(_get_upload_url, Tier.FOUR, _WRITE),
    "files.completeUploadExternal": Method(_complete_upload, Tier.FOUR, _WRITE),
}
