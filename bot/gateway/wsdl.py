"""The platform's WSDL on its way here: from its address, with what it imports, or from the disk."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.gateway.connection import Asking, Patience, Reply, exchange
from bot.gateway.soap_answers import parse_xml

_MEGABYTES = 4
_MOST_DOCUMENTS = 20
_IMPORTING = {"import", "include"}

Documents = Mapping[str, bytes]
"""Documents by their addresses; the first is the WSDL itself."""


class WsdlTrouble(Exception):
    """The WSDL can't be used; the words say why, after its address, and what to do."""


async def fetch_documents(url: str, patience: Patience) -> dict[str, bytes]:
    """Fetch a WSDL and everything that it imports, all of it from the host that was configured.

    What an import names is somebody else's word: nothing else is asked, and no file is opened.

    Raises:
        WsdlTrouble: Something of it can't be had.
    """
    documents: dict[str, bytes] = {}
    wanted = [url]
    while wanted:
        each = wanted.pop(0)
        if len(documents) >= _MOST_DOCUMENTS:
            message = f"imports more than {_MOST_DOCUMENTS} documents"
            raise WsdlTrouble(message)
        documents[each] = await _fetch(each, patience)
        found = find_imports(each, documents[each])
        for one in found:
            if host_of(one) != host_of(url):
                message = f"imports a document from another host, {urlsplit(one).netloc}"
                raise WsdlTrouble(message)
        wanted += [one for one in found if one not in documents and one not in wanted]
    return documents


def find_imports(url: str, body: bytes) -> list[str]:
    """List what a document imports, as addresses; one that isn't XML imports nothing."""
    root = parse_xml(body)
    if isinstance(root, str):
        return []
    places = [
        each.get("schemaLocation") or each.get("location")
        for each in root.iter(etree.Element)
        if etree.QName(each).localname in _IMPORTING
    ]
    return [urljoin(url, place) for place in dict.fromkeys(places) if place]


def host_of(url: str) -> tuple[str, str]:
    """Tell an address's scheme and host, which have to be the configured ones."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.casefold()


async def _fetch(url: str, patience: Patience) -> bytes:
    reply = await exchange(Asking(url=url, megabytes=_MEGABYTES), patience)
    if reply is None:
        message = "can't be reached: nobody answers there"
    elif not isinstance(reply, Reply):
        message = f"can't be read: {reply.what}"
    elif reply.status_code != 200:  # noqa: PLR2004 - HTTP's word for a yes
        message = f"can't be read: HTTP {reply.status_code}"
    else:
        return reply.body
    raise WsdlTrouble(message)


def read_cache(path: Path, url: str) -> Documents | None:
    """Read what was last fetched from this address; None where nothing was, or it is damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        documents = kept["documents"] if kept["url"] == url else {}
        return {one: text.encode("latin-1") for one, text in documents.items()} or None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_cache(path: Path, url: str, documents: Documents) -> None:
    """Keep what was fetched, whole or not at all. Bytes are kept one a letter.

    Raises:
        OSError: The disk doesn't take it.
    """
    texts = {one: body.decode("latin-1") for one, body in documents.items()}
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps({"url": url, "documents": texts}), encoding="utf-8")
    os.replace(fresh, path)  # noqa: PTH105 - over a file that is there, on every system
