"""``make faults``: play many rounds, print what they have shown, exit 1 where anything is wrong."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.faults.report import explain, render
from tests.faults.running import TOWNS, run

ROUNDS = 200


def main() -> int:
    """Run from the command line; returns the exit code."""
    given = _read_arguments()
    numbers = given.only or range(1, given.rounds + 1)
    kept = Path(tempfile.mkdtemp(prefix="torpedo-faults-kept-"))
    done = 0

    def tell(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        if given.verbose:
            print(f"{outcome.plan.number:>4}  {outcome.seconds:5.1f} s  {outcome.plan}", flush=True)
        if not outcome.is_good:
            print("\n".join(explain(outcome, given.seed)), flush=True)
        elif sys.stdout.isatty():
            print(f"\r{done} of {len(numbers)} rounds", end="", flush=True)

    towns = min(TOWNS, len(numbers))
    shown = asyncio.run(run(numbers, seed=given.seed, towns=towns, kept=kept, tell=tell))
    print("\n" + render(shown))
    if not shown.bad:
        kept.rmdir()
        return 0
    print(f"Logs and databases of the bad rounds are in {kept}")
    return 1


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many rounds to play")
    parser.add_argument("--seed", type=int, default=1, help="what the rounds are drawn from")
    parser.add_argument("--only", type=int, action="append", help="play this round alone")
    parser.add_argument("--verbose", action="store_true", help="a line for each round")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error("--rounds is a number from 1")
    return given


if __name__ == "__main__":
    sys.exit(main())
