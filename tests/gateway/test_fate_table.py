"""Each ending of the table in decision 2, over a real socket, and the class that it gets there.

``fate`` looks the running test up in the table and holds its ending to the row's class, so the
page is what is tested. Where the platform sees something before a time-out, the loop's clock is put
ahead from then on, and nobody waits; where it sees nothing, the time-out is short.
"""

import asyncio
import inspect
import itertools
from collections.abc import Awaitable, Callable

import pytest

from bot.domain.ids import Number
from bot.gateway.connection import Patience
from bot.gateway.door import Door
from tests.gateway.asking import CALLBACK, free_port, send
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import NEVER, MakeDoor, PassTime, run_out
from tests.gateway.dialects import DIALECTS, LOGIN, Dialect, envelope, fault, soap
from tests.gateway.fates import ERRORS, ROOT, read_table
from tests.gateway.listening import (
    address_of,
    count_waiting,
    nobody_accepts,
    nobody_reads,
    read_waiting,
)

Fate = Callable[[Awaitable[object]], Awaitable[str]]
TLS_ALERT = b"\x15\x03\x03\x00\x02\x02\x28"  # fatal: handshake failure
HEAD = b"HTTP/1.1 200 OK\r\n"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
INSTANT = 0.05  # seconds


def bodies(http: list[str], soap: list[str]) -> pytest.MarkDecorator:
    """Run a test with each door's own bodies."""
    pairs = [("http", body) for body in http] + [("soap", body) for body in soap]
    return pytest.mark.parametrize(("dialect", "body"), pairs, indirect=["dialect"])


def results(*texts: str) -> list[str]:
    """Write each text as the SOAP door's result."""
    return [DIALECTS["soap"].say(text) for text in texts]


@pytest.fixture
def fate(request: pytest.FixtureRequest) -> Fate:
    """Hold an ending to its class in the table, and return what the error says."""
    row = next(row for row in read_table() if row.test == request.function.__name__)
    expected = ERRORS[row.fate]

    async def hold(sending: Awaitable[object]) -> str:
        if expected is None:
            await sending
            return ""
        with pytest.raises(expected) as caught:
            await sending
        return str(caught.value)

    return hold


def over_tls(platform: CannedPlatform) -> str:
    """Spell the address of a platform that only seems to speak TLS."""
    platform.is_hasty = True
    return platform.url.replace("http:", "https:")


def test_each_row_has_its_test_and_each_test_its_row() -> None:
    """A page that promises more than was seen, or less, is out of date."""
    named = [row.test for row in read_table()]
    here = [
        name
        for name, thing in globals().items()
        if name.startswith("test_") and "fate" in inspect.signature(thing).parameters
    ]
    assert sorted(name for name in named if "::" not in name) == sorted(here)
    for path, _, name in (one.partition("::") for one in named if "::" in one):
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


async def test_nobody_listens(make_door: MakeDoor, fate: Fate) -> None:
    """A refused connection carried nothing."""
    await fate(send(make_door(f"http://127.0.0.1:{free_port()}/")))


async def test_no_such_host(make_door: MakeDoor, fate: Fate) -> None:
    """Nobody is under ``.invalid``, whoever is asked: the name is really looked up."""
    await fate(send(make_door("http://nowhere.invalid/painel/api.ashx")))


@pytest.mark.parametrize(
    "place", ["a..b", "xn--a", "a b", "a" * 64, "127.0.0.1:99999", "h/" + "a" * 65_536]
)
async def test_address_that_cannot_be_built(make_door: MakeDoor, fate: Fate, place: str) -> None:
    """A host's name, a port, a length that can't be: no setting gets so far, and if it did."""
    await fate(send(make_door(f"http://{place}/painel/api.ashx")))


