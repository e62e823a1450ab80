"""Composing: a form that isn't sent yet is kept, and shows what would become of it."""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import BotError
from bot.domain.ids import UserId
from bot.domain.numbers import Recipients, count_short
from bot.domain.policy import Policy
from bot.domain.preview import Preview
from bot.domain.refusals import NoRecipients
from bot.domain.texts import for_phone, measure, respelled
from bot.domain.unfinished import KEPT_FOR, Unfinished
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.drafting import Drafting
from bot.services.drafts import Draft
from bot.services.filling import Worded
from bot.services.forecasting import taken_elsewhere

T = TypeVar("T")


class Composing:
    """Keeps forms that aren't sent yet, and looks at them with the rules they will meet."""

    def __init__(
        self, *, store: Store, clock: Clock, gateway: Gateway, policy: Policy, drafting: Drafting
    ) -> None:
        self._store = store
        self._clock = clock
        self._account = gateway.account
        self._platform_zone = policy.zone.key
        self._drafting = drafting

    @property
    def has_quiet_times(self) -> bool:
        """Whether any time is quiet, so that a form asks about it."""
        return self._drafting.has_quiet_times

    async def keep(self, unfinished: Unfinished) -> None:
        """Keep a form as it stands; one with nothing in it, or that was sent, isn't kept."""

        def write(tx: Transaction) -> None:
            if tx.forms.sent(unfinished.form) is not None:
                return
            if unfinished.is_empty:
                tx.forms.forget(unfinished.user, unfinished.place)
            else:
                tx.forms.keep(unfinished)

        await self._store.write(write)

    async def begun(self, user: UserId, place: str) -> Unfinished | None:
        """What somebody has begun to write there."""
        return await self._store.read(lambda tx: tx.forms.begun(user, place))

    async def forget(self, user: UserId, place: str) -> None:
        """Forget it: they start anew."""
        await self._store.write(lambda tx: tx.forms.forget(user, place))

    async def preview(
        self, draft: Draft, *, kept: int | None = None, list_problem: BotError | None = None
    ) -> Preview:
        """Look at a form as sending would, and name everything that it would be refused for.

        With ``kept``, so many people stay whom the form doesn't show: they are the draft's list.
        ``list_problem`` is why its list couldn't be read.
        """
        problems: list[BotError] = []
        checked = self._try(lambda: self._drafting.check_text(draft), problems)
        self._try(lambda: self._drafting.check_time(draft), problems)
        found: Recipients | None = None
        if list_problem is not None:
            problems.append(list_problem)
        elif kept is None:
            found = self._try(lambda: self._drafting.check_numbers(draft), problems)
        if found is not None:
            found = await self._leave_out_opted_out(found, problems)
        text = for_phone(draft.text) if checked is None else checked
        worded = None
        if checked is not None:
            worded = await self._word(draft, text, draft.listed if kept else found, problems)
        balance, elsewhere = await self._store.read(
            lambda tx: (
                tx.asks.balance(self._account),
                taken_elsewhere(tx, self._account, now=self._clock.now()),
            )
        )
        return Preview(
            text=text,
            measure=measure(text),
            respelled=respelled(draft.text),
            recipients=found,
            people=(kept or 0) if found is None else len(found.numbers),
            ten_digits=0 if found is None else count_short(found.numbers),
            balance=balance,
            elsewhere=elsewhere,
            send_at=draft.send_at,
            zone=draft.zone,
            platform_zone=self._platform_zone,
            problems=tuple(problems),
            filled=None if worded is None else worded.filled,
            segments={} if worded is None else Counter(worded.filling.segments),
        )

    async def clean(self) -> int:
        """Forget forms that nobody sent for long, and files that nothing needs any more."""
        before = self._clock.now() - KEPT_FOR
        return await self._store.write(lambda tx: tx.forms.clean(before))

    async def _word(
        self, draft: Draft, text: str, listed: Recipients | None, problems: list[BotError]
    ) -> Worded | None:
        if listed is None or not listed.numbers:
            return None
        try:
            return await self._drafting.word(draft, text, listed)
        except BotError as error:
            problems.append(error)
            return None

    async def _leave_out_opted_out(self, found: Recipients, problems: list[BotError]) -> Recipients:
        try:
            return await self._drafting.without_opted_out(found)
        except NoRecipients as error:
            problems.append(error)
            return Recipients((), error.left_out)

    def _try(self, check: Callable[[], T], problems: list[BotError]) -> T | None:
        try:
            return check()
        except BotError as error:
            problems.append(error)
            return None
