"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: What was looked at.
        ok: Whether Torpedo can run with it.
        words: What was seen and, where something is wrong, what to do.
        careful: It works, and is yet seldom meant.
    """

    name: str
    ok: bool
    words: str
    careful: bool = False
