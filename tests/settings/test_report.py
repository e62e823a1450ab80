"""Findings and problems as a terminal shows them."""

import io
from pathlib import Path

from rich.console import Console, RenderableType

from bot.checking import Finding, render_findings, render_problems
from bot.settings import Problem

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def show(what: RenderableType) -> str:
    """Show something as a terminal of 80 columns without colours would."""
    console = Console(file=io.StringIO(), width=80, color_system=None)
    with console.capture() as capture:
        console.print(what)
    return capture.get()


def test_findings_read_without_colours() -> None:
    """The mark is a word, long words fold within 80 columns, and brackets are no mark-up."""
    shown = show(
        render_findings(
            [
                Finding("Slack", ok=True, words="@torpedo in the workspace [bold]Loja[/bold]"),
                Finding("SMS platform", ok=False, words="it said no " * 20),
                Finding("PUBLIC_URL", ok=True, words="x" * 100, careful=True),
            ]
        )
    )
    lines = shown.splitlines()
    assert lines[0].split() == [
        "ok",
        "Slack",
        "@torpedo",
        "in",
        "the",
        "workspace",
        "[bold]Loja[/bold]",
    ]
    assert any(line.startswith("wrong    SMS platform  it said no") for line in lines)
    assert any(line.startswith("careful  PUBLIC_URL ") for line in lines)
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "1 to put right."
    assert "\x1b" not in shown
    assert show(render_findings([])).strip() == "Torpedo can run."


def test_problems_read_without_colours() -> None:
    """What is wrong on one line, and under it where to get what is right."""
    shown = show(render_problems([Problem("PORT", "isn't [a] whole number", "The port. " * 20)]))
    lines = shown.splitlines()
    assert lines[0] == "PORT isn't [a] whole number"
    assert lines[1].startswith("    The port.")
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "1 thing to put right."
    assert "2 things to put right." in show(render_problems([Problem("A", "b", "c")] * 2))
