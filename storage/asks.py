"""When the platform was last asked what, and the credit it told or why it told none."""

from datetime import datetime
from decimal import Decimal

from sqlite_utils import Database

from bot.domain.credit import Balance, BalanceTrouble
from bot.domain.ids import CampaignId
from bot.domain.reconciling import Disagreement
from storage.rows import readable
from storage.times import read_time, write_time


class AskTable:
    """``ports.Asks`` in SQLite."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def last(self, what: str) -> datetime | None:
        """When this was last asked."""
        row = self._db.execute("SELECT at FROM asks WHERE what = ?", (what,)).fetchone()
        return None if row is None else read_time(str(row["at"]))

    def note(self, what: str, at: datetime) -> None:
        """Write down that it is asked now, before it is."""
        self._db.table("asks").upsert({"what": what, "at": write_time(at)}, pk="what")

    def balance(self, account: str) -> Balance | None:
        """The newest credit known; by its time, whenever it was written down."""
        return self._balance("WHERE account = ? ORDER BY at DESC", account)

    def balance_before(self, account: str, at: datetime) -> Balance | None:
        """The last credit told before a moment."""
        return self._balance(
            "WHERE account = ? AND at < ? ORDER BY at DESC", account, write_time(at)
        )

    def balance_after(self, account: str, at: datetime) -> Balance | None:
        """The first credit told after a moment."""
        return self._balance("WHERE account = ? AND at > ? ORDER BY at", account, write_time(at))

    def _balance(self, which: str, *values: str) -> Balance | None:
        row = self._db.execute(
            f"SELECT credits, at FROM balances {which} LIMIT 1",  # noqa: S608 - ours
            values,
        ).fetchone()
        return None if row is None else Balance(Decimal(row["credits"]), read_time(row["at"]))

    def save_balance(self, account: str, balance: Balance) -> None:
        """Keep a credit that was told; it ends a trouble that isn't newer than it."""
        self._db.execute(
            "DELETE FROM balance_troubles WHERE account = ? AND at <= ?",
            (account, write_time(balance.at)),
        )
        self._db.table("balances").upsert(
            {"account": account, "credits": str(balance.credits), "at": write_time(balance.at)},
            pk=("account", "at"),
        )

    def note_disagreement(self, campaign: CampaignId, kind: Disagreement, *, at: datetime) -> bool:
        """Write down that something doesn't add up; whether that is new."""
        noted = self._db.execute(
            "INSERT OR IGNORE INTO disagreements (campaign, kind, at) VALUES (?, ?, ?)",
            (campaign, kind.value, write_time(at)),
        )
        return noted.rowcount > 0

    def trouble(self, account: str) -> BalanceTrouble | None:
        """Why no credit is told now."""
        row = self._db.execute(
            "SELECT reason, at FROM balance_troubles WHERE account = ?", (account,)
        ).fetchone()
        return None if row is None else BalanceTrouble(row["reason"], read_time(row["at"]))

    def save_trouble(self, account: str, reason: str, at: datetime) -> None:
        """Keep the newest trouble, in place of the one before."""
        self._db.table("balance_troubles").upsert(
            {"account": account, "reason": readable(reason), "at": write_time(at)}, pk="account"
        )
