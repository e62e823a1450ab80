"""Reading the SOAP door's answers, as strictly as the HTTP door's: what isn't plain is no answer.

Nothing in an answer acts: no entity is filled in, no document type is allowed, nothing is fetched.
"""

from http import HTTPStatus
from zoneinfo import ZoneInfo

from lxml import etree

from bot.gateway.answers import Answer, Listed, NotUnderstood, read_bare
from bot.gateway.datasets import read_dataset, read_only_word
from bot.gateway.platform_text import mend

_ENVELOPES = {
    "{http://schemas.xmlsoap.org/soap/envelope/}": "1.1",
    "{http://www.w3.org/2003/05/soap-envelope}": "1.2",
}
_MAY_HOLD_ONE = {HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR}
_PAGES = (b"<!doctype html", b"<html")
_LONGEST_START = 1000  # bytes


def read_soap_answer(status_code: int, body: bytes, zone: ZoneInfo) -> Answer:
    """Read an answer of any shape. Never raises.

    A fault says that something broke, and not whether it did so before the texts went: it is
    neither a yes nor a no, whatever its HTTP status is.
    """
    found = _find_result(body) if status_code in _MAY_HOLD_ONE else f"HTTP {status_code}"
    if status_code != HTTPStatus.OK:
        return NotUnderstood(_FAULT if found == _FAULT else f"HTTP {status_code}")
    if isinstance(found, str):
        return NotUnderstood(found)
    return _read_result(found, zone)


_FAULT = "a SOAP fault"


def _find_result(body: bytes) -> etree._Element | str:
    """Find the operation's result, or say what was there instead."""
    root = parse_xml(body)
    if isinstance(root, str):
        return root
    envelope = next((name for name in _ENVELOPES if root.tag == f"{name}Envelope"), None)
    content = None if envelope is None else root.find(f"{envelope}Body")
    if content is None:
        return "XML that is no SOAP answer"
    response = next(iter(content), None)
    if response is None:
        return "an empty answer"
    if response.tag == f"{envelope}Fault":
        return _FAULT
    result = next(iter(response), None)
    return "an empty answer" if result is None else result


def _read_result(result: etree._Element, zone: ZoneInfo) -> Answer:
    if len(result):
        rows = read_dataset(result, zone)
        if rows is None:
            return NotUnderstood("data of no known shape")
        word = None if rows.rows else read_only_word(result)
        return Listed(rows) if word is None else read_bare(word)
    text = mend(result.text or "").strip()
    return read_bare(text) if text else NotUnderstood("an empty answer")


def parse_xml(body: bytes) -> etree._Element | str:
    """Parse XML that came from outside, or say what it is instead. Never raises."""
    start = body[:_LONGEST_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "an empty answer"
    if start.lower().startswith(_PAGES):
        return "a web page"
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return "XML with a document type"
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "XML that does not parse"
    if root.getroottree().docinfo.internalDTD is not None:  # spelled in another alphabet
        return "XML with a document type"
    return "a web page" if str(etree.QName(root).localname).lower() == "html" else root
