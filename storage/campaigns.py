"""The campaigns' table, with approvals and who was left out."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from bot.domain.campaign import Approval, Campaign, ImpossibleMoveError, State
from bot.domain.changes import Changes
from bot.domain.ids import CampaignId, ChannelId, Number, UserId
from bot.domain.numbers import LeftOut, same_person_key
from bot.domain.receipts import Status
from bot.domain.refusals import NoSuchCampaign
from storage.rows import (
    read_approval,
    read_campaign,
    read_changes,
    readable,
    write_campaign,
    write_changes,
)
from storage.times import write_time


class CampaignTable:
    """``ports.Campaigns`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def next_id(self) -> CampaignId:
        """Ask SQLite's own record of the highest number ever used."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'campaigns'")
        return CampaignId(next((seq for (seq,) in row), 0) + 1)

    def add(
        self, campaign: Campaign, numbers: Sequence[Number], left_out: Sequence[LeftOut]
    ) -> None:
        """Store a new campaign whole."""
        self._db.table("campaigns").insert(write_campaign(campaign))
        self._keep_approvals(campaign)
        self._write_people(campaign.id, numbers, left_out)

    def rewrite(
        self, campaign: CampaignId, numbers: Sequence[Number], left_out: Sequence[LeftOut]
    ) -> tuple[int, int]:
        """Replace the list of a campaign that has no parts yet; how many were added, and removed.

        Once there are parts, its people may have it: then it raises ``ImpossibleMoveError``.
        """
        rows = self._db.execute("SELECT person FROM recipients WHERE campaign = ?", (campaign,))
        before = {row["person"] for row in rows}
        after = {same_person_key(number) for number in numbers}
        if self._db.execute("SELECT 1 FROM parts WHERE campaign = ?", (campaign,)).fetchone():
            message = f"campaign {campaign} has parts: its list can't change any more"
            raise ImpossibleMoveError(message)
        self._db.execute("DELETE FROM recipients WHERE campaign = ?", (campaign,))
        self._db.execute("DELETE FROM left_out WHERE campaign = ?", (campaign,))
        self._write_people(campaign, numbers, left_out)
        return len(after - before), len(before - after)

    def _write_people(
        self, campaign: CampaignId, numbers: Sequence[Number], left_out: Sequence[LeftOut]
    ) -> None:
        """Write a list in one statement, in about the order of its key: a third of row by row.

        Numbers go in as JSON's own, which SQLite reads and sorts faster than words. The key is
        worked out as ``same_person_key`` does it.
        """
        self._db.execute(
            "INSERT INTO recipients (campaign, person, number, position, status)"
            " SELECT ?, CASE length(value) WHEN 10"
            " THEN substr(value, 1, 2) || '9' || substr(value, 3) ELSE value END,"
            " value, key, ? FROM json_each(?) ORDER BY value",
            (campaign, Status.QUEUED.value, f"[{','.join(numbers)}]"),
        )
        self._db.conn.executemany(
            "INSERT INTO left_out (campaign, position, line, raw, fault) VALUES (?, ?, ?, ?, ?)",
            (
                (campaign, position, each.line, readable(each.raw), each.fault.value)
                for position, each in enumerate(left_out)
            ),
        )

    def get(self, campaign: CampaignId) -> Campaign:
        """Read one; raises ``NoSuchCampaign``."""
        for found in self._select("WHERE id = ?", campaign):
            return found
        raise NoSuchCampaign(str(campaign))

    def save(self, campaign: Campaign) -> None:
        """Write one back; raises ``NoSuchCampaign``.

        Approvals are only ever added. Those of an older version stay on record, and count
        for nothing, because only the campaign's own version's are read.
        """
        try:
            self._db.table("campaigns").update(campaign.id, write_campaign(campaign))
        except NotFoundError as error:
            raise NoSuchCampaign(str(campaign.id)) from error
        self._keep_approvals(campaign)

    def note_changes(self, campaign: CampaignId, changes: Changes) -> None:
        """Keep how a version differs from the one before."""
        self._db.table("changes").insert(write_changes(campaign, changes))

    def changes(self, campaign: CampaignId, version: int) -> Changes | None:
        """How this version differs from the one before; ``None`` for the first."""
        row = self._db.execute(
            "SELECT * FROM changes WHERE campaign = ? AND version = ?", (campaign, version)
        ).fetchone()
        return None if row is None else read_changes(row)

    def to_reconcile(self) -> tuple[Campaign, ...]:
        """Those handed over whose figures may not add up yet, oldest first."""
        return self._select("WHERE state IN ('sent', 'done') AND reconciled_at IS NULL ORDER BY id")

    def answers(self, reply: int) -> tuple[Campaign, ...]:
        """The campaigns that answer a reply, oldest first."""
        return self._select("WHERE reply = ? ORDER BY id", reply)

    def trials(self, campaign: CampaignId, version: int) -> tuple[Campaign, ...]:
        """The tests of one version, oldest first."""
        return self._select(
            "WHERE thread_of = ? AND tested_version = ? ORDER BY id", campaign, version
        )

    def trials_by(self, user: UserId, *, since: datetime) -> tuple[Campaign, ...]:
        """The tests that somebody asked for since then, of whichever campaigns, oldest first."""
        return self._select(
            "WHERE tested_version > 0 AND requester = ? AND created_at > ? ORDER BY created_at",
            user,
            write_time(since),
        )

    def of_form(self, form: str) -> Campaign | None:
        """The answer or test that was asked for in this form."""
        return next(iter(self._select("WHERE form = ?", form)), None)

    def in_states(
        self, states: Iterable[State], *, channel: ChannelId | None = None
    ) -> tuple[Campaign, ...]:
        """Those in any of these states, oldest first."""
        return self._select(
            "WHERE state IN (SELECT value FROM json_each(?)) AND channel = ifnull(?, channel)"
            " ORDER BY id",
            json.dumps([state.value for state in states]),
            channel,
        )

    def since(self, states: Iterable[State], *, at: datetime) -> tuple[Campaign, ...]:
        """Those in any of these states that were written, launched or planned for then or later.

        Not the answers and tests in other campaigns' threads; oldest first.
        """
        return self._select(
            "WHERE state IN (SELECT value FROM json_each(?)) AND thread_of IS NULL"
            " AND max(created_at, ifnull(launched_at, ''), ifnull(send_at, '')) >= ? ORDER BY id",
            json.dumps([state.value for state in states]),
            write_time(at),
        )

    def in_channel(self, channel: ChannelId, *, limit: int) -> tuple[Campaign, ...]:
        """A channel's newest campaigns, newest first; not the answers and tests in threads."""
        return self._select(
            "WHERE channel = ? AND thread_of IS NULL ORDER BY id DESC LIMIT ?", channel, limit
        )

    def _select(self, which: str, *values: str | int | None) -> tuple[Campaign, ...]:
        rows = self._db.execute(f"SELECT * FROM campaigns {which}", values)  # noqa: S608 - ours
        return tuple(read_campaign(row, self._approvals(row["id"], row["version"])) for row in rows)

    def _approvals(self, campaign: int, version: int) -> tuple[Approval, ...]:
        rows = self._db.execute(
            "SELECT * FROM approvals WHERE campaign = ? AND version = ? ORDER BY position",
            (campaign, version),
        )
        return tuple(map(read_approval, rows))

    def _keep_approvals(self, campaign: Campaign) -> None:
        kept = self._approvals(campaign.id, campaign.version)
        if campaign.approvals[: len(kept)] != kept:
            message = f"campaign {campaign.id}: an approval on record can't be taken back"
            raise ImpossibleMoveError(message)
        for position, approval in enumerate(campaign.approvals[len(kept) :], start=len(kept)):
            self._db.table("approvals").insert(
                {
                    "campaign": campaign.id,
                    "version": approval.version,
                    "position": position,
                    "by": approval.by,
                    "at": write_time(approval.at),
                    "digest": approval.digest,
                    "quiet": int(approval.allows_quiet),
                }
            )
