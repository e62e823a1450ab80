"""The WSDL, as ASP.NET makes one of a class with web methods: `tempuri.org`, document/literal."""

from xml.sax.saxutils import escape

from bot.sandbox.soap.operations import NAMESPACE, OPERATIONS, SERVICE, Operation

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<wsdl:definitions xmlns:s="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"'
    ' xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"'
    f' xmlns:tns="{NAMESPACE}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"'
    f' targetNamespace="{NAMESPACE}">'
)
_PORTS = {"soap": f"{SERVICE}Soap", "soap12": f"{SERVICE}Soap12"}


def render_wsdl(address: str, *, has_callbacks: bool) -> str:
    """Write the WSDL of the service at `address`; without call-backs there are no references."""
    schema = "".join(_render_elements(one) for one in OPERATIONS.values())
    parts = [
        _HEAD,
        f'<wsdl:types><s:schema elementFormDefault="qualified" targetNamespace="{NAMESPACE}">',
        schema,
        _render_types(has_callbacks=has_callbacks),
        "</s:schema></wsdl:types>",
        *map(_render_messages, OPERATIONS.values()),
        f'<wsdl:portType name="{_PORTS["soap"]}">',
        *map(_render_operation, OPERATIONS.values()),
        "</wsdl:portType>",
        *(_render_binding(prefix, port) for prefix, port in _PORTS.items()),
        f'<wsdl:service name="{SERVICE}">',
        *(_render_port(prefix, port, address) for prefix, port in _PORTS.items()),
        "</wsdl:service></wsdl:definitions>",
    ]
    return "".join(parts)


def _render_types(*, has_callbacks: bool) -> str:
    callback = ("UrlCallback",) if has_callbacks else ()
    reference = ("Ref",) if has_callbacks else ()
    array = (
        '<s:element minOccurs="0" maxOccurs="1" name="Destinations" type="tns:ArrayOfDestination"/>'
    )
    # A DateTime is a value, so it can't be left out.
    time = '<s:element minOccurs="1" maxOccurs="1" name="JobDateTime" type="s:dateTime"/>'
    items = (
        '<s:element minOccurs="0" maxOccurs="unbounded" name="Destination" nillable="true"'
        ' type="tns:Destination"/>'
    )
    order = _render_texts("Subject", "Msg") + array + time + _render_texts(*callback)
    return (
        _render_type("rSMS", order)
        + _render_type("ArrayOfDestination", items)
        + _render_type("Destination", _render_texts("Number", "Name", *reference))
    )


def _render_elements(operation: Operation) -> str:
    asked = _render_texts("User", "Pwd", *operation.takes)
    if operation.name == "SendSMS":
        asked += '<s:element minOccurs="0" maxOccurs="1" name="SmsMessage" type="tns:rSMS"/>'
    result = f"{operation.name}Result"
    told = _render_texts(result)
    if operation.gives_table:
        told = (
            f'<s:element minOccurs="0" maxOccurs="1" name="{result}"><s:complexType><s:sequence>'
            '<s:element ref="s:schema"/><s:any/></s:sequence></s:complexType></s:element>'
        )
    return "".join(
        f'<s:element name="{name}"><s:complexType><s:sequence>{inside}</s:sequence>'
        "</s:complexType></s:element>"
        for name, inside in ((operation.name, asked), (f"{operation.name}Response", told))
    )


def _render_texts(*names: str) -> str:
    return "".join(
        f'<s:element minOccurs="0" maxOccurs="1" name="{name}" type="s:string"/>' for name in names
    )


def _render_type(name: str, inside: str) -> str:
    return f'<s:complexType name="{name}"><s:sequence>{inside}</s:sequence></s:complexType>'


def _render_messages(operation: Operation) -> str:
    return "".join(
        f'<wsdl:message name="{operation.name}Soap{way}">'
        f'<wsdl:part name="parameters" element="tns:{operation.name}{end}"/></wsdl:message>'
        for way, end in (("In", ""), ("Out", "Response"))
    )


def _render_operation(operation: Operation) -> str:
    return (
        f'<wsdl:operation name="{operation.name}">'
        f'<wsdl:input message="tns:{operation.name}SoapIn"/>'
        f'<wsdl:output message="tns:{operation.name}SoapOut"/></wsdl:operation>'
    )


def _render_binding(prefix: str, port: str) -> str:
    body = f'<{prefix}:body use="literal"/>'
    operations = "".join(
        f'<wsdl:operation name="{name}">'
        f'<{prefix}:operation soapAction="{NAMESPACE}{name}" style="document"/>'
        f"<wsdl:input>{body}</wsdl:input><wsdl:output>{body}</wsdl:output></wsdl:operation>"
        for name in OPERATIONS
    )
    return (
        f'<wsdl:binding name="{port}" type="tns:{_PORTS["soap"]}">'
        f'<{prefix}:binding transport="http://schemas.xmlsoap.org/soap/http"/>'
        f"{operations}</wsdl:binding>"
    )


def _render_port(prefix: str, port: str, address: str) -> str:
    where = escape(address, {'"': "&quot;"})
    return (
        f'<wsdl:port name="{port}" binding="tns:{port}">'
        f'<{prefix}:address location="{where}"/></wsdl:port>'
    )
