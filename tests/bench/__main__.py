"""``make bench``: print every comparison in a table, and what each ratio means below it."""

import asyncio
import os
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.bench import acks, callbacks, files, lists, lists_sent, replies, starting
from tests.bench.measuring import ROUNDS, Comparison


async def main() -> None:
    """Measure one after another, in a folder that is gone afterwards."""
    console = Console(highlight=False)
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="torpedo-bench-") as name:
        folder = Path(name)
        with console.status("Measuring; this takes about ten minutes ..."):
            compared = [
                *await callbacks.measure(folder),
                await acks.measure(folder),
                await lists.measure_reading(),
                await lists.measure_storing(folder),
                *await files.measure(folder),
                *await lists_sent.measure(folder),
                *await starting.measure(folder),
            ]
            waits = await replies.measure(folder)
    console.print(render(compared))
    console.print(
        f"The machine's load was {load_before:.1f} when this began, on {os.cpu_count()} cores:"
        " beside others' work the ratios of what uses two threads say little."
    )
    for meaning in dict.fromkeys(comparison.meaning for comparison in compared):
        rows = [str(number) for number, each in enumerate(compared, 1) if each.meaning == meaning]
        console.print(f"[bold]{', '.join(rows)}.[/] {meaning}")
    console.print(waits)


def render(compared: list[Comparison]) -> Table:
    """Lay the comparisons out: the ratio counts, the rest says where it comes from."""
    table = Table(title=f"Torpedo beside the least that could do the same ({ROUNDS} rounds each)")
    table.add_column("")
    table.add_column("What")
    for heading in ("Torpedo", "Beside it", "Ratio", "Rounds", "Target"):
        table.add_column(heading, justify="right", no_wrap=True)
    for number, comparison in enumerate(compared, start=1):
        ratios = comparison.ratios
        table.add_row(
            str(number),
            comparison.what,
            _write(median(comparison.ours), comparison.unit),
            _write(median(comparison.theirs), comparison.unit),
            f"[bold]{comparison.ratio:.2f}[/]",
            f"{ratios[0]:.2f} to {ratios[-1]:.2f}",
            _say_target(comparison),
        )
    return table


def _say_target(comparison: Comparison) -> str:
    target = comparison.target
    if target is None:
        return ""
    return f"[green]{target}[/]" if comparison.reach(target) else f"[red]{target} missed[/]"


def _write(value: float, unit: str) -> str:
    """Write three figures that matter, and no more."""
    places = 0 if value >= 100 else 1 if value >= 10 else 3
    return f"{value:,.{places}f}{unit}"


if __name__ == "__main__":
    asyncio.run(main())
