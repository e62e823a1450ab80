"""A call's arguments, however they came."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.sandbox.json_shapes import JsonObject, read_json
from bot.sandbox.slack_error import SlackError

_PAGE_MOST = 1000
_CURSOR = "next:"
_NUMBER = re.compile(r"[0-9]{1,9}")
Item = TypeVar("Item")


class Arguments:
    """What a caller gave: text from a query or a form, anything JSON has from JSON."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self.given = given

    def text(self, name: str) -> str:
        """Read an argument that has to be there; raises `SlackError` `invalid_arguments`."""
        if value := self.optional(name):
            return value
        message = f"[ERROR] missing required field: {name}"
        raise SlackError(word="invalid_arguments", response_metadata={"messages": [message]})

    def optional(self, name: str) -> str:
        """Read an argument that may be missing, which is as if it were empty."""
        value = self.given.get(name)
        if value is None or isinstance(value, dict | list):
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str) -> bool:
        """Read yes or no; Slack takes `1` and `true` for yes."""
        return self.optional(name).lower() in {"1", "true"}

    def page(self, items: Sequence[Item], usual: int) -> tuple[list[Item], JsonObject]:
        """Cut one page out of `items`, as `limit` and `cursor` ask.

        Returns:
            The page, and the fields that go beside it.

        Raises:
            SlackError: `invalid_limit` or `invalid_cursor`.
        """
        limit = self.optional("limit") or str(usual)
        if not _NUMBER.fullmatch(limit) or not 1 <= int(limit) <= _PAGE_MOST:
            raise SlackError(word="invalid_limit")
        start = _read_cursor(self.optional("cursor"))
        end = start + int(limit)
        cursor = _write_cursor(end) if end < len(items) else ""
        beside: JsonObject = {"response_metadata": {"next_cursor": cursor}}
        return list(items[start:end]), beside


async def read_arguments(request: Request) -> Arguments:
    """Read a request's query and body; raises `SlackError` when the body is no JSON object."""
    given: dict[str, object] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = read_json(await request.body() or b"{}")
        except ValueError as error:
            raise SlackError(word="invalid_json") from error
        if not isinstance(body, dict):
            raise SlackError(word="json_not_object")
        return Arguments(given | body)
    if kind == "multipart/form-data":
        raise SlackError(word="invalid_form_data")
    body_text = (await request.body()).decode("utf-8", "replace")
    return Arguments(given | dict(parse_qsl(body_text, keep_blank_values=True)))


def _write_cursor(start: int) -> str:
    return base64.b64encode(f"{_CURSOR}{start}".encode()).decode()


def _read_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError(word="invalid_cursor") from error
    start = text.removeprefix(_CURSOR)
    if not text.startswith(_CURSOR) or not _NUMBER.fullmatch(start):
        raise SlackError(word="invalid_cursor")
    return int(start)
