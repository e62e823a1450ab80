"""How the SOAP door reads: no more leniently than ASP.NET, or a broken client would pass here."""

import httpx
import pytest
from lxml import etree

from bot.sandbox.server import Sandbox
from tests.sandbox.desk import ANA, BIA
from tests.sandbox.soap_caller import (
    ORDER,
    PEOPLE,
    UNSET,
    WHO,
    Caller,
    read_fault,
    read_result,
    wrap,
)

URI = "http://tempuri.org/GetBalance"
NO_ACTION = (
    "Unable to handle request without a valid action parameter. Please supply a valid soap action."
)
UNKNOWN = "Server did not recognize the value of HTTP Header SOAPAction: "


@pytest.fixture
def caller(sandbox: Sandbox, http: httpx.AsyncClient) -> Caller:
    """Call a running sandbox."""
    return Caller(sandbox, http)


def at(written: str) -> str:
    """Order it for a time, as it is written."""
    return ORDER.replace(UNSET, f"<JobDateTime>{written}</JobDateTime>")


@pytest.mark.parametrize(
    "written",
    [
        "2099-12-24T19:00:00Z",
        "2099-12-24T16:00:00",
        "2099-12-24T16:00:00-03:00",
        " 2099-12-24T21:00:00.0000000+02:00 ",
    ],
)
async def test_a_time_is_told_as_the_platforms_own(
    sandbox: Sandbox, caller: Caller, written: str
) -> None:
    """Whatever offset it came with, and it is that instant; without one, it was Brasília's."""
    assert await caller.send(at(written)) == "90001:SUCESSO"
    job_at = sandbox.world.platform.campaigns[90001].order.job_at
    assert job_at is not None
    assert job_at.isoformat() == "2099-12-24T16:00:00-03:00"
    answer = await caller.post("GetStatus", f"{WHO}<Id>90001</Id>")
    told = etree.fromstring(answer.content).findtext(".//Table/DATA_AGENDAMENTO")
    assert told == "2099-12-24T16:00:00-03:00"


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z"])
async def test_a_time_that_nobody_set_is_now(
    sandbox: Sandbox, caller: Caller, written: str
) -> None:
    """It is what .NET's own clients send then; one that is left out is the same."""
    for order in (at(written), ORDER.replace(UNSET, "")):
        await caller.send(order)
    times = [one.order.job_at for one in sandbox.world.platform.campaigns.values()]
    assert times == [None, None]


async def test_any_other_time_of_the_first_year_is_past(caller: Caller) -> None:
    """Only the very first moment is no time at all."""
    assert await caller.send(at("0001-01-02T00:00:00")) == "0:DATA DE AGENDAMENTO INVALIDA"


async def test_a_day_alone_begins_at_midnight(sandbox: Sandbox, caller: Caller) -> None:
    """.NET takes any of XML Schema's dates for a ``DateTime``."""
    await caller.send(at("2099-12-24"))
    job_at = sandbox.world.platform.campaigns[90001].order.job_at
    assert job_at is not None
    assert job_at.isoformat() == "2099-12-24T00:00:00-03:00"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "amanhã",
        "24/12/2099 16:00",
        "20991224T160000",
        "2099-12-24T16:00",
        "2099-12-24 16:00:00",
        "2099-12-24T25:00:00",
        "2099-02-30T16:00:00",
        "9999-12-31T23:59:59-14:00",
        "٢٠٩٩-12-24T16:00:00",
    ],
)
async def test_what_is_no_time_never_reaches_the_platform(
    sandbox: Sandbox, caller: Caller, written: str
) -> None:
    """ASP.NET fails to read the request: a fault of the client's, not a refusal."""
    inside = f"{WHO}<SmsMessage>{at(written)}</SmsMessage>"
    words = read_fault(await caller.post("SendSMS", inside))
    assert words == (
        "soap:Client|Server was unable to read request. ---> There is an error in XML document."
        f" ---> The string '{written}' is not a valid AllXsd value."
    )
    (logged,) = sandbox.world.reception.log
    assert not logged.acted
    assert not sandbox.world.platform.campaigns


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, NO_ACTION),
        ({"soapaction": '""'}, f"{UNKNOWN}."),
        ({"soapaction": "GetBalance"}, f"{UNKNOWN}GetBalance."),
        ({"soapaction": f'"{URI}/"'}, f"{UNKNOWN}{URI}/."),
        ({"soapaction": f'"{URI.lower()}"'}, f"{UNKNOWN}{URI.lower()}."),
    ],
)
async def test_soap_11_goes_by_its_header_alone(
    caller: Caller, headers: dict[str, str], words: str
) -> None:
    """Whoever leaves out the action, or has it only nearly, isn't served by the body's word."""
    body = wrap("GetBalance", WHO)
    told = read_fault(await caller.post_as(body, {"content-type": "text/xml"} | headers))
    assert told == f"soap:Client|{words}"
    quoteless = {"content-type": "text/xml", "soapaction": URI}
    assert read_result(await caller.post_as(body, quoteless), "GetBalance") == "10000"


