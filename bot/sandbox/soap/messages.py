"""SOAP messages, in both versions: reading what came, writing what goes back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from lxml import etree

from bot.sandbox.soap.letters import spell
from bot.sandbox.soap.operations import NAMESPACE, OPERATIONS, UNSET_TIME, Operation
from bot.sandbox.soap.times import read_time

_XML = '<?xml version="1.0" encoding="utf-8"?>'
_PERSON = f"{{{NAMESPACE}}}Destination"
_BY_ACTION = {f"{NAMESPACE}{name}": operation for name, operation in OPERATIONS.items()}
_BY_ELEMENT = {f"{{{NAMESPACE}}}{name}": operation for name, operation in OPERATIONS.items()}


class Version(Enum):
    """A version of SOAP: its envelope's namespace and its content type."""

    SOAP_11 = ("http://schemas.xmlsoap.org/soap/envelope/", "text/xml")
    SOAP_12 = ("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml")

    @property
    def namespace(self) -> str:
        """The envelope's."""
        return self.value[0]

    @property
    def content_type(self) -> str:
        """As a header says it."""
        return self.value[1]


class FaultError(Exception):
    """The service can't make sense of a request; whose fault it is, and what it says."""

    def __init__(self, words: str, *, is_clients: bool = True) -> None:
        super().__init__(words)
        self.words = words
        self.is_clients = is_clients


@dataclass(frozen=True, slots=True)
class SoapRequest:
    """What a request asks for.

    Attributes:
        operation: which operation.
        texts: its texts by name, the login among them.
        order: the texts of the `SmsMessage`, if there is one.
        job_at: when it is to go; None is now.
        people: the texts of each `Destination`, in order.
    """

    operation: Operation
    texts: dict[str, str]
    order: dict[str, str] = field(default_factory=dict)
    people: list[dict[str, str]] = field(default_factory=list)
    job_at: datetime | None = None


def read_request(
    version: Version, action: str | None, charset: str | None, body: bytes
) -> SoapRequest:
    """Read a request by the action in its headers; raises `FaultError`.

    SOAP 1.2 may leave the action out, and then the body says what is asked. SOAP 1.1 may not:
    ASP.NET goes by the header alone there, unless it is told otherwise.

    What isn't in the service's namespace is passed over, for that is null to ASP.NET.
    """
    root = _parse(charset, body)
    content = root.find(f"{{{version.namespace}}}Body")
    asked = None if content is None else next(content.iterchildren(etree.Element), None)
    if root.tag != f"{{{version.namespace}}}Envelope" or asked is None:
        words = "Possible SOAP version mismatch: the envelope is not of this version."
        raise FaultError(words)
    operation = _pick_operation(version, action, asked)
    return _read_parameters(operation, asked)


def _parse(charset: str | None, body: bytes) -> etree._Element:
    """Read XML: entities aren't filled in, document types aren't allowed, nothing is fetched."""
    try:
        parser = etree.XMLParser(
            encoding=charset,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        words = "Server was unable to read request."
        raise FaultError(words) from error
    if root.getroottree().docinfo.internalDTD is not None:
        words = "Server was unable to read request. DTD is prohibited in this XML document."
        raise FaultError(words)
    return root


def _pick_operation(version: Version, action: str | None, asked: etree._Element) -> Operation:
    if action is None:
        operation = _BY_ELEMENT.get(str(asked.tag)) if version is Version.SOAP_12 else None
        words = (
            "Unable to handle request without a valid action parameter."
            " Please supply a valid soap action."
        )
    else:
        operation = _BY_ACTION.get(action)
        words = f"Server did not recognize the value of HTTP Header SOAPAction: {action}."
    if operation is None:
        raise FaultError(words)
    return operation


def _read_parameters(operation: Operation, asked: etree._Element) -> SoapRequest:
    if asked.tag != f"{{{NAMESPACE}}}{operation.name}":
        # The action wins, and finds none of its parameters: nobody is logged in.
        return SoapRequest(operation, {})
    message = asked.find(f"{{{NAMESPACE}}}SmsMessage")
    if message is None:
        return SoapRequest(operation, _read_texts(asked))
    people = message.find(f"{{{NAMESPACE}}}Destinations")
    order = _read_texts(message)
    return SoapRequest(
        operation,
        _read_texts(asked),
        order,
        [] if people is None else [_read_texts(one) for one in people.iterchildren(_PERSON)],
        _read_job_at(order.get("JobDateTime", UNSET_TIME)),
    )


def _read_job_at(written: str) -> datetime | None:
    try:
        return read_time(written)
    except ValueError as error:
        words = (
            "Server was unable to read request. ---> There is an error in XML document."
            f" ---> The string '{written}' is not a valid AllXsd value."
        )
        raise FaultError(words) from error


def _read_texts(element: etree._Element) -> dict[str, str]:
    return {
        etree.QName(one).localname: one.text or ""
        for one in element.iterchildren(f"{{{NAMESPACE}}}*")
        if not len(one)
    }


def render_answer(version: Version, operation: Operation, result: str) -> str:
    """Write an operation's answer around its result, which is XML."""
    name = operation.name
    inside = (
        f'<{name}Response xmlns="{NAMESPACE}">'
        f"<{name}Result>{result}</{name}Result></{name}Response>"
    )
    return render_envelope(version, inside)


def render_fault(version: Version, fault: FaultError) -> str:
    """Write a fault as ASP.NET does."""
    words = spell(fault.words)
    if version is Version.SOAP_11:
        code = "soap:Client" if fault.is_clients else "soap:Server"
        inside = f"<faultcode>{code}</faultcode><faultstring>{words}</faultstring><detail/>"
    else:
        code = "soap:Sender" if fault.is_clients else "soap:Receiver"
        inside = (
            f"<soap:Code><soap:Value>{code}</soap:Value></soap:Code>"
            f'<soap:Reason><soap:Text xml:lang="en">{words}</soap:Text></soap:Reason>'
            "<soap:Detail/>"
        )
    return render_envelope(version, f"<soap:Fault>{inside}</soap:Fault>")


def render_envelope(version: Version, inside: str) -> str:
    """Write an envelope around a body's content."""
    return (
        f'{_XML}<soap:Envelope xmlns:soap="{version.namespace}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
        f"<soap:Body>{inside}</soap:Body></soap:Envelope>"
    )
