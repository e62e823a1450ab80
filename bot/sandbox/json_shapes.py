"""What travels as JSON, before anybody has looked at it."""

import json
from typing import Any, NoReturn

JsonObject = dict[str, Any]


def read_json(raw: str | bytes) -> object:
    """Read JSON so that it can always be written again.

    Half a surrogate pair becomes a question mark: kept, it would break every answer it is in.

    Raises:
        ValueError: it is no JSON, holds NaN or infinity, or goes too deep.
    """
    try:
        parsed = json.loads(raw, parse_constant=_refuse)
        whole = json.dumps(parsed, ensure_ascii=False).encode("utf-8", "replace")
        return json.loads(whole)
    except RecursionError as error:
        raise ValueError from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
