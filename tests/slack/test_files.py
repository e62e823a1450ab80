"""Lists given as files in the form: from the upload to the card, or to a refusal that helps."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.domain.errors import Refusal
from bot.domain.file_refusals import FileNotGiven, FileTooLarge
from bot.domain.numbers import Fault
from bot.ports import SharedFile
from bot.sandbox.listener import Listener
from handlers.slack.files import SlackFiles
from tests.lists.workbooks import Cell, write_workbook
from tests.slack.reception import ANA, MARKETING, Reception

LIST = b"nome;Celular\nAna;31999990001\nBia;31 8888-0002\nCaio;1234\n"
TOKEN = "xoxb-sandbox-bot"


async def compose(
    reception: Reception,
    content: bytes,
    *,
    name: str = "lista.csv",
    numbers: str = "",
    **typed: str,
) -> str:
    """Open the form, fill it in with a file, and send it; tell Slack's answer."""
    await reception.type("/sms-send")
    slack = reception.sandbox.world.slack
    file = slack.files.give(name, content, user=ANA).as_slack(slack.url)
    written = {"text": "Feliz Natal", "numbers": numbers, **typed}
    reception.answer(ANA, "file")["files"] = [file]
    return (await reception.submit(person=ANA, **written)).text


async def people(reception: Reception) -> list[str]:
    """Whom the first campaign is for."""
    return list(
        await reception.services.store.read(
            lambda tx: [
                number
                for campaign in tx.campaigns.in_channel(MARKETING, limit=1)  # type: ignore[arg-type]  # an id
                for number in tx.recipients.numbers(campaign.id)
            ]
        )
    )


async def test_a_file_becomes_a_card(reception: Reception) -> None:
    """And its writer reads where in it the numbers were found, and who was left out."""
    assert await compose(reception, LIST) == ""
    assert await people(reception) == ["31999990001", "3188880002"]
    note = reception.private()[-1]
    assert "#1 is in the channel, waiting for approval: 2 people." in note
    assert "The numbers are those of the column `Celular`." in note
    assert "1 left out: 1 too short" in note
    assert "line 4 `1234` too short" in note
    await reception.tell()
    assert "Feliz Natal" in reception.public()[-1]


async def test_who_was_left_out_of_a_file_comes_back_as_one(reception: Reception) -> None:
    """To the writer alone, with each line and why; where nobody was, nothing comes."""
    await compose(reception, LIST.replace(b"Caio;1234\n", b""))
    slack = reception.sandbox.world.slack
    assert [one for one in slack.messages.in_channel("D0ANA") if one.content.files] == []
    await compose(reception, LIST)
    (told,) = [one for one in slack.messages.in_channel("D0ANA") if one.content.files]
    assert "Who was left out of your list for #2" in told.content.text
    (file,) = told.content.files
    assert file.name == "left-out-2.csv"
    assert file.content is not None
    assert file.content.decode("utf-8-sig").splitlines()[1] == "4,1234,too short"


async def test_a_file_that_slack_does_not_take_stops_nothing(client: AsyncWebClient) -> None:
    """The note has told the most of it already."""
    away = AsyncWebClient("xoxb-other", base_url=client.base_url)
    assert not await SlackFiles(away).give(ANA, name="a.csv", content=b"a", comment="a")  # type: ignore[arg-type]  # an id


async def test_a_workbook_says_which_sheet_was_read(reception: Reception) -> None:
    """And how many weren't; a column found by what is in it is named, too."""
    rows: list[list[Cell]] = [["Ana", 31999990001.0], ["Bia", "31988880002"]]
    await compose(reception, write_workbook(rows, rows, rows), name="lista.xlsx")
    assert await people(reception) == ["31999990001", "31988880002"]
    note = reception.private()[-1]
    assert "the column `B`: none is named like phone numbers" in note
    assert "Only the sheet `Plan1` was read; the file has 2 more." in note


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("foto.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "That file is no list"),
        ("lista.csv", b"nome;cidade\nAna;Recife\n", "no column with mobile numbers"),
        ("lista.csv", b" ", "nothing in that file"),
        ("lista.csv", b'nome;fone\n"Ana;31999990001\n', "Line 2 of the file has a quotation mark"),
        ("lista.xlsx", b"PK\x03\x04", "That file is damaged"),
    ],
)
async def test_a_refused_file_loses_nothing(
    reception: Reception, name: str, content: bytes, words: str
) -> None:
    """What to do is said privately, with the text to copy; the form is kept, too."""
    assert await compose(reception, content, name=name, when="24/12/2026 16:00") == ""
    said = reception.private()[-1]
    assert words in said
    assert "```Feliz Natal```" in said
    assert await people(reception) == []


async def test_two_lists_are_asked_back_at_the_file(reception: Reception) -> None:
    """The form stays open, with everything in it."""
    answer = json.loads(await compose(reception, LIST, numbers="31999990001"))
    assert answer["response_action"] == "errors"
    assert "I don't know which list you mean" in answer["errors"]["file"]


async def test_a_file_of_another_kind_is_refused_in_the_form(reception: Reception) -> None:
    """Where another can be chosen at once."""
    answer = json.loads(await compose(reception, LIST, name="lista.xlsm"))
    assert "macros" in answer["errors"]["file"]


