"""Keeping the opt-out list from the command line: who is put on it and taken off, on record."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import Number
from bot.domain.replies import AuditEntry
from bot.ports import Clock, Store, Transaction

MOST_NAMED = 20
"""Numbers that are named in one line of the record; of more, only how many."""


class ListKeeping:
    """Changes the list on the word of whoever is at the machine."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def add(self, numbers: Sequence[Number], *, by: str) -> int:
        """Put numbers on the list on the machine's word; how many are new there."""
        now = self._clock.now()

        def store_numbers(tx: Transaction) -> int:
            added = tx.optouts.add_all(numbers, at=now, by=by)
            if added:
                tx.audit.add(_entry("opt-outs added", numbers, added, by=by, at=now))
            return added

        return await self._store.write(store_numbers)

    async def remove(self, numbers: Sequence[Number], *, by: str) -> int:
        """Take numbers off the list on the machine's word; how many were there."""
        now = self._clock.now()

        def store_numbers(tx: Transaction) -> int:
            removed = tx.optouts.remove(numbers)
            if removed:
                tx.audit.add(_entry("opt-outs removed", numbers, removed, by=by, at=now))
            return removed

        return await self._store.write(store_numbers)


def _entry(
    what: str, numbers: Sequence[Number], changed: int, *, by: str, at: datetime
) -> AuditEntry:
    named = ", ".join(numbers) if len(numbers) <= MOST_NAMED else None
    return AuditEntry(at=at, who=by, what=what, facts={"people": changed, "numbers": named})
