"""What a run has shown, for people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.troubles import Trouble
from tests.faults.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """All rounds of a run, and how many seconds they took together."""

    seed: int
    outcomes: Sequence[Outcome]
    seconds: float

    @property
    def bad(self) -> list[Outcome]:
        """The rounds that something is wrong with."""
        return [one for one in self.outcomes if not one.is_good]

    @property
    def twice(self) -> int:
        """How many texts too many were sent."""
        return sum(sum(one.count.twice.values()) - len(one.count.twice) for one in self.outcomes)

    @property
    def lost(self) -> int:
        """How many approved texts were never sent, and nobody was told."""
        return sum(len(one.count.lost) for one in self.outcomes)

    @property
    def denied(self) -> int:
        """How many were texted although people were told that they got nothing."""
        return sum(len(one.count.denied) for one in self.outcomes)

    @property
    def kills(self) -> int:
        """How often the bot was killed."""
        return sum(one.kills for one in self.outcomes)

    @property
    def met(self) -> Counter[Trouble]:
        """How often each trouble was met by a request to send."""
        return sum((one.met for one in self.outcomes), Counter())


def render(run: Run) -> str:
    """Lay a run out in lines; the two that count come last."""
    outcomes = run.outcomes
    longest = max(outcomes, key=lambda one: one.seconds)
    kinds = ", ".join(f"{kind} {times}" for kind, times in sorted(run.met.items()))
    lines = {
        "rounds": f"{len(outcomes)}, seed {run.seed}",
        "kills": f"{run.kills}, in {sum(one.kills > 0 for one in outcomes)} rounds",
        "starts of the bot": f"{sum(one.starts for one in outcomes)}",
        "requests to send": f"{sum(one.requests for one in outcomes)} reached the platform",
        "faults they met": kinds or "none",
        "parts of unknown fate": (
            f"{sum(one.by_callback for one in outcomes)} settled by call-back,"
            f" {sum(one.by_person for one in outcomes)} by a person,"
            f" {sum(one.needs_you for one in outcomes)} still ask for one"
        ),
        "longest round": f"{longest.seconds:.1f} s, number {longest.plan.number}",
        "time": f"{run.seconds:.0f} s",
        "left in flight": f"{sum(one.in_flight for one in outcomes)} (must be 0)",
        "rounds that never ended": f"{sum(bool(one.problem) for one in outcomes)} (must be 0)",
        "texts that people were told didn't go": f"{run.denied} (must be 0)",
        "texts twice": f"{run.twice} (must be 0)",
        'approved texts lost without a "Needs you"': f"{run.lost} (must be 0)",
    }
    width = max(map(len, lines))
    told = [f"{what:<{width}}  {figures}" for what, figures in lines.items()]
    return "\n".join([*told, *(line for one in run.bad for line in explain(one, run.seed))])


def explain(outcome: Outcome, seed: int) -> list[str]:
    """Say what is wrong with a round, and how to see it again."""
    number = outcome.plan.number
    lines = [f"Round {number} went wrong: {outcome.plan}"]
    if outcome.count.twice:
        lines.append(f"  texted more than once: {dict(outcome.count.twice)}")
    if outcome.count.lost:
        lines.append(f"  lost: {', '.join(outcome.count.lost)}")
    if outcome.count.denied:
        lines.append(f"  texted, people were told they weren't: {', '.join(outcome.count.denied)}")
    if outcome.in_flight:
        lines.append(f"  left in flight: {outcome.in_flight}")
    if outcome.problem:
        lines.append(f"  {outcome.problem}")
    return [*lines, f"  again: python -m tests.faults --only {number} --seed {seed}"]
