"""The pretend platform's SOAP door: what ASP.NET shows, and the same platform behind it."""

from dataclasses import replace

import httpx
import pytest
from lxml import etree

from bot.sandbox.campaigns import CampaignState
from bot.sandbox.server import Sandbox
from bot.sandbox.troubles import Trouble
from tests.sandbox.conftest import OPTIONS, Receiver
from tests.sandbox.desk import ANA, BIA, LOGIN, NOBODY, Ask
from tests.sandbox.soap_caller import (
    ORDER,
    PEOPLE,
    SPACES,
    UNSET,
    WHO,
    Caller,
    read_fault,
    read_result,
    wrap,
)


@pytest.fixture
def caller(sandbox: Sandbox, http: httpx.AsyncClient) -> Caller:
    """Call a running sandbox."""
    return Caller(sandbox, http)


@pytest.mark.parametrize("version", SPACES)
async def test_a_send_by_soap_reaches_the_phones(
    sandbox: Sandbox, caller: Caller, version: str
) -> None:
    """``ID:SUCESSO`` in the version that was asked; the campaign is one as by HTTP."""
    assert await caller.send(version=version) == "90001:SUCESSO"
    await sandbox.world.wait_for(lambda: len(sandbox.world.phones) == 1)
    message = sandbox.world.phones[ANA].newest_received
    assert message is not None
    assert message.text == "Oi & tchau"
    assert sandbox.world.platform.credit == 9_999


async def test_both_doors_lead_to_one_platform(sandbox: Sandbox, caller: Caller, ask: Ask) -> None:
    """One credit, one row of numbers, one hold, one minute."""
    later = ORDER.replace(UNSET, "<JobDateTime>2099-12-24T16:00:00</JobDateTime>")
    assert await caller.send(later) == "90001:SUCESSO"
    assert (await ask("sendsms", msg="a", numbers=ANA)).json()["data"] == "90002"
    assert await caller.ask("SetHoldSMS", "<Id>90001</Id>") == "1:SUCESSO"
    states = [sandbox.world.platform.campaigns[90001].state]
    assert (await ask("releasesms", id="90001")).json()["msg"] == "SUCESSO"
    states.append(sandbox.world.platform.campaigns[90001].state)
    assert states == [CampaignState.HELD, CampaignState.SCHEDULED]
    assert await caller.ask("GetBalance") == "9998"
    assert (await ask("getbalance")).json()["msg"] == "CONSULTA PERMITIDA DE 1 EM 1 MINUTO"
    assert await caller.ask("GetStatus", "<Id>7</Id>") == "0:CAMPANHA NAO ENCONTRADA"


async def test_status_is_a_table_with_its_schema(sandbox: Sandbox, caller: Caller) -> None:
    """Thirteen columns in the HTTP rows' order; a null is left out; times say their offset."""
    people = PEOPLE + f"<Destination><Number>{NOBODY}</Number><Ref>r2</Ref></Destination>"
    await caller.send(ORDER.replace(PEOPLE, people))
    await sandbox.world.wait_for(lambda: sandbox.world.platform.campaigns[90001].is_done)
    answer = await caller.post("GetStatus", f"{WHO}<Id>90001</Id>")
    root = etree.fromstring(answer.content)
    columns = [one.get("name") for one in root.iterfind(".//{*}sequence/{*}element")]
    assert (len(columns), columns[6], columns[10], columns[12]) == (
        13,
        "STATUS",
        "CELULAR",
        "MENSAGEM",
    )
    rows = root.findall(".//NewDataSet/Table")
    assert [row.findtext("CELULAR") for row in rows] == [ANA, NOBODY]
    assert [row.findtext("STATUS") for row in rows] == ["ENVIADO COM SUCESSO", "NUMERO INVALIDO"]
    assert [row.findtext("OPERADORA") for row in rows] == ["CLARO", None]
    assert (rows[0].findtext("DATA_ENTREGA") or "").endswith("-03:00")
    sandbox.world.platform.forget_polls()
    answer = await caller.post("GetStatusByRef", f"{WHO}<Id>90001</Id><Ref>r2</Ref>")
    (row,) = etree.fromstring(answer.content).findall(".//NewDataSet/Table")
    assert row.findtext("CELULAR") == NOBODY


async def test_call_backs_carry_each_persons_reference(
    sandbox: Sandbox, caller: Caller, receiver: Receiver
) -> None:
    """Deliveries and answers alike."""
    await caller.send(f"{ORDER}<UrlCallback>{receiver.url}</UrlCallback>")
    await sandbox.world.wait_for(lambda: len(receiver.requests) == 1)
    sandbox.world.platform.answer(ANA, "quero")
    await sandbox.world.wait_for(lambda: len(receiver.requests) == 2)
    told = [request.fields[0][1] for request in receiver.requests]
    assert all(line.startswith(f"90001;{ANA};") and line.endswith(";r1") for line in told)