async def test_connect_time_out(make_door: MakeDoor, fate: Fate) -> None:
    """The request is written only once the connection stands, and this one never did."""
    with nobody_accepts() as listener:
        await fate(send(make_door(address_of(listener), patience=Patience(connect=INSTANT))))
        assert count_waiting(listener) == 1  # the one that fills the queue


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", TLS_ALERT, b""])
async def test_tls_that_does_not_come_about(
    platform: CannedPlatform, make_door: MakeDoor, fate: Fate, answer: bytes
) -> None:
    """A server without TLS, one that refuses ours, one that hangs up: it got a greeting."""
    platform.answer = answer
    await fate(send(make_door(over_tls(platform))))
    assert await platform.seen() == (1, 0)
    assert platform.strays[0]
    assert LOGIN.encode() not in b"".join(platform.strays)


async def test_tls_time_out(
    platform: CannedPlatform, make_door: MakeDoor, fate: Fate, pass_time: PassTime
) -> None:
    """The greeting came, and nothing after it."""
    platform.answer = Deed.HANG
    sending = asyncio.create_task(
        send(make_door(over_tls(platform), patience=Patience(total=NEVER)))
    )
    await platform.asked.wait()
    await run_out(sending, pass_time)
    await fate(sending)
    assert await platform.seen() == (1, 0)
    assert LOGIN.encode() not in b"".join(platform.strays)


async def test_total_time_out_while_connecting(
    platform: CannedPlatform, make_door: MakeDoor, fate: Fate, pass_time: PassTime
) -> None:
    """It stands over everything, so what it cuts off is told by how far the request was."""
    platform.answer = Deed.HANG
    sending = asyncio.create_task(
        send(make_door(over_tls(platform), patience=Patience(connect=NEVER)))
    )
    await platform.asked.wait()
    await run_out(sending, pass_time)
    await fate(sending)
    assert await platform.seen() == (1, 0)


async def test_no_request_waits_for_another(
    door: Door, platform: CannedPlatform, dialect: Dialect, fate: Fate
) -> None:
    """More at once than a pool would let through, and the platform waits for the last of them."""
    platform.says(dialect.yes())
    platform.crowd = 101
    await fate(asyncio.gather(*(send(door) for _ in range(101))))
    assert await platform.seen() == (101, 101)


@bodies(
    [envelope(4711), envelope("4711"), "4711", "4711:SUCESSO"],
    [*results("4711:SUCESSO", "4711", " 4711:SUCESSO. "), soap("<R>4711</R>", version=SOAP_12)],
)
async def test_yes(door: Door, platform: CannedPlatform, fate: Fate, body: str) -> None:
    """It gave the campaign a number."""
    platform.says(body)
    await fate(send(door))
    assert await platform.seen() == (1, 1)


@bodies(
    [envelope(None, status=0, msg="SALDO"), "0:SALDO", envelope("SALDO", status=0)],
    results("0:SALDO", " 0 : SALDO "),
)
async def test_no(door: Door, platform: CannedPlatform, fate: Fate, body: str) -> None:
    """It said so, and why."""
    platform.says(body)
    assert await fate(send(door)) == "SALDO"
    assert await platform.seen() == (1, 1)


async def test_write_time_out(make_door: MakeDoor, dialect: Dialect, fate: Fate) -> None:
    """A part of the request left: how much of it the platform understood, nobody knows."""
    with nobody_reads() as listener:
        door = make_door(address_of(listener), patience=Patience(step=INSTANT))
        numbers = [Number("31999990001")] * 5000
        sending = door.send("Olá", numbers, callback_url=CALLBACK, send_at=None)
        assert await fate(sending) == "no answer in time"
        (came,) = await read_waiting(listener)
    assert came.startswith(dialect.first)
    assert dialect.last not in came.partition(dialect.first)[2][5000:]


@pytest.mark.parametrize("deed", [Deed.HANG, Deed.HANG_HALF_WAY])
async def test_read_time_out(
    make_door: MakeDoor, platform: CannedPlatform, fate: Fate, pass_time: PassTime, deed: Deed
) -> None:
    """The platform may be sending while we give up waiting."""
    platform.answer = deed
    sending = asyncio.create_task(send(make_door(platform.url, patience=Patience(total=NEVER))))
    await platform.asked.wait()
    await run_out(sending, pass_time)
    assert await fate(sending) == "no answer in time"
    assert await platform.seen() == (1, 1)


