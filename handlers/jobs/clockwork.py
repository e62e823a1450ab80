"""What the clock starts. The scheduler keeps nothing: the database says what is due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.services.approving import Approving
from bot.services.composing import Composing
from bot.services.reconciling import Reconciling
from bot.services.tracking import Tracking

log = structlog.get_logger()

POLL_SECONDS = 5
WAKE_SECONDS = 5
EXPIRE_SECONDS = 15
REMIND_SECONDS = 30
RECONCILE_SECONDS = 60
FINISH_SECONDS = 600
RENEW_SECONDS = 60
CLEAN_SECONDS = 3600


def build_clockwork(
    *,
    tracking: Tracking,
    approving: Approving,
    composing: Composing,
    reconciling: Reconciling,
    renew: Callable[[], Awaitable[None]],
    wake: Callable[[], None],
) -> AsyncIOScheduler:
    """Build the scheduler: polling, deadlines, figures, and waking the errands for what waits.

    ``renew`` brings what is known of the platform's doors up to date.

    A late job runs late rather than not at all (``misfire_grace_time=None``), once
    (``coalesce``), and never beside itself. Each runs first at the start. Polling looks
    often and asks seldom: the platform's minute is kept in the database.
    """
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )

    def every(seconds: int, work: Callable[[], Awaitable[object]], name: str) -> None:
        job = _logged(work, name)
        now = datetime.now(UTC)
        scheduler.add_job(job, "interval", seconds=seconds, id=name, name=name, next_run_time=now)

    async def wake_errands() -> None:
        wake()

    every(POLL_SECONDS, tracking.poll_status, "ask getstatus")
    every(POLL_SECONDS, tracking.poll_balance, "ask getbalance")
    every(EXPIRE_SECONDS, approving.expire_due, "expire")
    every(REMIND_SECONDS, approving.remind_due, "remind")
    every(RECONCILE_SECONDS, reconciling.run, "reconcile")
    every(FINISH_SECONDS, tracking.finish_silent, "finish silent")
    every(CLEAN_SECONDS, composing.clean, "clean")
    every(RENEW_SECONDS, renew, "renew the WSDL")
    every(WAKE_SECONDS, wake_errands, "wake errands")
    return scheduler


def _logged(work: Callable[[], Awaitable[object]], name: str) -> Callable[[], Awaitable[None]]:
    async def job() -> None:
        try:
            await work()
        except asyncio.CancelledError:  # the program ends; the scheduler would call it an error
            log.debug("job cut off", job=name)
        except Exception:  # a job that breaks is logged and comes round again
            log.exception("job broke", job=name)

    return job
