"""Health: whether the program can do its work, for whoever watches it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.domain.errors import StorageError
from bot.domain.replies import InboxState
from bot.ports import Clock, Store, Transaction

Facts = dict[str, str | int | float | bool | None]


class Health:
    """Answers 200 while the database answers; says how much waits."""

    def __init__(self, store: Store, clock: Clock, account: str, slack: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock
        self._account = account
        self._slack = slack

    async def show(self, _: Request) -> Response:
        """Tell how the database, the queues and the way into Slack are."""
        try:
            await self._store.ping()
            facts = await self._store.read(self._read)
        except StorageError as error:
            return JSONResponse({"ok": False, "database": type(error).__name__}, 503)
        return JSONResponse({"ok": True, "slack": self._slack(), **facts})

    def _read(self, tx: Transaction) -> Facts:
        balance = tx.asks.balance(self._account)
        age = None if balance is None else (self._clock.now() - balance.at).total_seconds()
        inbox = tx.inbox.counts()
        return {
            "database": "ok",
            "outbox_waiting": tx.outbox.waiting(),
            "callbacks_waiting": inbox.get(InboxState.NEW, 0),
            "callbacks_not_understood": inbox.get(InboxState.UNREADABLE, 0),
            "balance_age_seconds": age,
        }
