"""Findings and problems as a terminal shows them, with colours or without, 80 columns or more."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.checking.findings import Finding
from bot.settings import Problem

_MARKS = {
    (True, False): ("ok", "green"),
    (True, True): ("careful", "yellow"),
    (False, False): ("wrong", "bold red"),
    (False, True): ("wrong", "bold red"),
}


def render_findings(findings: Sequence[Finding]) -> RenderableType:
    """Show each finding on a row, its mark in words, and at the end how many are wrong.

    Words that came from Slack or the platform are shown as they are: none of them is mark-up.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        mark, style = _MARKS[finding.ok, finding.careful]
        table.add_row(Text(mark, style=style), Text(finding.name), Text(finding.words))
    wrong = sum(not finding.ok for finding in findings)
    end = f"{wrong} to put right." if wrong else "Torpedo can run."
    return Group(table, Text(), Text(end, style="bold"))


def render_problems(problems: Sequence[Problem]) -> RenderableType:
    """Show what is wrong with the settings, and under each where to get it."""
    rows: list[RenderableType] = []
    for problem in problems:
        rows.append(Text.assemble((problem.setting, "bold red"), f" {problem.what}"))
        rows.append(Padding(Text(problem.where_to_get_it, style="dim"), (0, 0, 1, 4)))
    things = "thing" if len(problems) == 1 else "things"
    return Group(*rows, Text(f"{len(problems)} {things} to put right.", style="bold"))
