"""What a thread shows of replies, read from Slack's side as a person would.

A reply is told when it stands in exactly one of: a message of its own, a line of a group, the
count of who asked to stop below a group, a row of a file.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message

_ALONE = re.compile(r"📩 \((\d\d)\) (\d{4,5})-(\d{4}) · ")
_NUMBER = re.compile(r"\((\d\d)\) (\d{4,5})-(\d{4})")
_STOPPED = re.compile(r"([\d,]+) (?:person|people) asked to stop")


@dataclass(frozen=True, slots=True)
class Told:
    """What one message tells: of whom which words, how many by a count alone, and when."""

    at: float
    replies: tuple[tuple[str, str], ...]
    counted: int = 0
    form: str = "alone"


@dataclass(slots=True)
class Shown:
    """Everything that a thread tells of replies."""

    told: list[Told] = field(default_factory=list)

    @property
    def by_number(self) -> Counter[str]:
        """How often each person's reply is shown."""
        return Counter(number for one in self.told for number, _ in one.replies)

    @property
    def texts(self) -> dict[str, str]:
        """What each is shown to have said."""
        return {number: text for one in self.told for number, text in one.replies}

    @property
    def counted(self) -> int:
        """How many are told by a count alone."""
        return sum(one.counted for one in self.told)

    @property
    def total(self) -> int:
        """How many are told, in whatever way."""
        return self.counted + sum(len(one.replies) for one in self.told)

    def forms(self) -> Counter[str]:
        """How many messages of each form there are."""
        return Counter(one.form for one in self.told)


def read_thread(messages: Iterable[Message]) -> Shown:
    """Read every message that tells of replies; summaries count and tell of none."""
    return Shown([told for message in messages if (told := read_message(message)) is not None])


def read_message(message: Message) -> Told | None:
    """Read one message."""
    at = float(message.ts)
    if message.content.files:
        (file,) = message.content.files
        return Told(at, tuple(_read_file(file.content or b"")), form="file")
    blocks = message.content.blocks or []
    heads = [block["text"]["text"] for block in blocks if "text" in block]
    parts = [part for one in blocks if one["type"] == "rich_text" for part in one["elements"]]
    if alone := _ALONE.match(heads[0] if heads else ""):
        return Told(at, (("".join(alone.groups()), _join(parts[0])),))
    if not re.match(r"📩 \d+ replies, ", heads[0] if heads else ""):
        return None
    lines = [line for part in parts for line in part["elements"]]
    stopped = _STOPPED.search(heads[-1])
    counted = int(stopped[1].replace(",", "")) if stopped else 0
    return Told(at, tuple(map(_read_line, lines)), counted, "group")


def _read_line(line: JsonObject) -> tuple[str, str]:
    number, _, text = line["elements"][:3]
    return _digits(number["text"]), text["text"].removeprefix("  ")


def _read_file(content: bytes) -> Iterable[tuple[str, str]]:
    for row in list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]:
        text = row[2]
        yield _digits(row[0]), text.removeprefix("'") if text[1:2] in "=+-@" else text


def _digits(pretty: str) -> str:
    found = _NUMBER.search(pretty)
    return "".join(found.groups()) if found else pretty


def _join(part: JsonObject) -> str:
    return "".join(element["text"] for element in part["elements"])