async def test_slow_drip(
    door: Door, platform: CannedPlatform, fate: Fate, pass_time: PassTime
) -> None:
    """Each byte comes in time, the end of them doesn't."""
    platform.answer = Deed.HANG_HALF_WAY
    sending = asyncio.create_task(send(door))
    await platform.asked.wait()

    def pass_time_and_drip(seconds: float) -> None:
        pass_time(seconds)
        platform.drip()

    await run_out(sending, pass_time_and_drip)
    assert await fate(sending) == "no answer in time"
    assert await platform.seen() == (1, 1)


async def test_closed_unread(door: Door, platform: CannedPlatform, fate: Fate) -> None:
    """The connection stood, and the request was written: into what, nobody knows."""
    platform.answer = Deed.CLOSE_AT_ONCE
    assert await fate(send(door)) == "the connection broke"
    assert await platform.seen() == (1, 0)


@pytest.mark.parametrize("deed", [Deed.CLOSE_AFTER_READING, Deed.RESET_AFTER_READING])
async def test_closed_without_an_answer(
    door: Door, platform: CannedPlatform, fate: Fate, deed: Deed
) -> None:
    """It read everything, and then it may have died of it or have done it."""
    platform.answer = deed
    assert await fate(send(door)) == "the connection broke"
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize(
    "answer",
    [
        Deed.BREAK_OFF_HALF_WAY,
        Deed.RESET_HALF_WAY,
        HEAD + b"Content-Le",
        HEAD + b"Content-Length: 5\r\n\r\n4711",
        CHUNKED + b"4\r\n4711\r\n",
        CHUNKED + b"5\r\n4711",
        HEAD + b"\r\n" + b'{"status": 1, "data": 47',
        HEAD + b"\r\n" + soap("<R>4711:SUCESSO</R>")[:-20].encode(),
    ],
)
async def test_answer_cut_short(
    door: Door, platform: CannedPlatform, fate: Fate, answer: bytes | Deed
) -> None:
    """What is missing may be the word that matters, even after a number."""
    platform.answer = answer
    assert await fate(send(door)) in {
        "the connection broke",
        "JSON that does not parse",
        "XML that does not parse",
        "a web page",
    }
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize("status", [101, 201, 202, 204, 206, 301, 302, 303, 307, 308])
async def test_another_status(
    door: Door, platform: CannedPlatform, dialect: Dialect, fate: Fate, status: int
) -> None:
    """Nobody follows it: a request that moves on has perhaps been done already."""
    platform.says(dialect.yes(), status=status, more_headers=f"Location: {platform.url}\r\n")
    assert await fate(send(door)) in {f"HTTP {status}", "the connection broke"}
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize("status", [400, 401, 404, 408, 429, 500, 502, 503, 504])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>404</html>",
        envelope(4711),
        envelope(None, status=0, msg="ERRO"),
        *results("4711:SUCESSO", "0:ERRO"),
    ],
)
async def test_error_page(
    door: Door, platform: CannedPlatform, fate: Fate, status: int, body: str
) -> None:
    """Whose page it is can't be told: a proxy's, or that of a handler that broke half way."""
    platform.says(body, status=status)
    assert await fate(send(door)) == f"HTTP {status}"
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize("body", ["<!DOCTYPE html>4711", "\n<html>0:ERRO</html>"])
async def test_web_page(door: Door, platform: CannedPlatform, fate: Fate, body: str) -> None:
    """A page with 200 is no yes: some servers show their errors so."""
    platform.says(body)
    assert await fate(send(door)) == "a web page"
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize(
    ("dialect", "body", "words"),
    [
        ("http", "", "an empty answer"),
        ("http", " \r\n", "an empty answer"),
        ("http", '{"status": 1, "data"', "JSON that does not parse"),
        ("http", "{}", "an unknown status in the answer"),
        ("http", envelope(4711, status=7), "an unknown status in the answer"),
        ("http", envelope({"id": 4711}), "data of no known shape"),
        ("soap", "", "an empty answer"),
        ("soap", "4711:SUCESSO", "XML that does not parse"),
        ("soap", "<ok/>", "XML that is no SOAP answer"),
        ("soap", soap("4711")[:1] + soap("4711")[-9:], "XML that does not parse"),
        ("soap", soap(""), "an empty answer"),
        ("soap", soap("<R/>"), "an empty answer"),
        ("soap", soap("<R><Id>4711</Id></R>"), "data of no known shape"),
        ("soap", soap("").replace("Response", "s:Body"), "an empty answer"),
        ("soap", soap("<R>4711</R>", version="urn:other"), "XML that is no SOAP answer"),
        ("soap", '<s:Envelope xmlns:s="' + SOAP_12 + '"/>', "XML that is no SOAP answer"),
        ("soap", '<s:Envelope xmlns:s="' + SOAP_12 + '"><s:Body/></s:Envelope>', "an empty answer"),
    ],
    indirect=["dialect"],
)
async def test_neither_yes_nor_no(
    door: Door, platform: CannedPlatform, fate: Fate, body: str, words: str
) -> None:
    """What isn't understood isn't guessed at."""
    platform.says(body)
    assert await fate(send(door)) == words
    assert await platform.seen() == (1, 1)