@pytest.mark.parametrize("action", ["", '; action=""'])
async def test_soap_12_may_leave_it_to_the_body(caller: Caller, action: str) -> None:
    """To an element of the service's own; with an action, that one has to be right."""
    kind = f"application/soap+xml; charset=utf-8{action}"
    body = wrap("GetBalance", WHO, "1.2")
    answer = await caller.post_as(body, {"content-type": kind})
    assert read_result(answer, "GetBalance", "1.2") == "10000"
    for odd in (wrap("SendMMS", WHO, "1.2"), body.replace("tempuri.org", "tempuri.example")):
        told = read_fault(await caller.post_as(odd, {"content-type": kind}))
        assert told == f"soap:Sender|{NO_ACTION}"
    wrong = {"content-type": 'application/soap+xml; action="GetBalance"'}
    assert read_fault(await caller.post_as(body, wrong)) == f"soap:Sender|{UNKNOWN}GetBalance."


@pytest.mark.parametrize(
    "kind", ["", "application/xml", "application/x-www-form-urlencoded", "text/xmlish"]
)
async def test_what_says_it_is_no_soap_gets_a_page(
    sandbox: Sandbox, caller: Caller, kind: str
) -> None:
    """ASP.NET has nobody to give it to, however well it reads."""
    headers = {"soapaction": URI} | ({"content-type": kind} if kind else {})
    answer = await caller.post_as(wrap("GetBalance", WHO), headers)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "Request format is unrecognized." in answer.text
    (logged,) = sandbox.world.reception.log
    assert (logged.door, logged.acted) == ("soap", False)


async def test_a_field_of_no_namespace_is_none(sandbox: Sandbox, caller: Caller) -> None:
    """The schema is qualified: to ASP.NET it isn't the one it looks for, so it is null."""
    odd = (
        '<UrlCallback xmlns="">http://127.0.0.1:1/</UrlCallback>'
        '<JobDateTime xmlns="">2099-12-24T16:00:00</JobDateTime>'
    )
    await caller.send(ORDER.replace(UNSET, odd))
    order = sandbox.world.platform.campaigns[90001].order
    assert (order.callback_url, order.job_at) == (None, None)
    bare = ORDER.replace("<Msg>", '<Msg xmlns="">')
    assert await caller.send(bare) == "0:MENSAGEM NAO INFORMADA"


async def test_a_login_of_no_namespace_is_none(caller: Caller) -> None:
    """Nobody is logged in, then."""
    bare = WHO.replace("<User>", '<User xmlns="">')
    answer = await caller.post("GetBalance", bare)
    assert read_result(answer, "GetBalance") == "0:FALHA AO REALIZAR LOGIN"


