"""A SOAP client written by hand, which can also say what no library would."""

import httpx
from lxml import etree

from bot.sandbox.server import Sandbox
from tests.sandbox.desk import ANA

SPACES = {
    "1.1": ("http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
    "1.2": ("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml"),
}
WHO = "<User>aurora</User><Pwd>segredo-da-aurora</Pwd>"
UNSET = "<JobDateTime>0001-01-01T00:00:00</JobDateTime>"
PEOPLE = f"<Destination><Number>{ANA}</Number><Ref>r1</Ref></Destination>"
ORDER = f"<Msg>Oi &amp; tchau</Msg><Destinations>{PEOPLE}</Destinations>{UNSET}"


class Caller:
    """Somebody who calls operations with messages written by hand."""

    def __init__(self, sandbox: Sandbox, http: httpx.AsyncClient) -> None:
        self.url = sandbox.wsdl_url.partition("?")[0]
        self._http = http

    async def post(
        self, name: str, inside: str, *, version: str = "1.1", action: str | None = None
    ) -> httpx.Response:
        """Post an operation; the action is its own, unless told otherwise."""
        return await self.post_raw(
            wrap(name, inside, version), name if action is None else action, version
        )

    async def post_raw(
        self, body: str | bytes, action: str, version: str = "1.1"
    ) -> httpx.Response:
        """Post any bytes."""
        kind = f"{SPACES[version][1]}; charset=utf-8"
        headers = {"content-type": kind}
        if version == "1.1":
            headers["soapaction"] = f'"http://tempuri.org/{action}"'
        elif action:
            headers["content-type"] = f'{kind}; action="http://tempuri.org/{action}"'
        return await self.post_as(body, headers)

    async def post_as(self, body: str | bytes, headers: dict[str, str]) -> httpx.Response:
        """Post any bytes as anything."""
        return await self._http.post(self.url, content=body, headers=headers)

    async def ask(self, name: str, inside: str = "", *, version: str = "1.1") -> str:
        """Call an operation as whoever has the account, and read its result's text."""
        answer = await self.post(name, WHO + inside, version=version)
        assert answer.headers["content-type"] == f"{SPACES[version][1]}; charset=utf-8"
        return read_result(answer, name, version)

    async def send(self, order: str = ORDER, *, version: str = "1.1") -> str:
        """Send an order."""
        return await self.ask("SendSMS", f"<SmsMessage>{order}</SmsMessage>", version=version)

    async def look(self, **query: str) -> httpx.Response:
        """Look at a page."""
        return await self._http.get(self.url, params=query)


def wrap(name: str, inside: str, version: str = "1.1") -> str:
    """Write a message."""
    return (
        f'<s:Envelope xmlns:s="{SPACES[version][0]}"><s:Body>'
        f'<{name} xmlns="http://tempuri.org/">{inside}</{name}></s:Body></s:Envelope>'
    )


def read_result(answer: httpx.Response, name: str, version: str = "1.1") -> str:
    """Read an answer's result, as text."""
    assert answer.status_code == 200, answer.text
    space = f"{{{SPACES[version][0]}}}"
    path = f"{space}Body/{{http://tempuri.org/}}{name}Response/{{http://tempuri.org/}}{name}Result"
    found = etree.fromstring(answer.content).find(path)
    assert found is not None, answer.text
    return "".join(map(str, found.itertext()))


def read_fault(answer: httpx.Response) -> str:
    """Read a fault's words."""
    assert answer.status_code == 500
    fault = etree.fromstring(answer.content).find("{*}Body/{*}Fault")
    assert fault is not None
    return "|".join(text.strip() for text in map(str, fault.itertext()) if text.strip())