async def test_a_platform_may_know_no_call_backs(http: httpx.AsyncClient) -> None:
    """Then the WSDL has no fields for them, and what is there is passed over."""
    async with Sandbox(replace(OPTIONS, soap_callbacks=False)) as sandbox:
        caller = Caller(sandbox, http)
        page = (await caller.look(WSDL="")).text
        assert "UrlCallback" not in page
        assert 'name="Ref" type="s:string"/></s:sequence></s:complexType></s:schema>' not in page
        await caller.send(f"{ORDER}<UrlCallback>http://127.0.0.1:1/</UrlCallback>")
        campaign = sandbox.world.platform.campaigns[90001]
        assert campaign.order.callback_url is None
        assert [one.reference for one in campaign.deliveries] == [""]
        assert "UrlCallback" not in (await caller.look(op="SendSMS")).text


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (ORDER.replace("Oi &amp; tchau", " "), "0:MENSAGEM NAO INFORMADA"),
        (ORDER.replace(PEOPLE, ""), "0:NUMERO NAO INFORMADO"),
        ("<Msg>a</Msg>", "0:NUMERO NAO INFORMADO"),
        (ORDER.replace(ANA, f"55{ANA}"), "0:NUMERO COM CODIGO DO PAIS"),
        (ORDER.replace("0001-01-01T", "2013-12-24T"), "0:DATA DE AGENDAMENTO INVALIDA"),
    ],
)
async def test_a_bad_order_is_refused_and_costs_nothing(
    sandbox: Sandbox, caller: Caller, order: str, reason: str
) -> None:
    """As at the HTTP door."""
    assert await caller.send(order) == reason
    assert sandbox.world.platform.credit == 10_000
    assert not sandbox.world.platform.campaigns


async def test_whoever_has_no_account_is_refused(caller: Caller) -> None:
    """A wrong password, none at all, or fields of no namespace, which are null to ASP.NET."""
    for body in (
        wrap("GetBalance", WHO.replace("segredo", "x")),
        wrap("GetBalance", ""),
        wrap("GetBalance", WHO).replace('xmlns="http://tempuri.org/"', ""),
    ):
        answer = await caller.post_raw(body, "GetBalance")
        assert read_result(answer, "GetBalance") == "0:FALHA AO REALIZAR LOGIN"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "unable to read request"),
        ("<a", "unable to read request"),
        ("lgn=a", "unable to read request"),
        ("<a/>", "SOAP version mismatch"),
        (wrap("GetBalance", WHO, "1.2"), "SOAP version mismatch"),
        (f"<!DOCTYPE a [<!ENTITY b '{'c' * 99}'>]>" + wrap("GetBalance", "&b;"), "DTD is prohib"),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + wrap("GetBalance", ""), "DTD is prohib"),
    ],
)
async def test_what_cannot_be_read_is_the_clients_fault(
    sandbox: Sandbox, caller: Caller, body: str, words: str
) -> None:
    """And nothing in it acts."""
    told = read_fault(await caller.post_raw(body, "GetBalance"))
    assert told.startswith("soap:Client|")
    assert words in told
    (logged,) = sandbox.world.reception.log
    assert (logged.door, logged.action, logged.acted) == ("soap", "", False)


async def test_an_unknown_operation_is_a_fault(caller: Caller) -> None:
    """By the action that was asked for."""
    told = read_fault(await caller.post("SendMMS", WHO))
    assert (
        "did not recognize the value of HTTP Header SOAPAction: http://tempuri.org/SendMMS" in told
    )


async def test_a_request_over_4_mb_is_a_page_and_no_campaign(
    sandbox: Sandbox, caller: Caller
) -> None:
    """ASP.NET's own limit, in its own words."""
    answer = await caller.post_raw(b" " * (4096 * 1024 + 1), "SendSMS")
    assert answer.status_code == 500
    assert "Maximum request length exceeded." in answer.text
    assert not sandbox.world.platform.campaigns


