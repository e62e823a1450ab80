"""Finding ``data_callback`` in a request, however the platform chose to send it.

Whether it comes by GET or POST, as a form or bare, once or repeated, nobody has written down: so
every way is taken, from the bytes, for they may be UTF-8 or Windows-1252.
"""

import itertools
import json
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from bot.gateway.platform_text import decode, mend

_NAME = "data_callback"
_BOUNDARY = re.compile(r"multipart/.*boundary=\"?([^\";,]+)", re.IGNORECASE)
_PART_NAME = re.compile(rb"name=\"?data_callback\"?", re.IGNORECASE)

IsReadable = Callable[[str], bool]


def find_fields(
    query: bytes, content_type: str, body: bytes, *, is_readable: IsReadable
) -> list[str]:
    """Return each ``data_callback`` as text, from the query string and then from the body.

    ``is_readable`` tells a whole value from one that an unescaped ``&`` cut short. Where nothing
    has that name, all that came is returned: a body may be the record itself. Never raises.
    """
    found = _read_form(query, is_readable)
    if body.strip():
        found += _read_body(content_type, body, is_readable) or [_reveal(body)]
    return found if found or not query else [_unquote(query)]


def _read_body(content_type: str, body: bytes, is_readable: IsReadable) -> list[str]:
    boundary = _BOUNDARY.search(content_type)
    if boundary:
        return _read_multipart(boundary[1].strip(), body)
    if body.lstrip().startswith((b"{", b"[")):
        return _read_json(body)
    return _read_form(body.strip(), is_readable)


def _read_form(form: bytes, is_readable: IsReadable) -> list[str]:
    """Read the field from a form, by hand: ``;`` separates nothing here."""
    pieces = form.split(b"&")
    starts = [at for at, piece in enumerate(pieces) if _is_ours(piece)]
    found = []
    for start, end in itertools.pairwise([*starts, len(pieces)]):
        value = pieces[start].partition(b"=")[2]
        whole = b"&".join([value, *pieces[start + 1 : end]])
        alone = _unquote(value)
        is_cut = bool(value) and not is_readable(alone)
        found.append(_unquote(whole) if is_cut else alone)
    return found


def _is_ours(piece: bytes) -> bool:
    name, equals, _ = piece.partition(b"=")
    return bool(equals) and decode(unquote_to_bytes(name)).strip().casefold() == _NAME


def _read_multipart(boundary: str, body: bytes) -> list[str]:
    found = []
    for part in body.split(b"--" + boundary.encode("latin-1", "replace")):
        head, _, value = part.replace(b"\r\n", b"\n").partition(b"\n\n")
        if _PART_NAME.search(head):
            found.append(decode(value.removesuffix(b"\n")))
    return found


def _read_json(body: bytes) -> list[str]:
    try:
        return _pick(json.loads(decode(body)))
    except (ValueError, RecursionError):
        return []


def _pick(value: object) -> list[str]:
    """Collect the field's texts from JSON: an object with it, or a list of objects or texts."""
    if isinstance(value, str):
        return [mend(value)]
    if isinstance(value, list):
        return [text for item in value for text in _pick(item)]
    if isinstance(value, dict):
        ours = (item for name, item in value.items() if name.strip().casefold() == _NAME)
        return [text for item in ours for text in _pick(item)]
    return []


def _unquote(value: bytes) -> str:
    return _reveal(unquote_to_bytes(value.replace(b"+", b" ")))


def _reveal(value: bytes) -> str:
    """Undo percent-encoding where it still hides every separator: twice is not unheard of."""
    hidden = b";" not in value and b"%3b" in value.lower()
    return decode(unquote_to_bytes(value) if hidden else value)
