"""Numbers from the command line and from files: what is none is said, with its line."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import SettingsError
from bot.domain.ids import Number
from bot.domain.numbers import Fault, LeftOut, clean
from bot.domain.optout_files import read_lines
from bot.domain.texts import harmless

MOST = 50
"""Lines that are named of those left out; of more, only how many."""
_WHYS = {
    Fault.NOT_A_MOBILE: "not a mobile",
    Fault.NO_SUCH_DDD: "no such DDD",
    Fault.TOO_SHORT: "too short",
    Fault.TOO_LONG: "too long",
    Fault.COUNTRY: "not in Brazil",
}


@dataclass(slots=True)
class Imported:
    """What was found in a file: how many numbers, and which lines were left out."""

    numbers: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    left_out_count: int = 0


def read_numbers(typed: Iterable[str]) -> list[Number]:
    """Read numbers as they were typed; raises ``SettingsError`` for the first that is none."""
    numbers = []
    for one in typed:
        read = clean(one)
        if isinstance(read, Fault):
            why = _WHYS.get(read, "not a phone number")
            message = f"{harmless(one, limit=40)}: {why}. Write DDD and number, like 31999990001."
            raise SettingsError(message)
        numbers.append(read)
    return numbers


def read_file(path: Path, found: Imported) -> Iterator[Number]:
    """Read a file's numbers as they come; what was left out is noted in ``found``."""
    with told("read", path):
        for row in read_lines(_lines(path)):
            if isinstance(row, LeftOut):
                found.left_out_count += 1
                if len(found.left_out) < MOST:
                    found.left_out.append(row)
            else:
                found.numbers += len(row)
                yield from row


def say_left_out(found: Imported) -> list[str]:
    """Say which lines had no mobile in them, and why."""
    if not found.left_out_count:
        return []
    lines = [f"Lines left out: {found.left_out_count:,}."]
    for one in found.left_out:
        shown = harmless(" ".join(one.raw.split()))
        lines.append(f"  line {one.line:,}: {_WHYS.get(one.fault, 'no phone number')}: {shown}")
    if found.left_out_count > len(found.left_out):
        lines.append(f"  and {found.left_out_count - len(found.left_out):,} more")
    return lines


def _lines(path: Path) -> Iterator[str]:
    """Read lines in whatever letters they are: UTF-8, UTF-16 by its mark, else Windows'."""
    with path.open("rb") as file:
        is_wide = file.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    if is_wide:
        with path.open(encoding="utf-16", errors="replace") as lines:
            yield from lines
        return
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
        for line in lines:
            if line.isascii():
                yield line
            else:
                octets = line.encode("utf-8", "surrogateescape")
                yield _decode(octets)


def _decode(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


@contextmanager
def told(what: str, path: Path) -> Iterator[None]:
    """Say in a sentence what the system has against a file."""
    try:
        yield
    except OSError as error:
        message = f"{path} can't be {what}: {error.strerror}."
        raise SettingsError(message) from error
