"""The trouble that is set: which requests it meets, and how many more."""

from dataclasses import dataclass, replace

from bot.sandbox.gestures.gesture import GestureError
from bot.sandbox.platform_actions import ACTIONS
from bot.sandbox.troubles import Trouble

EVERY_REQUEST = "all"
SCOPES = (EVERY_REQUEST, *ACTIONS)


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble for the requests of one action, or of all.

    `times` is how many more requests it meets; 0 means until somebody changes it.
    """

    kind: Trouble = Trouble.NONE
    scope: str = EVERY_REQUEST
    times: int = 0


def read_fault(kind: Trouble, scope: object, times: object) -> Fault:
    """Put a fault together.

    While the platform is down nobody reads a request, so nothing could tell one action's from
    another's, or count them: then scope and times must stay as they are without one.

    Raises:
        GestureError: there is no such scope or count, or the platform is to be down for some only.
    """
    if scope not in SCOPES:
        words = f"no scope is called {scope!r}; there are {', '.join(SCOPES)}"
        raise GestureError(words)
    if type(times) is not int or times < 0:
        words = f"times is a whole number from 0 (until changed), not {times!r}"
        raise GestureError(words)
    if kind is Trouble.NONE:
        return Fault()
    if kind is Trouble.DOWN and (scope != EVERY_REQUEST or times):
        words = "a refused connection is nobody's request: 'down' takes neither scope nor times"
        raise GestureError(words)
    return Fault(kind, str(scope), times)


class Faults:
    """The fault there is now; it counts down as requests meet it, and ends by itself."""

    def __init__(self) -> None:
        self.now = Fault()

    def meet(self, action: str) -> Trouble:
        """Tell what a request for `action` runs into, and count it."""
        fault = self.now
        if fault.scope not in (EVERY_REQUEST, action):
            return Trouble.NONE
        if fault.times:
            left = fault.times - 1
            self.now = replace(fault, times=left) if left else Fault()
        return fault.kind
