"""The sentences in the sources, found without running them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HANDLERS = Path(__file__).parents[2] / "handlers"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to translate; ``plural`` is empty for one without a number."""

    where: str
    msgid: str
    plural: str = ""


class NotLiteralError(AssertionError):
    """A sentence is put together at run time, so nobody can translate it."""


def read_sentences() -> list[Sentence]:
    """Collect what is said or counted anywhere in ``handlers``, in reading order."""
    found: list[Sentence] = []
    for path in sorted(HANDLERS.rglob("*.py")):
        found += _read(path)
    return found


def _read(path: Path) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        where = f"{path.relative_to(HANDLERS)}:{node.lineno}"
        if node.func.attr == "say":
            yield Sentence(where, _literal(node.args[0], where))
        elif node.func.attr == "count" and len(node.args) == 3:
            yield Sentence(where, _literal(node.args[1], where), _literal(node.args[2], where))


def _literal(node: ast.expr, where: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    message = f"{where}: what is said has to be written out, so that it can be translated"
    raise NotLiteralError(message)
