"""Filling: the fields of a campaign's text, read back for the people it is for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.campaign import Campaign
from bot.domain.filling import Filled, Filling, fill_again, fill_list
from bot.domain.ids import Number
from bot.domain.numbers import Recipients
from bot.domain.refusals import TextTooLong
from bot.ports import Gateway, Transaction
from bot.services.addresses import CallbackAddresses


@dataclass(frozen=True, slots=True)
class Worded:
    """A list with the text of each: how it goes, and what that comes to."""

    filling: Filling
    filled: Filled
    door: str


class Wording:
    """Fills texts in, and sees that each of them can go."""

    def __init__(self, *, gateway: Gateway, addresses: CallbackAddresses) -> None:
        self._gateway = gateway
        self._addresses = addresses

    async def word(
        self, text: str, recipients: Recipients, *, send_at: datetime | None, is_kept: bool = False
    ) -> Worded:
        """Fill a text with fields in for a list.

        Off the event loop: it may be 100,000 texts. Raises ``field_refusals``, and
        ``TextTooLong`` where one of them fits no request.
        """
        return await asyncio.to_thread(self.word_now, text, recipients, send_at, is_kept=is_kept)

    def word_now(
        self, text: str, recipients: Recipients, send_at: datetime | None, *, is_kept: bool
    ) -> Worded:
        """Do the same at once, for a list that is being changed within a transaction."""
        filling = fill_list(text, recipients, is_kept=is_kept)
        groups, examples, sample = filling.groups(), filling.examples(), self._addresses.sample
        longest = max((one.text for one in examples), key=len)
        door = self._gateway.choose(
            longest, max(groups.values(), key=len), callback_url=sample, send_at=send_at
        )
        try:
            requests = sum(
                len(
                    self._gateway.split(
                        text, numbers, callback_url=sample, send_at=send_at, door=door
                    )
                )
                for text, numbers in groups.items()
            )
        except ValueError as error:
            raise TextTooLong from error
        filled = Filled(
            fields=filling.fields, texts=len(groups), requests=requests, examples=examples
        )
        return Worded(filling, filled, door)


def read_kept(
    tx: Transaction, campaign: Campaign, numbers: Sequence[Number] | None = None
) -> Recipients:
    """Read a campaign's list, or some of it, as its file was: with the columns that it uses."""
    if numbers is None:
        numbers = tx.recipients.numbers(campaign.id)
    if campaign.filled is None:
        return Recipients(tuple(numbers), ())
    kept = tx.fields.values(campaign.id)
    rows = tuple(kept[number] for number in numbers)
    return Recipients(tuple(numbers), (), fields=campaign.filled.fields, rows=rows)


def read_texts(
    tx: Transaction, campaign: Campaign, numbers: Sequence[Number]
) -> tuple[str, ...] | None:
    """Write what each of these people gets; ``None`` where all get the same."""
    if campaign.filled is None:
        return None
    kept = tx.fields.values(campaign.id)
    return fill_again(campaign.text, campaign.filled.fields, kept, numbers)
