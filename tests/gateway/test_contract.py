"""Reading the WSDL: its names are taken as they are, and what is amiss is said in a sentence."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from bot.gateway.contract import Contract, read_contract
from bot.gateway.contracts import warn
from bot.gateway.wsdl import WsdlTrouble
from tests.gateway.wsdls import (
    LIST,
    OPERATIONS,
    ORDER,
    PLACE,
    TIME,
    contract,
    optional,
    wsdl,
)

LOGIN = ("ana", "segredo")
AT = datetime(2026, 12, 24, 16, 0, tzinfo=UTC)
URL = f"{PLACE}?WSDL"


def order_of(found: Contract, *, send_at: datetime | None = AT) -> etree._Element:
    """Write an order by this contract, and read what it holds."""
    message = found.write_order(
        LOGIN, "Olá", ["31999990001", "31988880002"], callback_url="http://b/c/k", send_at=send_at
    )
    return etree.fromstring(message.body)


def texts(element: etree._Element, name: str) -> list[str | None]:
    """Tell what each element of this name says, in whatever namespace."""
    return [one.text for one in element.iter() if etree.QName(one).localname == name]


def test_names_and_namespaces_come_from_the_wsdl() -> None:
    """Another spelling is another platform's, and works as well."""
    order = (
        optional("MSG")
        + LIST
        + TIME.replace("JobDateTime", "jobDateTime")
        + optional("url_callback")
    )
    found = contract(
        document=wsdl(
            order=order,
            person=optional("NUMBER", "interno_key"),
            login="user PWD",
            namespace="urn:sms",
        )
    )
    written = order_of(found)
    assert texts(written, "MSG") == ["Olá"]
    assert (
        texts(written, "NUMBER") == texts(written, "interno_key") == ["31999990001", "31988880002"]
    )
    assert texts(written, "url_callback") == ["http://b/c/k"]
    assert texts(written, "jobDateTime") == ["2026-12-24T16:00:00"]
    assert (texts(written, "user"), texts(written, "PWD")) == (["ana"], ["segredo"])
    assert b'xmlns:ns0="urn:sms"' in etree.tostring(written)
    assert warn(found) == []


@pytest.mark.parametrize("name", ["UrlCallback", "URL_CALLBACK", "CallBack", "callbackUrl"])
def test_a_call_back_field_is_used_whatever_its_case(name: str) -> None:
    """Nobody has written down what it is called, if it is there at all."""
    found = contract(document=wsdl(order=optional("Msg") + LIST + TIME + optional(name)))
    assert texts(order_of(found), name) == ["http://b/c/k"]


def test_what_the_wsdl_lacks_is_left_out_and_said() -> None:
    """Without a call-back field deliveries are polled, and answers don't come back."""
    found = contract(document=wsdl(order=optional("Msg") + LIST + TIME, person=optional("Number")))
    written = order_of(found)
    assert b"http://b/c/k" not in etree.tostring(written)
    assert texts(written, "Subject") == []
    assert [one.partition(":")[0] for one in warn(found)] == [
        "the WSDL has no call-back field",
        "the WSDL has no reference field",
    ]
    assert not found.has_references


def test_a_reference_is_no_use_without_its_question() -> None:
    """One person can be asked about where there is an operation for it."""
    assert contract().has_references
    fewer = tuple(name for name in OPERATIONS if name != "GetStatusByRef")
    assert not contract(document=wsdl(operations=fewer)).has_references


def test_what_nobody_set_is_what_net_sends_for_it() -> None:
    """A .NET value can't be left out: its clients send what it is before anybody sets it."""
    more = "".join(
        f'<s:element minOccurs="1" maxOccurs="1" name="{name}" type="s:{kind}"/>'
        for name, kind in {"Flash": "boolean", "Route": "int", "Note": "string"}.items()
    )
    written = order_of(contract(document=wsdl(order=ORDER + more)), send_at=None)
    assert texts(written, "JobDateTime") == ["0001-01-01T00:00:00"]
    assert texts(written, "Flash") == ["false"]
    assert texts(written, "Route") == ["0"]
    assert texts(written, "Note") == [None]


