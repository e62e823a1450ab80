"""What can be wrong with the platform, on purpose."""

from enum import StrEnum


class Trouble(StrEnum):
    """One kind of trouble at a time; each is a way the real platform is known to fail."""

    NONE = "none"
    SLOW = "slow"
    DOWN = "down"
    LOST = "lost"
    HTML = "html"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _LABELS[self]


_LABELS = {
    Trouble.NONE: "All well",
    Trouble.SLOW: "Slow (20 s)",
    Trouble.DOWN: "Down",
    Trouble.LOST: "Answers lost",
    Trouble.HTML: "HTML errors",
}
