"""What an app may say: text, blocks and metadata, held to Slack's limits."""

from collections.abc import Mapping

from bot.sandbox.block_rules.blocks import Surface, check_blocks, is_too_long
from bot.sandbox.block_rules.checks import Offences
from bot.sandbox.block_rules.views import check_view
from bot.sandbox.json_shapes import JsonObject, read_json
from bot.sandbox.messages import Content
from bot.sandbox.slack_error import SlackError
from bot.sandbox.views import with_ids

_TEXT_MOST = 40_000


def read_content(fields: Mapping[str, object], *, text_most: int = _TEXT_MOST) -> Content:
    """Read a message out of an app's words.

    Raises:
        SlackError: `no_text`, `msg_too_long`, `msg_blocks_too_long`, `invalid_blocks` with every
            offence, `invalid_blocks_format`, `invalid_metadata_format`, `invalid_attachments`
            (the sandbox shows none, so an app that counts on them should hear of it).
    """
    text = fields.get("text") or ""
    blocks = _read_blocks(fields.get("blocks"))
    if fields.get("attachments") not in (None, "", "[]", []):
        raise SlackError(word="invalid_attachments")
    if not isinstance(text, str) or not (text.strip() or blocks):
        raise SlackError(word="no_text")
    if len(text) > text_most:
        raise SlackError(word="msg_too_long")
    return Content(text, with_ids(blocks) if blocks else None, _read_metadata(fields))


def read_view(raw: object, surface: Surface) -> JsonObject:
    """Read a view out of an app's words.

    Raises:
        SlackError: `invalid_arguments`, as `views.open` says it, with every offence.
    """
    view = _parse(raw, "invalid_arguments")
    offences = Offences()
    check_view(offences, view, surface)
    if offences.words or not isinstance(view, dict):
        raise _offended(offences, word="invalid_arguments")
    return view | {"blocks": with_ids(view["blocks"])}


def _read_blocks(raw: object) -> list[JsonObject]:
    if raw in (None, ""):
        return []
    blocks = _parse(raw, "invalid_blocks_format")
    if not isinstance(blocks, list):
        raise SlackError(word="invalid_blocks_format")
    offences = Offences()
    check_blocks(offences, blocks, Surface.MESSAGE)
    if offences.words:
        raise _offended(offences, word="invalid_blocks")
    if is_too_long(blocks):
        raise SlackError(word="msg_blocks_too_long")
    return blocks


def _read_metadata(fields: Mapping[str, object]) -> JsonObject | None:
    raw = fields.get("metadata")
    if raw in (None, ""):
        return None
    metadata = _parse(raw, "invalid_metadata_format")
    if not isinstance(metadata, dict) or not _is_metadata(metadata):
        raise SlackError(word="invalid_metadata_format")
    return metadata


def _is_metadata(metadata: JsonObject) -> bool:
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    return isinstance(event_type, str) and bool(event_type) and isinstance(payload, dict)


def _parse(raw: object, word: str) -> object:
    if not isinstance(raw, str):
        return raw
    try:
        return read_json(raw)
    except ValueError as error:
        raise SlackError(word) from error


def _offended(offences: Offences, word: str) -> SlackError:
    messages = [f"[ERROR] {words}" for words in offences.words]
    return SlackError(word, errors=offences.words, response_metadata={"messages": messages})
