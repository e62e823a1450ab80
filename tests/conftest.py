"""What every test may count on: no hurry, and logging as it was before."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

# A busy machine is no failure: properties have no deadline.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Put logging back when a test, or the program it ran, has set it up anew."""
    root = logging.getLogger()
    kept = root.handlers, root.level, sys.excepthook, threading.excepthook
    yield
    root.handlers, root.level, sys.excepthook, threading.excepthook = kept
    logging.getLogger("uvicorn.access").disabled = False
    structlog.reset_defaults()
