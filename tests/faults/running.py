"""A run: rounds in several towns side by side, since most of a round is waiting."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from tests.faults.counting import count_texts
from tests.faults.outcome import Outcome
from tests.faults.planning import draw
from tests.faults.report import Run
from tests.faults.rounds import Round
from tests.faults.town import Town, open_town
from tests.faults.truth import Truth

TOWNS = 6

Tell = Callable[[Outcome], None]


async def run(
    numbers: Sequence[int],
    *,
    seed: int,
    towns: int = TOWNS,
    kept: Path,
    tell: Tell = lambda _: None,
) -> Run:
    """Play these rounds; what is needed to look into a bad one is put into ``kept``."""
    began, waiting = perf_counter(), iter(numbers)
    async with asyncio.TaskGroup() as group:
        running = [
            group.create_task(_play_in_a_town(waiting, seed, kept, tell, has_soap=at % 2 == 1))
            for at in range(towns)
        ]
    outcomes = [outcome for task in running for outcome in task.result()]
    outcomes.sort(key=lambda one: one.plan.number)
    return Run(seed, outcomes, perf_counter() - began)


async def _play_in_a_town(
    waiting: Iterator[int], seed: int, kept: Path, tell: Tell, *, has_soap: bool
) -> list[Outcome]:
    """Play rounds until there are no more; every other town has a SOAP door, too."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="torpedo-faults-") as name:
        folder = Path(name)
        async with open_town(folder, has_soap=has_soap) as town:
            for number in waiting:
                outcome = await Round(draw(seed, number), town).play()
                outcomes.append(outcome)
                tell(outcome)
                if not outcome.is_good:
                    _keep(folder, kept / f"round-{number}")
                if not town.bot.is_up:
                    break  # it doesn't start any more: that round tells why
                town.bot.log.write_bytes(b"")
        return [_count_again(outcome, town) for outcome in outcomes]


def _keep(folder: Path, place: Path) -> None:
    """Copy the bot's log of the round and its database, while it goes on."""
    shutil.copytree(folder, place, dirs_exist_ok=True)


def _count_again(outcome: Outcome, town: Town) -> Outcome:
    """Count once more at the end: what a later round or restart sent again is found here."""
    texted = count_texts(outcome.text, Truth(town.world, outcome.text).texted)
    late = {number: times for number, times in texted.items() if times > 1}
    twice = {**late, **outcome.count.twice}
    return replace(outcome, count=replace(outcome.count, twice=twice))
