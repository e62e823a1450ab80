"""Reading addresses. A ``ValueError``'s words never repeat one: it may hold a login."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def read_url(typed: str) -> str:
    """Take an http(s) address without query or login; a ``/`` at its end is left off."""
    parts = _split(typed)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        what = "isn't an address that starts with http:// or https://"
        raise ValueError(what)
    if "?" in typed or "#" in typed:
        what = "goes on after a ? or #: leave that off"
        raise ValueError(what)
    if "@" in parts.netloc:
        what = "has a login inside: leave it off"
        raise ValueError(what)
    return typed.rstrip("/")


def read_api_url(typed: str) -> str:
    """Take the address that method names are put behind, so it ends in a ``/``."""
    return read_url(typed) + "/"


def read_gateway_url(typed: str) -> str:
    """Take the address of the platform's HTTP door; its SOAP address is another thing."""
    url = read_url(typed)
    if url.casefold().endswith(".asmx"):
        what = "is the SOAP address: the HTTP one ends in api.ashx"
        raise ValueError(what)
    return url


def read_wsdl_url(typed: str) -> str:
    """Take the address of the platform's WSDL; of its bare SOAP address it is ``?WSDL``."""
    address, mark, query = typed.partition("?")
    url = read_url(address)
    if "#" in query:
        what = "goes on after a #: leave that off"
        raise ValueError(what)
    if url.casefold().endswith(".ashx"):
        what = "is the HTTP address: the WSDL's ends in ServiceSms.asmx?WSDL"
        raise ValueError(what)
    return f"{url}?{query}" if mark and query else f"{url}?WSDL"


def is_local(url: str) -> bool:
    """Whether an address is of this machine or this network, so that others can't call it."""
    host = _split(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))


def read_host(url: str) -> str:
    """Tell an address's host."""
    return _split(url).hostname or ""


def _split(url: str) -> SplitResult:
    what = "isn't an address"
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ValueError(what)
    try:
        parts = urlsplit(url)
        _ = parts.port  # a wrong one is noticed only when asked for
    except ValueError:
        raise ValueError(what) from None
    return parts
