"""The buttons that lead out of quiet time: to the next good time, or to an approver."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.errors import BotError
from bot.domain.ids import OfferId
from bot.domain.offers import Offer
from bot.domain.refusals import OfferTaken, OldVersion
from bot.services.drafts import Drafted
from bot.services.membership import Membership
from bot.services.offering import Offering
from handlers.blocks import actions
from handlers.blocks.answers import render_refusal
from handlers.blocks.draft_notes import render_drafted, render_edited
from handlers.blocks.message import Message
from handlers.blocks.repeat_lines import add_repeats
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.buttons import Click


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferClick:
    """A button on an offer pressed: which, of which offer, by whom."""

    action: str
    offer: OfferId
    asker: Asker


class Offers:
    """Makes of what was typed what its writer chose; raises ``BotError`` for what it won't."""

    def __init__(
        self,
        *,
        membership: Membership,
        offering: Offering,
        answers: PrivateAnswers,
        words: Words,
    ) -> None:
        self._membership = membership
        self._offering = offering
        self._answers = answers
        self._words = words
        self._does: dict[str, Callable[[Offer], Awaitable[Drafted]]] = {
            actions.OFFER_LATER: offering.send_later,
            actions.OFFER_ANYWAY: offering.ask_anyway,
        }

    async def put_off(self, click: Click) -> None:
        """Move a waiting campaign to the very time that the button showed."""
        await self._membership.check_full_member(click.user)
        press = click.press
        if press.to is None:
            raise OldVersion(press.campaign, press.version)
        drafted = await self._offering.put_off(
            press.campaign, by=click.user, version=press.version, to=press.to
        )
        note = render_edited(drafted.campaign, drafted.recipients, words=self._words)
        note = add_repeats(note, drafted.campaign, drafted.repeats, self._words)
        await self._answers.tell(click.asker, Message(note, []))

    async def run(self, click: OfferClick) -> None:
        """Do it; where it can't be done any more, what was typed comes back."""
        await self._membership.check_full_member(click.asker.user)
        offer = await self._offering.read(click.offer, by=click.asker.user)
        try:
            drafted = await self._does[click.action](offer)
        except OfferTaken:
            raise
        except BotError as refusal:
            typed = f"{offer.numbers}\n{offer.text}"
            said = render_refusal(refusal, words=self._words, zone=offer.zone, typed=typed)
        else:
            note = render_drafted(drafted.campaign, drafted.recipients, words=self._words)
            said = add_repeats(note, drafted.campaign, drafted.repeats, self._words)
        await self._answers.tell(click.asker, Message(said, []))
