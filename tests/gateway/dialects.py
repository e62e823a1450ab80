"""How the platform speaks at each of its doors, so that one suite of tests serves both."""

import json
from abc import ABC, abstractmethod
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from bot.gateway.connection import Patience
from bot.gateway.contracts import Contracts
from bot.gateway.door import Door
from bot.gateway.http_door import HttpDoor
from bot.gateway.soap_door import SoapDoor
from tests.gateway.wsdls import contract

LOGIN = "loja-da-ana"
PASSWORD = "s3nh@ & çá/+%"
BRASILIA = ZoneInfo("America/Sao_Paulo")


class Dialect(ABC):
    """One door's ways.

    Attributes:
        first: How a request to it begins.
        last: What stands at a request's end.
        file: Whose frames are searched for credentials.
    """

    first: bytes
    last: bytes
    file: str

    @abstractmethod
    def make_door(self, url: str, patience: Patience | None = None) -> Door:
        """Build the door that leads to an address."""

    @abstractmethod
    def say(self, text: str) -> str:
        """Write the answer that says nothing but this."""

    def yes(self) -> str:
        """Write the answer that gives a campaign its number."""
        return self.say("4711:SUCESSO")

    def no(self, reason: str = "SALDO") -> str:
        """Write the answer that refuses."""
        return self.say(f"0:{reason}")

    @abstractmethod
    def table(self, *rows: str) -> str:
        """Write the answer to a ``getstatus``, each row as the HTTP door has it."""


class HttpDialect(Dialect):
    """Addresses, and JSON."""

    first = b"GET /painel/api.ashx?action=sendsms&lgn="
    last = b"&url_callback="
    file = "gateway/http_door.py"

    def make_door(self, url: str, patience: Patience | None = None) -> Door:
        """Build it."""
        return HttpDoor(
            url=url, login=LOGIN, password=PASSWORD, timezone=BRASILIA, patience=patience
        )

    def say(self, text: str) -> str:
        """Say it bare."""
        return text

    def yes(self) -> str:
        """Say it in an envelope."""
        return envelope(4711)

    def no(self, reason: str = "SALDO") -> str:
        """Say it in an envelope."""
        return envelope(None, status=0, msg=reason)

    def table(self, *rows: str) -> str:
        """Write text, a row a line."""
        return envelope("\r\n".join(rows), status=int(not rows))


class SoapDialect(Dialect):
    """Messages in XML."""

    first = b"POST /painel/api.ashx HTTP/1.1\r\n"
    last = b"Envelope>"
    file = "gateway/soap_door.py"

    def make_door(self, url: str, patience: Patience | None = None) -> Door:
        """Build it, with a WSDL that was read already."""
        contracts = Contracts(
            f"{url}?WSDL", cache=Path("nowhere/wsdl.json"), patience=Patience(), steady=lambda: 0.0
        )
        contracts.current = contract(url)
        account = HttpDialect().make_door(url).account
        return SoapDoor(
            contracts,
            login=LOGIN,
            password=PASSWORD,
            account=account,
            timezone=BRASILIA,
            patience=patience,
        )

    def say(self, text: str) -> str:
        """Say it as an operation's result."""
        return soap(f"<R>{escape(text)}</R>" if text else "<R/>")

    def table(self, *rows: str) -> str:
        """Write a DataSet whose columns have no names that anybody knows."""
        names = [f"C{at}" for at in range(13)]
        return soap(f"<R>{schema(names)}{diffgram([_cut(row) for row in rows], names)}</R>")


def soap(content: str, *, version: str = "http://schemas.xmlsoap.org/soap/envelope/") -> str:
    """Write a SOAP answer."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{version}"><s:Body>'
        f'<Response xmlns="http://tempuri.org/">{content}</Response></s:Body></s:Envelope>'
    )


def fault(*, version: str = "http://schemas.xmlsoap.org/soap/envelope/") -> str:
    """Write a SOAP fault."""
    return (
        f'<s:Envelope xmlns:s="{version}"><s:Body><s:Fault><faultcode>s:Server</faultcode>'
        "<faultstring>0:SALDO</faultstring></s:Fault></s:Body></s:Envelope>"
    )


def schema(names: list[str]) -> str:
    """Write a DataSet's inline schema with these columns."""
    columns = "".join(f'<xs:element name="{n}" type="xs:string" minOccurs="0"/>' for n in names)
    return (
        '<xs:schema id="NewDataSet" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"><xs:element name="NewDataSet"'
        ' msdata:IsDataSet="true"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">'
        f'<xs:element name="Table"><xs:complexType><xs:sequence>{columns}</xs:sequence>'
        "</xs:complexType></xs:element></xs:choice></xs:complexType></xs:element></xs:schema>"
    )


def diffgram(rows: list[list[str]], names: list[str]) -> str:
    """Write a DataSet's rows; what is empty is left out, as .NET leaves out what is null."""
    cells = [
        "".join(
            f"<{n}>{escape(value)}</{n}>" for n, value in zip(names, row, strict=False) if value
        )
        for row in rows
    ]
    tables = "".join(
        f'<Table diffgr:id="Table{at}" msdata:rowOrder="{at - 1}">{row}</Table>'
        for at, row in enumerate(cells, start=1)
    )
    data = f'<NewDataSet xmlns="">{tables}</NewDataSet>' if rows else ""
    return (
        '<diffgr:diffgram xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"'
        f' xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1">{data}</diffgr:diffgram>'
    )


def envelope(data: object, *, status: int = 1, msg: str | None = None) -> str:
    """Wrap an answer as the HTTP door does."""
    return json.dumps({"status": status, "data": data, "msg": msg})


def _cut(row: str) -> list[str]:
    *fields, text = row.split(";", 12)
    return [*fields, text.strip('"')]


DIALECTS: dict[str, Dialect] = {"http": HttpDialect(), "soap": SoapDialect()}
