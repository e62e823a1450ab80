"""Health: whether the program can do its work, for whoever watches it."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.domain.credit import Balance, BalanceTrouble
from bot.domain.errors import StorageError
from bot.domain.replies import InboxState
from bot.ports import Clock, Store, Transaction

Facts = dict[str, str | int | float | bool | None]


class Health:
    """Answers 200 while the database answers; says how much waits."""

    def __init__(
        self, store: Store, clock: Clock, account: str, slack: Callable[[], Awaitable[str]]
    ) -> None:
        self._store = store
        self._clock = clock
        self._account = account
        self._slack = slack

    async def show(self, _: Request) -> Response:
        """Tell how the database, the platform, the queues and the way into Slack are."""
        try:
            await self._store.ping()
            facts = await self._store.read(self._read)
        except StorageError as error:
            return JSONResponse({"ok": False, "database": type(error).__name__}, 503)
        return JSONResponse({"ok": True, "slack": await self._slack(), **facts})

    def _read(self, tx: Transaction) -> Facts:
        balance = tx.asks.balance(self._account)
        age = None if balance is None else (self._clock.now() - balance.at).total_seconds()
        return {
            "database": "ok",
            "gateway": _say_gateway(balance, tx.asks.trouble(self._account)),
            "outbox_waiting": tx.outbox.waiting(),
            "callbacks_waiting": tx.inbox.count(InboxState.NEW),
            "callbacks_not_understood": tx.inbox.count(InboxState.UNREADABLE),
            "balance_age_seconds": age,
        }


def _say_gateway(balance: Balance | None, trouble: BalanceTrouble | None) -> str:
    """Tell what became of the newest question about credit; anybody may read it, so no reason."""
    if trouble is not None:
        return "refused" if trouble.reason else "no clear answer"
    return "not known yet" if balance is None else "ok"
