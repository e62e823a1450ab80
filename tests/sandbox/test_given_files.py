"""Files that people give in forms: uploaded by the page, told to the bot, handed to it alone."""

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.files import GIVEN_LARGEST
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Receiver
from tests.sandbox.desk import Do, Json, field, modal, open_modal, payload_of

CSV = b"nome;fone\nAna;31999990001\n"
TOKEN = {"authorization": "Bearer xoxb-sandbox-bot"}


async def upload(
    sandbox: Sandbox, http: httpx.AsyncClient, content: bytes = CSV, **query: str
) -> Json:
    """Choose a file on the page."""
    params = {"person": "U0ANA", "name": "lista de ana.csv"} | query
    url = f"{sandbox.url}/sandbox/upload"
    return dict((await http.post(url, params=params, content=content)).json())


def given(*files: Json) -> Json:
    """The state of a form with these files."""
    return {"file": {"v": {"type": "file_input", "files": list(files)}}}


async def test_a_file_is_told_as_slack_tells_it(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient, http: httpx.AsyncClient
) -> None:
    """The page names it; the bot reads what it is called, how large, and where it lies."""
    file = (await upload(sandbox, http))["file"]
    view_id = await open_modal(do, bot, slack, modal(field("file", type="file_input")))
    state = given({"id": file["id"], "name": "forged.csv", "url_private": "http://127.0.0.1:1/"})
    await do("modal/submit", person="U0ANA", view_id=view_id, state=state)
    (told,) = payload_of(bot.requests[-1])["view"]["state"]["values"]["file"]["v"]["files"]
    assert told == file
    assert (told["name"], told["size"], told["filetype"]) == ("lista de ana.csv", len(CSV), "csv")
    assert told["mimetype"] == "text/csv"
    assert told["url_private"].startswith(f"{sandbox.url}/files-pri/")


async def test_it_opens_with_the_bots_token_alone(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """Anybody else is led to where people log in, as Slack does."""
    file = (await upload(sandbox, http))["file"]
    answer = await http.get(file["url_private"], headers=TOKEN)
    assert (answer.content, answer.headers["content-type"]) == (CSV, "text/csv; charset=utf-8")
    for headers in ({}, {"authorization": "Bearer xoxb-other"}):
        assert (await http.get(file["url_private"], headers=headers)).status_code == 302
    elsewhere = file["url_private"].replace("files-pri", "files")
    assert (await http.get(elsewhere)).status_code == 404
    unknown = file["url_private"].replace(file["id"], "F9")
    assert (await http.get(unknown, headers=TOKEN)).status_code == 404


async def test_what_was_not_uploaded_cannot_be_sent(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient, http: httpx.AsyncClient
) -> None:
    """Nor what somebody else uploaded."""
    file = (await upload(sandbox, http, person="U0BRUNO"))["file"]
    view_id = await open_modal(do, bot, slack, modal(field("file", type="file_input")))
    for files in ([{"id": "F9"}], [file]):
        sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=given(*files))
        assert sent == {"ok": False, "error": "that file was not uploaded"}


async def test_more_files_than_asked_for_are_slacks_own_business(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient, http: httpx.AsyncClient
) -> None:
    """The bot isn't bothered; and a form that needs a file says so itself."""
    files = [(await upload(sandbox, http))["file"] for _ in range(2)]
    element = field("file", type="file_input", max_files=1)
    view_id = await open_modal(do, bot, slack, modal(element))
    sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=given(*files))
    assert sent["errors"] == {"file": "This takes no more than 1 files."}
    sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=given())
    assert sent["errors"] == {"file": "Please complete this required field."}


@pytest.mark.parametrize(
    ("content", "query", "words"),
    [
        (b"", {}, "a file has 1 to 10,000,000 bytes"),
        (b"1" * (GIVEN_LARGEST + 1), {}, "a file has 1 to 10,000,000 bytes"),
        (CSV, {"person": "U0NOBODY"}, "nobody here is 'U0NOBODY'"),
    ],
)
async def test_what_slack_would_not_take_is_refused(
    sandbox: Sandbox, http: httpx.AsyncClient, content: bytes, query: dict[str, str], words: str
) -> None:
    """In words that the page shows at the field."""
    assert await upload(sandbox, http, content, **query) == {"ok": False, "error": words}
