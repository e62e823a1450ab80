"""What the WSDL says, as far as this program uses it: names come from there, not from here.

zeep reads the WSDL and writes the messages. It works on what was fetched already, and fetches
nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import zeep.exceptions
from lxml import etree
from zeep.settings import Settings
from zeep.wsdl import Document
from zeep.wsdl.bindings.soap import Soap11Binding, Soap12Binding, SoapBinding

from bot.domain.texts import harmless
from bot.gateway.soap_answers import parse_xml
from bot.gateway.soap_fields import Fields, OrderFields
from bot.gateway.wsdl import Documents, WsdlTrouble, host_of

SEND, BALANCE, STATUS, STATUS_BY_REF = "SendSMS", "GetBalance", "GetStatus", "GetStatusByRef"
HOLD, RELEASE = "SetHoldSMS", "SetReleaseSMS"
_NEEDED = (SEND, BALANCE, STATUS, HOLD, RELEASE)
_LONGEST_REASON = 200  # characters
_DEFINITIONS = "{http://schemas.xmlsoap.org/wsdl/}definitions"


@dataclass(frozen=True, slots=True)
class Message:
    """One SOAP request, ready to be posted; it holds the credentials."""

    headers: dict[str, str]
    body: bytes = field(repr=False)


class _Shelf:
    """Gives zeep the documents that are here, and no others."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def load(self, url: str) -> bytes:
        """Hand out one."""
        return self._documents[url]


class Contract:
    """The platform's operations as its WSDL has them.

    Attributes:
        address: Where to post: the WSDL's path, on the host that was configured.
        other_host: The host that the WSDL names instead, or nothing.
        order: What a ``SendSMS`` may carry.
    """

    def __init__(self, binding: SoapBinding, address: str, url: str) -> None:
        named, configured = urlsplit(address), urlsplit(url)
        self.address = urlunsplit(configured._replace(path=named.path, query=named.query))
        self.other_host = "" if host_of(address) == host_of(url) else named.netloc
        self._binding = binding
        names = binding.all()  # type: ignore[no-untyped-call]  # zeep leaves it untyped
        self._operations = {name.casefold(): name for name in names}
        missing = [name for name in _NEEDED if name.casefold() not in self._operations]
        if missing:
            message = f"lacks {', '.join(missing)}: is it the platform's ServiceSms.asmx?WSDL?"
            raise WsdlTrouble(message)
        self.order = OrderFields(self._fields(SEND))
        self._try_out()

    @property
    def has_references(self) -> bool:
        """Whether one person's status can be asked for by the reference given with the send."""
        return self.order.reference is not None and STATUS_BY_REF.casefold() in self._operations

    def write_order(
        self,
        login: tuple[str, str],
        text: str,
        numbers: Sequence[str],
        *,
        callback_url: str,
        send_at: datetime | None,
    ) -> Message:
        """Write a ``SendSMS``; ``send_at`` is in the platform's own time, without an offset."""
        order = self.order.fill(text, numbers, callback_url=callback_url, send_at=send_at)
        return self._write(SEND, self._fields(SEND).fill_login(login) | order)

    def write_question(
        self, operation: str, login: tuple[str, str], gateway_id: str = "", reference: str = ""
    ) -> Message:
        """Write any other operation."""
        filled = self._fill(operation, gateway_id=gateway_id, reference=reference)
        return self._write(operation, self._fields(operation).fill_login(login) | filled)

    def _try_out(self) -> None:
        """Write one of each: what the WSDL wants and this program can't give shows now."""
        login = ("login", "password")
        now = datetime(2026, 12, 24, 16, 0)  # noqa: DTZ001 - the platform's own time
        for send_at in (now, None):
            self.write_order(login, "text", ["31999990001"], callback_url="u", send_at=send_at)
        for name in (BALANCE, STATUS, HOLD, RELEASE):
            self.write_question(name, login, "1")

    def _fill(self, operation: str, *, gateway_id: str, reference: str = "") -> dict[str, Any]:
        wanted = {} if operation == BALANCE else {"id": gateway_id}
        if operation == STATUS_BY_REF:
            wanted["ref"] = reference
        return self._fields(operation).fill(wanted)

    def _fields(self, operation: str) -> Fields:
        return Fields(operation, self._find(operation).input.body.type)

    def _find(self, operation: str) -> Any:  # noqa: ANN401 - zeep leaves it untyped
        return self._binding.get(self._operations[operation.casefold()])  # type: ignore[no-untyped-call]  # the same

    def _write(self, operation: str, values: dict[str, Any]) -> Message:
        found = self._find(operation)
        content = found.create(**values).content
        body = etree.tostring(content, encoding="utf-8", xml_declaration=True)
        action = f'"{found.soapaction or ""}"'
        if isinstance(self._binding, Soap12Binding):
            kind = f"application/soap+xml; charset=utf-8; action={action}"
            return Message({"Content-Type": kind}, body)
        return Message({"Content-Type": "text/xml; charset=utf-8", "SOAPAction": action}, body)


def read_contract(documents: Documents, url: str) -> Contract:
    """Read the contract out of a WSDL and what it imports.

    Raises:
        WsdlTrouble: It isn't one that this program can work with.
    """
    _check_is_wsdl(documents[url])
    settings = Settings(strict=True, forbid_dtd=True, forbid_entities=True)
    try:
        document = Document(url, _Shelf(documents), settings=settings)  # type: ignore[arg-type]  # it asks of a transport what a shelf has
        return Contract(*_find_port(document), url)
    except (WsdlTrouble, zeep.exceptions.Error) as error:
        if isinstance(error, WsdlTrouble):
            raise
        reason = harmless(str(error), limit=_LONGEST_REASON)
    except Exception as error:  # noqa: BLE001 - a WSDL is somebody else's, and zeep stumbles in many ways
        reason = type(error).__name__
    message = f"can't be understood ({reason})"
    raise WsdlTrouble(message)


def _check_is_wsdl(body: bytes) -> None:
    root = parse_xml(body)
    if isinstance(root, str):
        message = f"isn't a WSDL but {root}"
    elif root.tag != _DEFINITIONS:
        message = f"isn't a WSDL: it is an XML document of another kind, <{root.tag}>"
    else:
        return
    raise WsdlTrouble(harmless(message, limit=_LONGEST_REASON))


def _find_port(document: Document) -> tuple[SoapBinding, str]:
    """Find a SOAP port, one of SOAP 1.1 if there is any: every client of the platform uses it."""
    ports = [port for one in document.services.values() for port in one.ports.values()]
    for kind in (Soap11Binding, Soap12Binding):
        for port in ports:
            if isinstance(port.binding, kind):
                return port.binding, port.binding_options["address"]
    message = "has no SOAP service in it"
    raise WsdlTrouble(message)
