"""A flood, from the campaign that brings it to the last reply that is shown."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from bot.sandbox.campaigns import DeliveryStatus
from bot.sandbox.messages import Message
from bot.tour.seeing import plain
from tests.faults.people import REQUESTER, People
from tests.faults.process import BotEnded
from tests.faults.town import NeverCame, Town
from tests.flood.carrying import Carrier, list_calls, shuffle
from tests.flood.scale import Scale
from tests.flood.sending import PATIENCE_SECONDS, send_campaign
from tests.flood.shown import Shown, read_thread
from tests.flood.stored import count_stored, count_waiting
from tests.flood.verdict import Verdict
from tests.flood.waits import Span, measure

TEXT = "Promoção de Natal. Responda SIM, NÃO ou SAIR"
CHANNEL = "enxurrada"
STOPPING = re.compile(r"(?i)(sair|pare|cancelar)\W*")
KILLED_AT = (0.3, 0.7)
"""After which shares of the call-backs the bot is killed; the third time as a message is there."""


@dataclass(slots=True)
class Flood:
    """Plays one flood in a town, and says what came of it."""

    town: Town
    scale: Scale
    away: list[Span] = field(default_factory=list)
    kilobytes: int = 0

    async def play(self) -> Verdict:
        """Play it until everything is shown, or nothing more comes."""
        began, problem = perf_counter(), ""
        people = People(self.town, CHANNEL)
        numbers = self.scale.numbers()
        await send_campaign(self.town, people, numbers, TEXT)
        answers = self.scale.draw_answers(numbers)
        carrier = self._collect(answers)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(carrier.carry())
                group.create_task(self._kill(carrier))
            await self._until("the last reply", lambda: self._is_over(len(answers)))
        except* (NeverCame, BotEnded) as found:
            problem = "; ".join(map(str, found.exceptions))
        self._weigh()
        return self._judge(carrier, answers, problem, perf_counter() - began)

    def _collect(self, answers: dict[str, str]) -> Carrier:
        """Take what the idle platform would tell; have people answer, and take that, too."""
        courier = self.town.world.courier
        receipts = list_calls(courier)
        for number, text in answers.items():
            self.town.world.platform.answer(number, text)
        replies = list_calls(courier)[len(receipts) :]
        again = (self.scale.receipts_again, self.scale.replies_again)
        calls = shuffle(receipts, replies, again, self.scale.seed)
        return Carrier(calls, connections=self.scale.connections, changes=self.town.world.changes)

    async def _kill(self, carrier: Carrier) -> None:
        """Kill the bot amid the call-backs, and as Slack has just taken a message of replies."""
        for share in KILLED_AT[: self.scale.kills]:
            await self._until("enough call-backs", partial(carrier.has_answered, share))
            await self._kill_once()
        if self.scale.kills > len(KILLED_AT):
            await self._until("the last call-back", partial(carrier.has_answered, 1))
            known = len(self._shown().told)
            await self._until("one more message", lambda: len(self._shown().told) > known)
            await self._kill_once()

    async def _kill_once(self) -> None:
        self._weigh()
        since = time.time()
        await self.town.bot.kill()
        await self.town.bot.start()
        self.away.append((since, time.time()))

    def _weigh(self) -> None:
        """Keep the most memory that the process has had."""
        status = Path(f"/proc/{self.town.bot.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        self.kilobytes = max(self.kilobytes, int(found[1]) if found else 0)

    def _is_over(self, answers: int) -> bool:
        """Whether all is shown, and nothing more is on its way."""
        return self._shown().total >= answers and not count_waiting(self.town.database)

    def _shown(self) -> Shown:
        return read_thread(message for message in self._messages() if message.is_reply)

    def _messages(self) -> list[Message]:
        return list(self.town.world.slack.messages.in_channel(f"C0{CHANNEL.upper()}"))

    async def _until(self, what: str, look: Callable[[], object]) -> None:
        await self.town.until(what, lambda: look() or None, patience=PATIENCE_SECONDS)

    def _judge(
        self, carrier: Carrier, answers: dict[str, str], problem: str, seconds: float
    ) -> Verdict:
        shown, carried = self._shown(), carrier.carried
        stored = count_stored(self.town.database)
        stops = {number for number, text in answers.items() if STOPPING.fullmatch(text)}
        return Verdict(
            calls=(carried.answered, carried.attempts),
            lost=sum((carried.records - stored).values()),
            wrong=count_wrong(shown, answers, stops),
            counts=(self._card_counts(), self._own_counts(len(answers), len(stops))),
            forms=shown.forms(),
            waits=measure(carried.first_heard, stops, shown.told, self.away),
            kills=(self.town.bot.kills, sum(end - start for start, end in self.away)),
            refusals=self.town.world.slack.rates.refusals,
            megabytes=self.kilobytes / 1024,
            seconds=seconds,
            problem=problem,
        )

    def _card_counts(self) -> str:
        """Read the final counts where people do: on the card."""
        card = next(one for one in self._messages() if not one.is_reply and one.user != REQUESTER)
        said = plain({"text": card.content.text, "blocks": card.content.blocks})
        wanted = ("delivered", "failed", "replies", "opt-outs")
        found = [re.search(rf"[\d,]+ {word}", said) for word in wanted]
        return ", ".join(one[0] for one in found if one is not None)

    def _own_counts(self, replies: int, stops: int) -> str:
        """Count what the sandbox itself did, in the card's words."""
        campaigns = self.town.world.platform.campaigns.values()
        delivered = sum(one.count(DeliveryStatus.DELIVERED) for one in campaigns)
        failed = sum(one.count(DeliveryStatus.INVALID) for one in campaigns)
        return (
            f"{delivered:,} delivered, {failed:,} failed, {replies:,} replies, {stops:,} opt-outs"
        )


def count_wrong(shown: Shown, answers: dict[str, str], stops: set[str]) -> int:
    """Count the replies that aren't shown exactly once with their own words.

    Of who asks to stop some are named and the others counted: together they have to be all.
    """
    times, texts = shown.by_number, shown.texts
    asked = answers.keys() - stops
    wrong = sum(times[n] != 1 or texts[n] != answers[n] for n in asked)
    wrong += sum(times[n] > 1 for n in stops) + len(times.keys() - answers.keys())
    named = sum(times[n] >= 1 for n in stops)
    return wrong + abs(len(stops) - named - shown.counted)
