"""Several pieces of work in one commit, each standing or falling by itself."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bot.domain.errors import StorageError
from bot.ports import Single, Transaction
from storage.errors import translated
from storage.keyring import Keyring
from storage.transaction import SqliteTransaction


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, and where its answer is waited for."""

    work: Callable[[Transaction], Any]
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a result that is on disk, or an error and nothing kept.

    ``rows`` is how many rows it touched.
    """

    job: Job
    result: Any = None
    error: BaseException | None = None
    rows: int = 0

    def settle(self) -> None:
        """Answer whoever waits, unless they have gone."""
        if self.job.answer.done():
            return
        if self.error is None:
            self.job.answer.set_result(self.result)
        else:
            self.job.answer.set_exception(self.error)


def commit_together(db: Database, jobs: Sequence[Job], keys: Keyring) -> list[Outcome]:
    """Run each job in a savepoint, commit once, and say what became of each; never raises.

    A job's error undoes that job alone. When SQLite gives up the whole transaction (a full
    disk, a broken one), nothing is kept and every job hears so. The ring learns the keys of new
    parts once they are on disk, and before anybody is answered.
    """
    transaction = SqliteTransaction(db)
    if len(jobs) == 1 and isinstance(jobs[0].work, Single):
        return [_run_alone(db, transaction, jobs[0])]
    try:
        with translated():
            db.execute("BEGIN IMMEDIATE")
            outcomes = [_attempt(db, transaction, job) for job in jobs]
            made = keys.noted(db)
            db.execute("COMMIT")
    except StorageError as error:
        with suppress(sqlite3.Error):  # then the next BEGIN fails as well, and everybody hears
            db.rollback()
        return [Outcome(job, error=StorageError(str(error))) for job in jobs]
    keys.add(made)
    return outcomes


def _run_alone(db: Database, transaction: Transaction, job: Job) -> Outcome:
    """Run work that is one statement: SQLite makes a transaction of it, and undoes it by itself."""
    before = db.conn.total_changes
    try:
        with translated():
            result = job.work(transaction)
    except BaseException as error:  # noqa: BLE001 - the thread serves everybody, so it survives
        with suppress(sqlite3.Error):  # nothing is left to undo, unless SQLite itself is in trouble
            db.rollback()
        return Outcome(job, error=error)
    return Outcome(job, result, rows=db.conn.total_changes - before)


def _attempt(db: Database, transaction: Transaction, job: Job) -> Outcome:
    before = db.conn.total_changes
    db.execute("SAVEPOINT job")
    try:
        with translated():
            result = job.work(transaction)
    except BaseException as error:  # the thread serves everybody, so it survives
        if not db.conn.in_transaction:
            raise StorageError(str(error)) from error
        db.execute("ROLLBACK TO job")
        db.execute("RELEASE job")
        return Outcome(job, error=error)
    db.execute("RELEASE job")
    return Outcome(job, result, rows=db.conn.total_changes - before)
