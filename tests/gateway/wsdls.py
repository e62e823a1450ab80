"""The platform's WSDL as ASP.NET writes it, and every way in which one can be another."""

from bot.gateway.contract import Contract, read_contract

OPERATIONS = ("SendSMS", "GetBalance", "GetStatus", "GetStatusByRef", "SetHoldSMS", "SetReleaseSMS")
PLACE = "http://127.0.0.1/painel/ServiceSms.asmx"
_PARAMETERS = {
    "SendSMS": "",
    "GetBalance": "",
    "GetStatus": "Id",
    "GetStatusByRef": "Id Ref",
    "SetHoldSMS": "Id",
    "SetReleaseSMS": "Id",
}
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:s="http://www.w3.org/2001/XMLSchema"
 xmlns:soap="http://schemas.xmlsoap.org/wsdl/{soap}/" xmlns:tns="{namespace}"
 xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" targetNamespace="{namespace}">
<wsdl:types><s:schema elementFormDefault="qualified" targetNamespace="{namespace}">
{imports}{elements}
<s:complexType name="rSMS"><s:sequence>{order}</s:sequence></s:complexType>
<s:complexType name="ArrayOfDestination"><s:sequence>
<s:element minOccurs="0" maxOccurs="unbounded" name="Destination" nillable="true"
 type="tns:Destination"/></s:sequence></s:complexType>
<s:complexType name="Destination"><s:sequence>{person}</s:sequence></s:complexType>
</s:schema></wsdl:types>
{messages}
<wsdl:portType name="ServiceSMSSoap">{operations}</wsdl:portType>
<wsdl:binding name="ServiceSMSSoap" type="tns:ServiceSMSSoap">
<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>{bindings}</wsdl:binding>
<wsdl:service name="ServiceSMS"><wsdl:port name="ServiceSMSSoap" binding="tns:ServiceSMSSoap">
<soap:address location="{address}"/></wsdl:port></wsdl:service></wsdl:definitions>"""
TIME = '<s:element minOccurs="1" maxOccurs="1" name="JobDateTime" type="s:dateTime"/>'


def optional(*names: str) -> str:
    """Declare texts that may be left out."""
    return "".join(
        f'<s:element minOccurs="0" maxOccurs="1" name="{name}" type="s:string"/>' for name in names
    )


LIST = '<s:element minOccurs="0" maxOccurs="1" name="Destinations" type="tns:ArrayOfDestination"/>'
ORDER = optional("Subject", "Msg") + LIST + TIME + optional("UrlCallback")
PERSON = optional("Number", "Name", "Ref")


def wsdl(
    address: str = PLACE,
    *,
    order: str = ORDER,
    person: str = PERSON,
    operations: tuple[str, ...] = OPERATIONS,
    login: str = "User Pwd",
    namespace: str = "http://tempuri.org/",
    soap: str = "soap",
    imports: str = "",
) -> bytes:
    """Write a WSDL; each word that is handed in makes it another platform's."""
    page = _PAGE.format(
        namespace=namespace,
        soap=soap,
        imports=imports,
        elements="".join(_element(name, login) for name in operations),
        order=order,
        person=person,
        messages="".join(map(_message, operations)),
        operations="".join(map(_operation, operations)),
        bindings="".join(_binding(name, namespace) for name in operations),
        address=address,
    )
    return page.encode()


def contract(address: str = PLACE, document: bytes | None = None) -> Contract:
    """Read a contract for an address."""
    url = f"{address}?WSDL"
    return read_contract({url: document or wsdl(address)}, url)


def _element(name: str, login: str) -> str:
    message = '<s:element minOccurs="0" name="SmsMessage" type="tns:rSMS"/>'
    asked = optional(*login.split(), *_PARAMETERS[name].split())
    asked += message if name == "SendSMS" else ""
    told = optional(f"{name}Result")
    if name.startswith("GetStatus"):
        told = (
            f'<s:element minOccurs="0" name="{name}Result"><s:complexType><s:sequence>'
            '<s:element ref="s:schema"/><s:any/></s:sequence></s:complexType></s:element>'
        )
    return (
        f'<s:element name="{name}"><s:complexType><s:sequence>{asked}</s:sequence>'
        f'</s:complexType></s:element><s:element name="{name}Response"><s:complexType>'
        f"<s:sequence>{told}</s:sequence></s:complexType></s:element>"
    )


def _message(name: str) -> str:
    return "".join(
        f'<wsdl:message name="{name}Soap{way}"><wsdl:part name="parameters"'
        f' element="tns:{name}{end}"/></wsdl:message>'
        for way, end in (("In", ""), ("Out", "Response"))
    )


def _operation(name: str) -> str:
    return (
        f'<wsdl:operation name="{name}"><wsdl:input message="tns:{name}SoapIn"/>'
        f'<wsdl:output message="tns:{name}SoapOut"/></wsdl:operation>'
    )


def _binding(name: str, namespace: str) -> str:
    body = '<soap:body use="literal"/>'
    return (
        f'<wsdl:operation name="{name}"><soap:operation soapAction="{namespace}{name}"'
        f' style="document"/><wsdl:input>{body}</wsdl:input><wsdl:output>{body}</wsdl:output>'
        "</wsdl:operation>"
    )