def test_a_time_of_free_text_is_spelled_as_at_the_http_door() -> None:
    """The manual's own form; and with no time the field stays out."""
    found = contract(document=wsdl(order=optional("Msg", "JobDateTime") + LIST))
    assert texts(order_of(found), "JobDateTime") == ["24/12/2026 16:00"]
    assert texts(order_of(found, send_at=None), "JobDateTime") == []


def test_soap_1_2_is_spoken_where_there_is_nothing_else() -> None:
    """The action then stands in the content type."""
    message = contract(document=wsdl(soap="soap12")).write_question("GetBalance", LOGIN)
    assert message.headers == {
        "Content-Type": "application/soap+xml; charset=utf-8;"
        ' action="http://tempuri.org/GetBalance"'
    }
    assert b"http://www.w3.org/2003/05/soap-envelope" in message.body


@pytest.mark.parametrize(
    ("address", "posted", "other"),
    [
        ("http://127.0.0.1/painel/ServiceSms.asmx", PLACE, ""),
        ("http://127.0.0.1/painel2/S.asmx?a=1", "http://127.0.0.1/painel2/S.asmx?a=1", ""),
        ("http://inner.example:81/painel/ServiceSms.asmx", PLACE, "inner.example:81"),
        ("https://127.0.0.1/painel/ServiceSms.asmx", PLACE, "127.0.0.1"),
    ],
)
def test_the_configured_host_wins(address: str, posted: str, other: str) -> None:
    """Credentials go where the settings say; another name in the WSDL is said, and not used."""
    found = contract(document=wsdl(address))
    assert (found.address, found.other_host) == (posted, other)
    assert len(warn(found)) == bool(other)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "isn't a WSDL but an empty answer"),
        (b"<html>404</html>", "isn't a WSDL but a web page"),
        (b"0:ERRO", "isn't a WSDL but XML that does not parse"),
        (b"<rss/>", "isn't a WSDL: it is an XML document of another kind, <rss>"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + wsdl()[38:], "isn't a WSDL but XML with a document"),
        (wsdl().replace(b"wsdl:service", b"wsdl:port"), "has no SOAP service in it"),
        (wsdl().replace(b"wsdl/soap/", b"wsdl/http/"), "has no SOAP service in it"),
        (wsdl(operations=OPERATIONS[1:]), "lacks SendSMS: is it the platform's"),
        (wsdl(operations=OPERATIONS[:3]), "lacks SetHoldSMS, SetReleaseSMS: is it"),
        (wsdl(order=optional("Msg") + LIST), "has no jobdatetime in SmsMessage"),
        (wsdl(order=LIST + TIME), "has no msg in SmsMessage"),
        (wsdl(person=optional("Name")), "has no number in Destination"),
        (wsdl(login="User"), "has no pwd in SendSMS"),
        (wsdl(order=ORDER.replace("tns:ArrayOfDestination", "tns:Nothing")), "can't be understood"),
        (wsdl().replace(b"tns:SendSMSSoapIn", b"tns:Nowhere"), "can't be understood"),
        (
            wsdl(order=ORDER + '<s:element minOccurs="1" name="A" type="tns:rSMS"/>'),
            "can't be understood",
        ),
    ],
)
def test_a_wsdl_that_is_no_use_says_why(body: bytes, why: str) -> None:
    """In a sentence that goes on after its address."""
    with pytest.raises(WsdlTrouble) as caught:
        read_contract({URL: body}, URL)
    assert str(caught.value).startswith(why)


def test_what_isnt_here_isnt_fetched() -> None:
    """Zeep reads what was fetched already, and nothing else: no address, no file."""
    for place in ("http://127.0.0.1:1/a.xsd", f"file://{__file__}", "other.xsd"):
        imports = f'<s:import namespace="urn:x" schemaLocation="{place}"/>'
        with pytest.raises(WsdlTrouble, match="can't be understood"):
            read_contract({URL: wsdl(imports=imports)}, URL)
