"""Replies: from the call-back's 200 to the post that tells it reaching the pretend Slack."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

import aiohttp
from rich.table import Table

from bot.sandbox.messages import Message
from handlers.slack.pace import POST_PAUSE
from tests.faults.people import People
from tests.faults.town import OPTIONS, Town, open_town
from tests.flood.carrying import FORM, Call, encode, list_calls
from tests.flood.sending import PATIENCE_SECONDS, send_campaign
from tests.flood.shown import Told, read_message

RATES = ((1, 30), (10, 30), (100, 20))
"""Replies a second, and for how many seconds."""
MEANING = (
    "The program is a process of its own, the pretend Slack keeps its real rates. Slack's share is"
    " the time until a second had passed since the channel's last message: nobody could have told"
    " the reply sooner. At 10 and 100 a second replies are grouped; where more than 500 wait, the"
    " rest of it is waiting until they stop pouring in, to put them in one file."
)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a reply waited, in seconds, and for how many of them the channel wasn't free."""

    seconds: float
    paced: float


async def measure(folder: Path) -> Table:
    """Measure each rate in a town of its own; a row each."""
    table = Table(title="From a call-back's 200 to its post reaching Slack", caption=MEANING)
    for heading in ("Replies a second", "Replies", "Median", "p99", "Slack's own pacing"):
        table.add_column(heading, justify="right", no_wrap=True)
    for rate, seconds in RATES:
        place = folder / f"replies-{rate}"
        place.mkdir()
        waits = await _play(place, rate, seconds)
        found = [wait.seconds for wait in waits]
        paced = sum(wait.paced for wait in waits) / sum(found)
        p99 = quantiles(found, n=100)[-1]
        row = (f"{median(found):.3f} s", f"{p99:.3f} s", f"{paced:.0%}")
        table.add_row(str(rate), str(len(found)), *row)
    return table


async def _play(folder: Path, rate: int, seconds: int) -> list[Wait]:
    """Have people answer at a rate, whatever the bot makes of it."""
    options = replace(OPTIONS, strict_limits=True, calls_back=False, delivery_delay=0)
    async with open_town(folder, options=options, GATEWAY_MAX_URL_BYTES="2048") as town:
        people = People(town, "bench")
        numbers = [f"3198{n:07}" for n in range(1, rate * seconds + 1)]
        await send_campaign(town, people, numbers, "Feliz Natal")
        for number in numbers:
            town.world.platform.answer(number, f"resposta {number}")
        calls = list_calls(town.world.courier)[-len(numbers) :]
        # The campaign's own messages are told first, and the channel is free again.
        await town.world.changes.pause(5)
        heard = await _call(town, calls, rate)
        told = await town.until(
            "the last reply", lambda: _all(town, len(numbers)), patience=PATIENCE_SECONDS
        )
        return list(_waits(_messages(town), told, heard))


async def _call(town: Town, calls: list[Call], rate: int) -> dict[str, float]:
    """Send each at its moment, late or not; tell when each was answered."""
    heard: dict[str, float] = {}
    begun = time.monotonic()

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:

        async def send(call: Call) -> None:
            async with session.post(call.url, data=encode(call), headers=FORM) as answer:
                answer.raise_for_status()
            heard[call.record.number] = time.time()

        for n, call in enumerate(calls):
            await town.world.changes.pause(begun + n / rate - time.monotonic())
            group.create_task(send(call))
    return heard


def _all(town: Town, wanted: int) -> list[Told] | None:
    told = [one for message in _messages(town) if (one := read_message(message)) is not None]
    return told if sum(len(one.replies) for one in told) >= wanted else None


def _messages(town: Town) -> list[Message]:
    return list(town.world.slack.messages.in_channel("C0BENCH"))


def _waits(messages: list[Message], told: list[Told], heard: dict[str, float]) -> Iterable[Wait]:
    posted = sorted(float(message.ts) for message in messages)
    pause = POST_PAUSE.total_seconds()
    for one in told:
        free_at = max((at for at in posted if at < one.at), default=0.0) + pause
        for number, _ in one.replies:
            seconds = one.at - heard[number]
            paced = min(seconds, max(0.0, free_at - heard[number]))
            yield Wait(seconds, paced)
