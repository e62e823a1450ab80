"""What must not be read in a log, and how it is taken out of whatever is logged."""

import re
from collections.abc import Iterable, Mapping

from structlog.typing import EventDict, WrappedLogger

from bot.gateway.secrets import Redactor
from bot.services.addresses import CALLBACK_PATH

_MASK = "***"
_SECRET_SHAPES = (
    re.compile(r"(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w%-]+", re.IGNORECASE),  # Slack's tokens
    re.compile(rf"(?<={CALLBACK_PATH})[\w%-]+"),  # the key that ends a call-back's address
    re.compile(r"(?<=ticket=)[\w%-]+"),  # Socket Mode's, good for one connection
    re.compile(r"(?<=hooks\.slack\.com/)[\w%/-]+"),  # a response_url: whoever has it may post
)

_LINE_BREAKS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DIRECTIONS = (*range(0x2028, 0x202F), *range(0x2066, 0x206A))
_ESCAPES = (
    {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
    | {code: f"\\u{code:04x}" for code in _DIRECTIONS}
    | {ord(raw): written for raw, written in _LINE_BREAKS.items()}
)
_BLOCK_ESCAPES = _ESCAPES | {ord("\n"): "\n  ", ord("\t"): "\t"}
_BLOCKS = frozenset({"exception", "stack"})


class Cleaner:
    """A processor that takes secrets out of every value, whatever its type.

    Each secret is found however it is spelled: as itself, percent-encoded (also twice), or with
    HTML's or JSON's escapes. The gateway's login may be a mere word, so it goes only where it
    stands alone or behind ``lgn=``.
    """

    def __init__(self, secrets: Iterable[str], login: str = "") -> None:
        longest_first = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        self._redactors = [Redactor("", secret) for secret in longest_first]
        self._redactors.append(Redactor(login, ""))

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Clean an event; the names of its values are ours, and stay."""
        return {name: self._clean_value(value) for name, value in event.items()}

    def clean(self, text: str) -> str:
        """Blot out whatever must not be read in a log."""
        for redactor in self._redactors:
            text = redactor.clean(text)
        for shape in _SECRET_SHAPES:
            text = shape.sub(_MASK, text)
        return text

    def _clean_value(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {self.clean(str(k)): self._clean_value(v) for k, v in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean_value(item) for item in value]
        written = str(value)
        cleaned = self.clean(written)
        is_plain = value is None or isinstance(value, bool | int | float)
        return value if is_plain and cleaned == written else cleaned


def escape_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep what strangers wrote from forging lines, or steering the terminal that shows them.

    A traceback keeps its lines, set in by two spaces, so that none of them looks like an entry.
    """
    return {
        name: value.translate(_BLOCK_ESCAPES if name in _BLOCKS else _ESCAPES)
        if isinstance(value, str)
        else value
        for name, value in event.items()
    }
