"""Keeping a long-lived process small (decision 0023)."""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

EXTRAS = ("greenlet", "pygments", "rich")
"""httpx loads rich and pygments for a command line of its own, structlog rich for tracebacks that
our logs don't draw, and greenlet where another package brought it: some 5 MB that a bot at rest
would hold for good."""


_ARENA_MAX = -8
"""``M_ARENA_MAX`` of glibc's ``malloc.h``."""


@contextmanager
def without(names: tuple[str, ...] = EXTRAS) -> Iterator[None]:
    """Let what is imported meanwhile find these packages not installed, unless they are loaded.

    ``None`` in ``sys.modules`` is Python's own way to say so. Only for packages that the importers
    treat as extras; afterwards they can be imported as ever.
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: see above
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def share_one_heap() -> bool:
    """Let all threads allocate from one heap; whether the C library does so (glibc).

    It would give each its own, some 0.2 MB of which nobody uses: Python's threads take turns
    anyway.
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", lambda *_: 0)
    return bool(tune(_ARENA_MAX, 1))
