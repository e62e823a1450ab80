"""What ASP.NET shows a browser: the list of operations, and how each is asked."""

from html import escape

from bot.sandbox.soap.messages import Version, render_answer, render_envelope
from bot.sandbox.soap.operations import NAMESPACE, OPERATIONS, SERVICE, UNSET_TIME, Operation

_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title><style>"
    "body{{font:14px Verdana,sans-serif;margin:0 0 2em;color:#000;background:#fff}}"
    "h1{{background:#036;color:#fff;font-size:1.6em;margin:0;padding:.5em .8em}}"
    "main{{margin:1em 1.4em}}pre{{background:#e5e5cc;padding:.8em;overflow-x:auto}}"
    "a{{color:#369}}</style></head><body><h1>{service}</h1><main>{inside}</main></body></html>"
)


def render_list(path: str) -> str:
    """Show every operation, and where the WSDL is."""
    rows = "".join(f'<li><a href="{path}?op={name}">{name}</a></li>' for name in OPERATIONS)
    inside = (
        f"<p>What this service can be asked for:</p><ul>{rows}</ul>"
        f'<p>For programs, see the <a href="{path}?WSDL">Service Description</a>.</p>'
    )
    return _PAGE.format(title=f"{SERVICE} Web Service", service=SERVICE, inside=inside)


def render_operation(path: str, operation: Operation, *, has_callbacks: bool) -> str:
    """Show how one operation is asked, and how it answers, in both versions of SOAP."""
    samples = "".join(
        f"<h3>{title}</h3><pre>{escape(_sample(path, operation, version, has_callbacks))}</pre>"
        for title, version in (("SOAP 1.1", Version.SOAP_11), ("SOAP 1.2", Version.SOAP_12))
    )
    inside = f'<p><a href="{path}">All operations</a></p><h2>{operation.name}</h2>{samples}'
    return _PAGE.format(title=f"{SERVICE} Web Service", service=SERVICE, inside=inside)


def _sample(path: str, operation: Operation, version: Version, has_callbacks: bool) -> str:  # noqa: FBT001 - the page's own
    names = "".join(f"<{name}>string</{name}>" for name in ("User", "Pwd", *operation.takes))
    if operation.name == "SendSMS":
        names += _sample_order(has_callbacks=has_callbacks)
    asked = f'<{operation.name} xmlns="{NAMESPACE}">{names}</{operation.name}>'
    action = f'\nSOAPAction: "{NAMESPACE}{operation.name}"' if version is Version.SOAP_11 else ""
    result = "<xsd:schema>schema</xsd:schema>xml" if operation.gives_table else "string"
    return (
        f"POST {path} HTTP/1.1\nContent-Type: {version.content_type}; charset=utf-8"
        f"{action}\n\n{_lines(render_envelope(version, asked))}\n\n"
        f"HTTP/1.1 200 OK\nContent-Type: {version.content_type}; charset=utf-8\n\n"
        f"{_lines(render_answer(version, operation, result))}"
    )


def _sample_order(*, has_callbacks: bool) -> str:
    reference = "<Ref>string</Ref>" if has_callbacks else ""
    callback = "<UrlCallback>string</UrlCallback>" if has_callbacks else ""
    person = f"<Destination><Number>string</Number><Name>string</Name>{reference}</Destination>"
    return (
        "<SmsMessage><Subject>string</Subject><Msg>string</Msg>"
        f"<Destinations>{person}{person}</Destinations>"
        f"<JobDateTime>{UNSET_TIME}</JobDateTime>{callback}</SmsMessage>"
    )


def _lines(xml: str) -> str:
    return xml.replace("><", ">\n<")
