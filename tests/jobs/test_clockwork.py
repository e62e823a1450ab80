"""What the clock starts: which jobs, how often, and what becomes of one that breaks."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.campaign import State
from bot.domain.news import NewsKind
from handlers.jobs.clockwork import build_clockwork
from tests.builders import HOUR
from tests.services.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The services and their database, without their doors."""
    desk = Desk(tmp_path / "torpedo.db")
    await desk.open()
    yield desk
    await desk.close()


class Clockwork:
    """The jobs, run through directly; the scheduler itself is never started."""

    def __init__(self, desk: Desk) -> None:
        self.wakes = 0
        self.renewals = 0
        self._scheduler = build_clockwork(
            tracking=desk.tracking,
            approving=desk.approving,
            composing=desk.composing,
            reconciling=desk.reconciling,
            renew=self._renew,
            wake=self._wake,
        )
        self.jobs = {job.id: job for job in self._scheduler.get_jobs()}

    def _wake(self) -> None:
        self.wakes += 1

    async def _renew(self) -> None:
        self.renewals += 1

    async def run(self, name: str) -> None:
        """Run a job as the scheduler would."""
        await self.jobs[name].func()


async def test_every_job_runs_at_the_start_and_then_in_its_rhythm(desk: Desk) -> None:
    """The platform's minute is kept in the database; here it is only looked at often."""
    jobs = Clockwork(desk).jobs
    assert {name: job.trigger.interval.total_seconds() for name, job in jobs.items()} == {
        "ask getstatus": 5,
        "ask getbalance": 5,
        "expire": 15,
        "remind": 30,
        "clean": 3600,
        "reconcile": 60,
        "finish silent": 600,
        "renew the WSDL": 60,
        "wake errands": 5,
    }
    now = datetime.now(UTC)
    assert all(timedelta(0) <= now - job.next_run_time < HOUR for job in jobs.values())


async def test_a_late_job_runs_late_and_once(desk: Desk) -> None:
    """APScheduler drops it by default after a second; here it may be as late as it likes."""
    scheduler = Clockwork(desk)._scheduler
    scheduler.start(paused=True)
    for job in scheduler.get_jobs():
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
    scheduler.shutdown(wait=False)


async def test_what_nobody_approved_in_time_is_closed(desk: Desk) -> None:
    """A late approval never sends late."""
    campaign = await desk.create()
    desk.clock.advance(25 * HOUR)
    await Clockwork(desk).run("expire")
    assert (await desk.campaign(campaign.id)).state is State.EXPIRED


async def test_what_soon_expires_is_brought_to_mind_once(desk: Desk) -> None:
    """However often the clock strikes in the last hour."""
    campaign = await desk.create()
    clockwork = Clockwork(desk)
    await clockwork.run("remind")
    assert desk.story(campaign.id) == []
    desk.clock.advance(23 * HOUR)
    for _ in range(3):
        await clockwork.run("remind")
    assert desk.story(campaign.id) == [NewsKind.REMINDER]


async def test_what_does_not_add_up_is_told_once(desk: Desk) -> None:
    """Two hours without a word about anybody."""
    campaign = await desk.submitted()
    clockwork = Clockwork(desk)
    await clockwork.run("reconcile")
    assert NewsKind.RECONCILED not in desk.story(campaign.id)
    desk.clock.advance(3 * HOUR)
    for _ in range(3):
        await clockwork.run("reconcile")
    told = [each for each in desk.told(campaign.id) if each.kind is NewsKind.RECONCILED]
    assert [each.facts["kinds"] for each in told] == [["silent"]]


async def test_the_platform_is_asked_once_a_minute_however_often_the_clock_strikes(
    desk: Desk,
) -> None:
    """The manual's limit."""
    await desk.submitted()
    clockwork = Clockwork(desk)
    for _ in range(12):
        await clockwork.run("ask getbalance")
        await clockwork.run("ask getstatus")
    assert desk.gateway.balance_asked == 1
    assert len(desk.gateway.status_asked) <= 1


async def test_what_the_platform_is_silent_about_is_brought_to_an_end(desk: Desk) -> None:
    """After days without news a campaign is done as far as can be known."""
    campaign = await desk.submitted()
    desk.clock.advance(timedelta(days=30))
    await Clockwork(desk).run("finish silent")
    assert (await desk.campaign(campaign.id)).state is State.DONE


async def test_errands_are_woken_for_what_was_postponed(desk: Desk) -> None:
    """Nothing is committed when a pause ends, so the clock says it."""
    clockwork = Clockwork(desk)
    await clockwork.run("wake errands")
    assert clockwork.wakes == 1


async def test_a_job_that_breaks_is_logged_and_comes_round_again(desk: Desk) -> None:
    """Here the database is gone."""
    clockwork = Clockwork(desk)
    await desk.close()
    with capture_logs() as logs:
        await clockwork.run("expire")
    assert [(line["event"], line["job"]) for line in logs] == [("job broke", "expire")]


async def test_a_job_that_the_end_cuts_off_is_no_error(desk: Desk) -> None:
    """A stop in the middle of a question to the platform leaves no traceback in the log."""
    asked = asyncio.Event()

    async def never_answers() -> None:
        asked.set()
        await asyncio.Event().wait()

    desk.gateway.meanwhile = never_answers
    with capture_logs() as logs:
        asking = asyncio.create_task(Clockwork(desk).run("ask getbalance"))
        await asked.wait()
        asking.cancel()
        await asking
    assert [line["log_level"] for line in logs] == ["debug"]