async def test_only_destinations_are_people(sandbox: Sandbox, caller: Caller) -> None:
    """By their name and the service's namespace; what else stands there is passed over."""
    person = PEOPLE.replace(ANA, BIA)
    odd = (
        person.replace("Destination", "Person"),
        person.replace("<Destination>", '<Destination xmlns="">'),
        person.replace("<Number>", '<Number xmlns="">'),
    )
    await caller.send(ORDER.replace(PEOPLE, PEOPLE + "".join(odd)))
    assert sandbox.world.platform.campaigns[90001].order.numbers == (ANA,)


@pytest.mark.parametrize("inside", ["<!-- x -->", "<?x y?>", "<![CDATA[]]>"])
async def test_what_is_no_text_leaves_the_text_whole(
    sandbox: Sandbox, caller: Caller, inside: str
) -> None:
    """Comments and processing instructions say nothing to anybody."""
    await caller.send(ORDER.replace("Oi &amp;", f"Oi{inside} &amp;"))
    assert sandbox.world.platform.campaigns[90001].order.text == "Oi & tchau"


async def test_the_headers_charset_is_the_bodys(sandbox: Sandbox, caller: Caller) -> None:
    """As ASP.NET has it, whatever the document says of itself; one that nobody knows is none."""
    inside = f"{WHO}<SmsMessage>{ORDER.replace('Oi', 'olá')}</SmsMessage>"
    body = '<?xml version="1.0" encoding="utf-8"?>' + wrap("SendSMS", inside)
    headers = {"soapaction": URI.replace("GetBalance", "SendSMS")}
    for charset in ("iso-8859-1", '"ISO-8859-1"', "utf-8"):
        kind = f"text/xml; charset={charset}"
        answer = await caller.post_as(
            body.encode(charset.strip('"')), headers | {"content-type": kind}
        )
        assert read_result(answer, "SendSMS").endswith(":SUCESSO")
    await caller.post_as(body.encode(), headers | {"content-type": "text/xml"})
    texts = [one.order.text for one in sandbox.world.platform.campaigns.values()]
    assert texts == ["olá & tchau"] * 4
    answer = await caller.post_as(body, headers | {"content-type": "text/xml; charset=klingon"})
    assert read_fault(answer) == "soap:Client|Server was unable to read request."


@pytest.mark.parametrize(
    "bomb",
    [
        '<!ENTITY a "aaaaaaaaaa">'
        + "".join(
            f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        '<!ENTITY i SYSTEM "file:///etc/hostname">',
    ],
)
@pytest.mark.parametrize("where", ["<User>&i;</User>", '<User x="&i;"/>'])
async def test_entities_are_neither_filled_in_nor_fetched(
    sandbox: Sandbox, caller: Caller, bomb: str, where: str
) -> None:
    """In texts and in attributes, where parsers fill them in on their own."""
    body = f"<!DOCTYPE s [{bomb}]>" + wrap("GetBalance", where)
    told = read_fault(await caller.post_raw(body, "GetBalance"))
    assert told.startswith("soap:Client|Server was unable to read request.")
    (logged,) = sandbox.world.reception.log
    assert (logged.parameters, logged.acted) == ({}, False)


async def test_a_fault_is_xml_whatever_it_repeats(caller: Caller) -> None:
    """A header may hold what no XML can; it is told with a question mark in its place."""
    headers = {"content-type": "text/xml", "soapaction": '"\x01<&"'}
    told = read_fault(await caller.post_as(wrap("GetBalance", WHO), headers))
    assert told == f"soap:Client|{UNKNOWN}?<&."


async def test_a_byte_order_mark_is_no_letter(caller: Caller) -> None:
    """.NET writes one before UTF-8."""
    headers = {"content-type": "text/xml; charset=utf-8", "soapaction": URI}
    answer = await caller.post_as(wrap("GetBalance", WHO).encode("utf-8-sig"), headers)
    assert read_result(answer, "GetBalance") == "10000"
