"""The table of decision 2, read as its readers do: each ending, its class, and its test."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import GatewayError, GatewayRejected, GatewayUnavailable, OutcomeUnknown

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/decisions/0002-fate-of-a-request.md"
ERRORS: dict[str, type[GatewayError] | None] = {
    "never left": GatewayUnavailable,
    "no": GatewayRejected,
    "unknown": OutcomeUnknown,
    "yes": None,
    "can't happen": None,
}
"""What the door raises for each class."""

_ROW = re.compile(r"\| (.+) \| (.+) \| (.+) \| `(.+)` \|")


@dataclass(frozen=True, slots=True)
class Row:
    """One ending of a request.

    Attributes:
        ending: What is seen of it.
        fate: Its class.
        test: The name of the test that produces it here, or another's path and name.
    """

    ending: str
    fate: str
    test: str


def read_table() -> list[Row]:
    """Read every row, and fail on one that names no test."""
    page = PAGE.read_text(encoding="utf-8")
    _, rule, *lines = [line for line in page.splitlines() if line.startswith("|")]
    assert set(rule) == {"|", "-"}
    rows = []
    for line in lines:
        cells = _ROW.fullmatch(line)
        assert cells, f"a row of the table names no test: {line}"
        rows.append(Row(cells[1], cells[2], cells[4]))
    return rows