async def test_the_pages_are_those_of_asp_net(caller: Caller, http: httpx.AsyncClient) -> None:
    """The operations, each with a sample, and the WSDL, in whatever capitals."""
    page = (await caller.look()).text
    assert "ServiceSMS" in page
    assert page.count("?op=") == 6
    assert "?WSDL" in page
    sample = (await caller.look(op="SendSMS")).text
    assert "&lt;JobDateTime&gt;0001-01-01T00:00:00&lt;/JobDateTime&gt;" in sample
    assert sample.count("POST /painel/ServiceSms.asmx HTTP/1.1") == 2
    assert "xsd:schema" in (await caller.look(op="GetStatus")).text
    for url in (f"{caller.url}?wsdl", caller.url.replace("ServiceSms", "servicesms") + "?WSDL"):
        answer = await http.get(url)
        assert answer.headers["content-type"].startswith("text/xml")
        root = etree.fromstring(answer.content)
        assert root.get("targetNamespace") == "http://tempuri.org/"
        places = [one.get("location") for one in root.iterfind(".//{*}port/{*}address")]
        assert places == [url.partition("?")[0]] * 2
    assert (await http.get(caller.url.replace("ServiceSms", "Other"))).status_code == 404


async def test_the_log_reads_as_the_http_doors(sandbox: Sandbox, caller: Caller) -> None:
    """By the same names, so that whoever counts need not know the doors; no credentials."""
    more = PEOPLE + f"<Destination><Number>{BIA}</Number></Destination>"
    await caller.send(ORDER.replace(PEOPLE, more))
    (logged,) = sandbox.world.reception.log
    assert (logged.door, logged.action, logged.method) == ("soap", "sendsms", "POST")
    assert logged.parameters == {
        "msg": "Oi & tchau",
        "numbers": f"{ANA},{BIA}",
        "jobdatetime": "0001-01-01T00:00:00",
    }
    assert (logged.acted, logged.campaign_id, logged.answer) == (True, 90001, "90001:SUCESSO")
    assert logged.body_bytes > 400
    assert LOGIN["pwd"] not in repr(logged)


async def test_the_panel_says_by_which_door_a_campaign_came(
    sandbox: Sandbox, caller: Caller, ask: Ask, http: httpx.AsyncClient
) -> None:
    """In a word; newest first."""
    await caller.send()
    await ask("sendsms", msg="a", numbers=ANA)
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    assert [one["door"] for one in state["platform"]["campaigns"]] == ["http", "soap"]


async def test_trouble_meets_soap_by_the_http_names(sandbox: Sandbox, caller: Caller) -> None:
    """A fault for ``holdsms`` is one for ``SetHoldSMS``, and it counts down at both."""
    await sandbox.set_trouble(Trouble.WRONG_LOGIN, scope="holdsms", times=1)
    assert await caller.send() == "90001:SUCESSO"
    assert await caller.ask("SetHoldSMS", "<Id>90001</Id>") == "0:FALHA AO REALIZAR LOGIN"
    await sandbox.set_trouble(Trouble.WRONG_JSON, times=1)
    answer = await caller.post("GetBalance", WHO)
    assert (answer.status_code, b"<ok>true</ok>" in answer.content) == (200, True)
    await sandbox.set_trouble(Trouble.WRONG_LOGIN, times=1)
    assert await caller.ask("GetStatus", "<Id>90001</Id>") == "0:FALHA AO REALIZAR LOGIN"


@pytest.mark.parametrize(("trouble", "acts"), [(Trouble.FAULT, False), (Trouble.FAULT_AFTER, True)])
@pytest.mark.parametrize(("version", "code"), [("1.1", "soap:Server"), ("1.2", "soap:Receiver")])
async def test_an_exception_is_a_fault_that_tells_nothing(
    sandbox: Sandbox, caller: Caller, trouble: Trouble, *, acts: bool, version: str, code: str
) -> None:
    """The same words whether it broke before the texts went or after; the log knows."""
    await sandbox.set_trouble(trouble, scope="sendsms", times=1)
    inside = f"{WHO}<SmsMessage>{ORDER}</SmsMessage>"
    told = read_fault(await caller.post("SendSMS", inside, version=version))
    assert told.startswith(f"{code}|Server was unable to process request. ---> ")
    (logged,) = sandbox.world.reception.log
    assert (logged.trouble, logged.acted) == (trouble, acts)
    assert bool(sandbox.world.platform.campaigns) is acts
    assert await caller.ask("GetBalance") == str(10_000 - acts)


@pytest.mark.parametrize(
    ("trouble", "status"), [(Trouble.HTML, 500), (Trouble.HTML_OK, 200), (Trouble.ERROR_AFTER, 500)]
)
async def test_a_page_may_come_where_soap_is_due(
    sandbox: Sandbox, caller: Caller, trouble: Trouble, status: int
) -> None:
    """The web server's own, which knows of no envelope."""
    await sandbox.set_trouble(trouble)
    answer = await caller.post("SendSMS", f"{WHO}<SmsMessage>{ORDER}</SmsMessage>")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert bool(sandbox.world.platform.campaigns) is trouble.acts