@bodies(
    [envelope(None), envelope("abc"), envelope(0), "FALHA", '"4711 ', "47 11"],
    [*results("abc", "00", "FALHA", "47 11", "SUCESSO"), DIALECTS["soap"].table()],
)
async def test_no_campaign_number(
    door: Door, platform: CannedPlatform, fate: Fate, body: str
) -> None:
    """A yes that can't be asked about later may be no yes at all."""
    platform.says(body)
    assert await fate(send(door)) == "an answer with no campaign number"
    assert await platform.seen() == (1, 1)


async def test_over_a_megabyte(door: Door, platform: CannedPlatform, fate: Fate) -> None:
    """It isn't read on: whatever this is, it is no campaign number."""
    platform.says(" " * 1_000_001)
    assert await fate(send(door)) == "an answer of over 1 MB"
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize(
    "answer",
    [
        b"220 smtp.example.com\r\n",
        b"4711",
        b"\x00\xff" * 99,
        HEAD + b"X: " + b"x" * 200_000,
        HEAD + b"Content-Length: many\r\n\r\n4711",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n4711",
    ],
)
async def test_not_http(door: Door, platform: CannedPlatform, fate: Fate, answer: bytes) -> None:
    """The server behind the port may be anything."""
    platform.answer = answer
    assert await fate(send(door)) == "the connection broke"
    assert await platform.seen() == (1, 1)


@pytest.mark.parametrize("dialect", ["soap"], indirect=True)
@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("version", ["http://schemas.xmlsoap.org/soap/envelope/", SOAP_12])
async def test_soap_fault(
    door: Door, platform: CannedPlatform, fate: Fate, status: int, version: str
) -> None:
    """Something broke, before the texts went or after: the fault doesn't say, whatever it says."""
    platform.says(fault(version=version), status=status)
    assert await fate(send(door)) == "a SOAP fault"
    assert await platform.seen() == (1, 1)


BOMB = "<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>"
    for before, name in itertools.pairwise("abcdefghijklmnop")
)


@pytest.mark.parametrize("dialect", ["soap"], indirect=True)
@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE R [{BOMB}]>",
        f"<!DOCTYPE R [<!ENTITY p SYSTEM 'file://{__file__}'>]>",
        "<!DOCTYPE R SYSTEM 'http://127.0.0.1:1/x.dtd'>",
        "<!DOCTYPE R [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x.dtd'> %p;]>",
        "<!DOCTYPE R>",
    ],
)
@pytest.mark.parametrize("alphabet", ["utf-8", "utf-16"])
async def test_document_type(
    door: Door, platform: CannedPlatform, fate: Fate, doctype: str, alphabet: str
) -> None:
    """Nothing in an answer acts: a bomb doesn't go off, no file is read, nobody is called."""
    body = soap("<R>4711:SUCESSO&p;</R>" if "ENTITY" in doctype else "<R>4711:SUCESSO</R>")
    platform.says(body.replace("?>", f"?>{doctype}", 1).replace("utf-8", alphabet).encode(alphabet))
    assert await fate(send(door)) in {"XML with a document type", "XML that does not parse"}
    assert await platform.seen() == (1, 1)
