"""Everything the sandbox pretends, in one place to look at."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.bot_watch import BotWatch
from bot.sandbox.callbacks import Courier
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.phones import PhoneBook
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.reception import Reception
from bot.sandbox.sms_platform import SmsPlatform


@dataclass(frozen=True, slots=True)
class World:
    """The pretend platform, phones and Slack; tests read it directly."""

    changes: Changes
    clock: Clock
    phones: PhoneBook
    courier: Courier
    platform: SmsPlatform
    reception: Reception
    slack: PretendSlack
    bot_watch: BotWatch

    async def wait_for(self, predicate: Callable[[], object], timeout: float = 10.0) -> None:  # noqa: ASYNC109 - a test's limit, said where it waits
        """Wait until `predicate()` holds, asking again at every change of the world.

        Raises:
            TimeoutError: it still didn't after `timeout` real seconds, or when the world ended.
        """
        async with asyncio.timeout(timeout):
            await self.changes.until(predicate)
        if self.changes.is_closed and not predicate():
            raise TimeoutError