async def test_neither_numbers_nor_a_file_is_said_at_the_numbers(reception: Reception) -> None:
    """Slack asks for neither, so the form has to."""
    await reception.type("/sms-send")
    answer = await reception.submit(person=ANA, text="Oi", numbers="")
    assert "There's no number to send to" in json.loads(answer.text)["errors"]["numbers"]


async def test_two_presses_make_one_campaign(reception: Reception) -> None:
    """Slack sends a form again where it doubts that it arrived; the file is fetched once."""
    await compose(reception, LIST)
    await reception.send_form(person=ANA)
    campaigns = await reception.services.store.read(
        lambda tx: tx.campaigns.in_channel(MARKETING, limit=9)  # type: ignore[arg-type]  # an id
    )
    assert len(campaigns) == 1
    assert len(reception.private()) == 1


async def test_who_was_left_out_can_be_had_as_a_list(reception: Reception) -> None:
    """For the file that the writer mends theirs by."""
    await compose(reception, LIST)
    (campaign,) = await reception.services.store.read(
        lambda tx: tx.campaigns.in_channel(MARKETING, limit=9)  # type: ignore[arg-type]  # an id
    )
    (left_out,) = await reception.services.listing.left_out(campaign.id)
    assert (left_out.line, left_out.raw, left_out.fault) == (4, "1234", Fault.TOO_SHORT)


Answering = Callable[[Request], Awaitable[Response]]


@asynccontextmanager
async def slack_that(answers: Answering) -> AsyncIterator[tuple[str, list[str]]]:
    """Run a Slack whose files answer so; tell its address, and which tokens came."""
    tokens: list[str] = []

    async def take(request: Request) -> Response:
        tokens.append(request.headers.get("authorization", ""))
        return await answers(request)

    listener = Listener(Starlette(routes=[Route("/{path:path}", take)]), "127.0.0.1", 0)
    await listener.start()
    try:
        yield f"http://127.0.0.1:{listener.port}", tokens
    finally:
        await listener.stop()


async def fetch(url: str, path: str = "/files-pri/F1/lista.csv", *, most: int = 100) -> bytes:
    """Fetch a file from there."""
    files = SlackFiles(AsyncWebClient(TOKEN, base_url=f"{url}/api/"))
    shared = SharedFile("F1", "lista.csv", 1, path if "//" in path else f"{url}{path}")
    return await files.fetch(shared, most_bytes=most)


async def test_a_file_is_fetched_with_the_bots_token() -> None:
    """As Slack asks for it."""

    async def give(_: Request) -> Response:
        return Response(LIST, media_type="text/csv")

    async with slack_that(give) as (url, tokens):
        assert await fetch(url) == LIST
    assert tokens == [f"Bearer {TOKEN}"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "lista.csv",
        "http://files.slack.com/a.csv",
        "https://files.slack.com.example.com/a.csv",
        "https://files.slack.com:444/a.csv",
        "https://files.slack.com@127.0.0.1/a.csv",
        "https://ana@files.slack.com/a.csv",
        "https://127.0.0.1/a.csv",
        "http://127.0.0.1:1/a.csv",
        "file:///etc/passwd",
        "http://[::1",
        "https://127.0.0.1\\@files.slack.com/a.csv",
    ],
)
async def test_the_token_goes_nowhere_else(elsewhere: str) -> None:
    """The address comes with a request; whoever could forge one would have our token sent."""

    async def give(_: Request) -> Response:
        return Response(LIST)

    async with slack_that(give) as (url, tokens):
        with pytest.raises(FileNotGiven):
            await fetch(url, elsewhere or "//")
    assert tokens == []


async def refuse(_: Request) -> Response:
    """Say no."""
    return Response(status_code=403)


async def lead_away(_: Request) -> Response:
    """Send somewhere else."""
    return RedirectResponse("/elsewhere")


async def show_a_page(_: Request) -> Response:
    """Show the page where people log in, as Slack does without the scope."""
    return Response("<html>", media_type="text/html; charset=utf-8")


async def flood(_: Request) -> Response:
    """Give more and more."""

    async def drops() -> AsyncIterator[bytes]:
        while True:
            yield b"1" * 50
            await asyncio.sleep(0)

    return StreamingResponse(drops())


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        (refuse, FileNotGiven),
        (lead_away, FileNotGiven),
        (show_a_page, FileNotGiven),
        (flood, FileTooLarge),
    ],
)
async def test_what_is_no_file_is_not_taken_for_one(
    answers: Answering, refusal: type[Refusal]
) -> None:
    """Each ends in words for the person, and no redirect is followed."""
    async with slack_that(answers) as (url, tokens):
        with pytest.raises(refusal):
            await fetch(url)
        assert len(tokens) == 1


async def test_a_slack_that_is_away_is_said() -> None:
    """So that the person tries again."""

    async def give(_: Request) -> Response:
        return Response(LIST)

    async with slack_that(give) as (url, _):
        pass
    with pytest.raises(FileNotGiven):
        await fetch(url)
