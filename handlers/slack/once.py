"""Forms that were taken already: a second press of the button does nothing more."""

MOST = 1000


class Once:
    """Remembers the newest forms by Slack's own ids, which no two of them share.

    Slack sends what was submitted again where it doubts that it arrived, and people press twice.
    """

    def __init__(self) -> None:
        self._seen: dict[str, None] = {}

    def is_first(self, form: str) -> bool:
        """Whether this form comes for the first time; from now on it doesn't."""
        if form in self._seen:
            return False
        self._seen[form] = None
        if len(self._seen) > MOST:
            del self._seen[next(iter(self._seen))]
        return True
