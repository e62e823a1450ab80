"""Orders to whoever writes the database, as files in a private folder beside it.

One process writes, and while the bot runs it is that one. What a command wants changed lies here,
complete from the moment it has its name, until the bot or the command itself has carried it out.
"""

import json
import os
import secrets
import time
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from bot.domain.ids import Number
from storage.lockfile import PRIVATE_FILE, PRIVATE_FOLDER

KEPT_SECONDS = 24 * 3600
"""How long it is kept what became of an order, for a command that went away meanwhile."""

ACTS = frozenset({"add", "remove"})
LONGEST_HEAD = 10_000

_ORDER, _DONE, _PART, _BAD = ".order", ".done", ".part", ".bad"


class BadOrderError(ValueError):
    """A file in the folder isn't an order of ours."""


Batches = Generator[list[Number], None, None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with many numbers, on whose word; ``act`` is one of ``ACTS``."""

    act: str
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order: how many people it named, and for how many it changed something."""

    named: int
    changed: int


class OrderTray:
    """The folder ``torpedo.db.orders``: orders go in, and come out carried out, oldest first."""

    def __init__(self, database: Path) -> None:
        self._folder = database.with_name(f"{database.name}.orders")

    def put(self, order: Order, numbers: Iterable[Number]) -> str:
        """Leave an order and return its name; it is on disk, whole, before it can be seen."""
        self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
        try:
            with _create(self._path(name, _PART)) as file:
                file.write(f"{json.dumps(asdict(order))}\n".encode())
                file.writelines(f"{number}\n".encode() for number in numbers)
                _sync(file)
        except BaseException:
            self._path(name, _PART).unlink(missing_ok=True)
            raise
        self._path(name, _PART).rename(self._path(name, _ORDER))
        return name

    def waiting(self) -> list[str]:
        """Name the orders that nobody has carried out, oldest first."""
        return sorted(path.stem for path in self._folder.glob(f"*{_ORDER}"))

    def read(self, name: str, *, batch: int) -> tuple[Order, Batches]:
        """Read an order and its numbers, so many at a time.

        Raises ``BadOrderError`` where it is none; its numbers are read as they are asked for.
        """
        file = self._path(name, _ORDER).open("rb")
        try:
            order = Order(**json.loads(file.readline(LONGEST_HEAD)))
        except (ValueError, TypeError) as error:
            file.close()
            raise BadOrderError(name) from error
        if order.act not in ACTS:
            file.close()
            raise BadOrderError(name)
        return order, _batches(file, batch)

    def settle(self, name: str, outcome: Outcome) -> None:
        """Write down what became of an order; only then is it gone."""
        with _create(self._path(name, _PART)) as file:
            file.write(json.dumps(asdict(outcome)).encode())
            _sync(file)
        self._path(name, _PART).rename(self._path(name, _DONE))
        self._path(name, _ORDER).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """Put away what is no order, for somebody to look at; the others go on."""
        self._path(name, _ORDER).rename(self._path(name, _BAD))

    def take_outcome(self, name: str) -> Outcome | None:
        """What became of an order, once: then it is forgotten. ``None`` while it waits."""
        path = self._path(name, _DONE)
        try:
            outcome = Outcome(**json.loads(path.read_bytes()))
        except FileNotFoundError:
            return None
        path.unlink()
        return outcome

    def tidy(self, now: datetime) -> None:
        """Forget old outcomes, and files that a command died over while it wrote them."""
        for path in (*self._folder.glob(f"*{_DONE}"), *self._folder.glob(f"*{_PART}")):
            if now.timestamp() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)

    def _path(self, name: str, kind: str) -> Path:
        return self._folder / f"{name}{kind}"


def _create(path: Path) -> BinaryIO:
    """Make a file that nobody else may read, whatever was left under that name."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb")


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _batches(file: BinaryIO, size: int) -> Batches:
    with file:
        while lines := list(islice(file, size)):
            yield [Number(line.decode("ascii", "replace").strip()) for line in lines]
