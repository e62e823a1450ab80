"""What a flood came to, and whether that is good."""

from collections import Counter
from dataclasses import dataclass

from tests.flood.waits import Waits

MOST_MEGABYTES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A flood's figures.

    Attributes:
        calls: call-backs that were answered 200, and the requests it took.
        lost: of those, how many aren't stored.
        wrong: replies that are shown not exactly once, or with other words.
        counts: the final counts, as the card shows them and as the platform has them.
        forms: how many messages of each form told of replies.
        waits: how long replies waited.
        kills: how often the bot was killed, and for how long it was away altogether.
        refusals: how often the pretend Slack answered 429.
        megabytes: the most memory that the bot ever took.
        seconds: how long it all took.
        problem: why it didn't come to an end; empty where it did.
    """

    calls: tuple[int, int]
    lost: int
    wrong: int
    counts: tuple[str, str]
    forms: Counter[str]
    waits: Waits
    kills: tuple[int, float]
    refusals: int
    megabytes: float
    seconds: float
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether everything is as it should be."""
        is_whole = not self.lost and not self.wrong and self.counts[0] == self.counts[1]
        return is_whole and self.megabytes < MOST_MEGABYTES and not self.problem

    def render(self) -> str:
        """Lay it out, a line each."""
        is_equal = "yes" if self.counts[0] == self.counts[1] else "NO"
        forms = ", ".join(f"{n} {form}" for form, n in sorted(self.forms.items()))
        rows = [
            ("call-backs answered 200", f"{self.calls[0]:,} (in {self.calls[1]:,} requests)"),
            ("answered 200 but not stored", f"{self.lost}"),
            ("replies shown not exactly once", f"{self.wrong}"),
            ("final counts equal to the sandbox's own", f"{is_equal}: {self.counts[0]}"),
            ("messages that told of replies", forms),
            ("oldest wait", f"{self.waits.oldest:.1f} s"),
            ("longest beyond (waiting / 20) + 2 s", f"{self.waits.beyond:+.1f} s, while up"),
            ("killed with SIGKILL", f"{self.kills[0]} times, away {self.kills[1]:.1f} s in all"),
            ("429s of the pretend Slack", f"{self.refusals}"),
            ("peak memory of the bot", f"{self.megabytes:.0f} MB"),
            ("took", f"{self.seconds:.0f} s"),
        ]
        if is_equal == "NO":
            rows.append(("the sandbox's own counts", self.counts[1]))
        if self.problem:
            rows.append(("PROBLEM", self.problem))
        return "\n".join(f"{what:<40} {found}" for what, found in rows)
