"""Files: an address to upload to, and a message that shows what came."""

from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.desk import HERE, error_of

CSV = "número;resposta\n31999990001;=oi\n"


async def test_a_file_is_uploaded_shown_and_downloaded(
    slack: AsyncWebClient, sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """With Slack's own client, in its three steps; it is a message of the thread."""
    card = (await slack.chat_postMessage(channel=HERE, text="card"))["ts"]
    await slack.files_upload_v2(
        content=CSV,
        filename="respostas de 42.csv",
        title="Respostas",
        channel=HERE,
        thread_ts=card,
        initial_comment="All of them",
    )
    thread = (await slack.conversations_replies(channel=HERE, ts=card))["messages"]
    (file,) = thread[1]["files"]
    assert thread[1]["text"] == "All of them"
    assert (file["name"], file["title"]) == ("respostas de 42.csv", "Respostas")
    assert file["size"] == len(CSV.encode())
    there = await http.get(file["url_private_download"])
    assert there.text == CSV
    assert there.headers["content-disposition"].startswith("attachment")
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    (shown,) = state["threads"][f"{HERE}:{card}"]
    assert (await http.get(sandbox.url + shown["files"][0]["url_private"])).text == CSV


async def test_a_file_that_is_shared_nowhere_is_no_message(
    slack: AsyncWebClient, sandbox: Sandbox
) -> None:
    """Until a channel is named, nobody sees it."""
    await slack.files_upload_v2(content="a", filename="a.txt")
    assert not list(sandbox.world.slack.messages.in_channel(HERE))


async def test_only_what_was_asked_for_can_be_uploaded(
    slack: AsyncWebClient, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    """Once, at its own address, in the length that was told."""
    room = await slack.files_getUploadURLExternal(filename="a.csv", length=3)
    for address, content, status in (
        (f"{sandbox.url}/upload/v1/guessed", b"abc", 400),
        (room["upload_url"], b"ab", 400),
        (room["upload_url"], b"abc", 200),
        (room["upload_url"], b"abc", 400),
    ):
        assert (await http.post(address, content=content)).status_code == status


@pytest.mark.parametrize(
    ("files", "word"),
    [
        (None, "invalid_arguments"),
        ("[", "invalid_arguments"),
        ("[]", "invalid_arguments"),
        ("[1]", "invalid_arguments"),
        ('[{"id": "F000000009"}]', "file_not_found"),
        ('[{"id": "F000000001"}]', "file_not_found"),
    ],
)
async def test_only_what_was_uploaded_can_be_shared(
    slack: AsyncWebClient, files: str | None, word: str
) -> None:
    """Not what was never asked for, nor what hasn't come yet."""
    await slack.files_getUploadURLExternal(filename="a.csv", length=3)
    given: dict[str, Any] = {} if files is None else {"files": files}
    answer = slack.api_call("files.completeUploadExternal", params=given)
    assert await error_of(answer) == word


async def test_a_file_needs_a_name_and_a_length(slack: AsyncWebClient) -> None:
    """A length of at least one byte, in digits."""
    for given in ({"filename": "a"}, {"filename": "a", "length": "x"}, {"length": "1"}):
        answer = slack.api_call("files.getUploadURLExternal", params=given)
        assert await error_of(answer) == "invalid_arguments"
    empty = slack.files_getUploadURLExternal(filename="a", length=0)
    assert await error_of(empty) == "invalid_arguments"


async def test_a_file_goes_only_where_a_message_could(slack: AsyncWebClient) -> None:
    """The places and threads are those of `chat.postMessage`."""
    outside = slack.files_upload_v2(content="a", filename="a.txt", channel="C0GERAL")
    assert await error_of(outside) == "not_in_channel"
    nowhere = slack.files_upload_v2(content="a", filename="a", channel=HERE, thread_ts="1.0")
    assert await error_of(nowhere) == "thread_not_found"


async def test_nothing_else_can_be_downloaded(
    slack: AsyncWebClient, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    """Neither a file that hasn't come, nor one under another name."""
    await slack.files_getUploadURLExternal(filename="a.csv", length=3)
    await slack.files_upload_v2(content="a", filename="b.csv", channel=HERE)
    for path in ("F000000001/a.csv", "F000000002/a.csv", "F000000009/a.csv"):
        assert (await http.get(f"{sandbox.url}/files/{path}")).status_code == 404
