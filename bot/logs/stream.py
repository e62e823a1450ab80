"""Setting logging up: where lines go, how they look, and which libraries keep quiet."""

import logging
import os
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import Processor

from bot.logs.cleaning import Cleaner, escape_controls

_LEAST = {
    "httpx": logging.WARNING,  # it would log whole addresses, credentials and all
    "httpcore": logging.WARNING,
    "apscheduler": logging.ERROR,  # a line for each job, and for each that is still under way
    "slack_bolt": logging.INFO,  # whole requests, with what strangers wrote
    "slack_sdk": logging.INFO,
    "websockets": logging.INFO,
}
_SERVER = ("uvicorn", "uvicorn.error", "uvicorn.access")

log = structlog.get_logger("torpedo")


class _Stream(logging.StreamHandler[Any]):
    """A handler that never prints a line raw, not even one that it can't write."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        failure = sys.exc_info()[0]
        kind = failure.__name__ if failure else "unknown"
        self.stream.write(f"a log line of {record.name} could not be written: {kind}\n")


def configure_logs(
    log_format: str, level: str, *, secrets: Iterable[str] = (), login: str = ""
) -> None:
    """Send every log line, the program's and its libraries', to standard error.

    ``log_format`` is ``text`` for people (coloured on a terminal) or ``json`` for programs, one
    object a line. What nobody catches is logged as well, and so is cleaned like the rest. Start
    uvicorn with ``log_config=None``, or it brings its own; its access log stays off, for the
    addresses of call-backs hold keys.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.ExceptionRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _Stream(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                Cleaner(secrets, login),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                *_finish(log_format),
            ],
        )
    )
    _route(handler, level)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread


def _finish(log_format: str) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.JSONRenderer()]
    return [
        escape_controls,
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty() and "NO_COLOR" not in os.environ,
            exception_formatter=structlog.dev.plain_traceback,
        ),
    ]


def _route(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    for name in _SERVER:
        server = logging.getLogger(name)
        server.handlers = []
        server.propagate = True
    logging.getLogger("uvicorn.access").disabled = True


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("stopped by an error", exc_info=(kind, error, trace))


def _log_thread(failure: threading.ExceptHookArgs) -> None:
    log.critical("a thread stopped by an error", exc_info=failure.exc_value)
