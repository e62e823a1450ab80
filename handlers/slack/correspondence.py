"""The buttons under a reply, and the form that answers it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError
from bot.domain.ids import CampaignId
from bot.domain.questions import Question
from bot.domain.texts import measure
from bot.services.answering import Answering, Written
from bot.services.membership import Membership
from bot.services.opting_out import OptingOut
from handlers.blocks import actions
from handlers.blocks.answers import field_error
from handlers.blocks.form_fields import QUIET, TEXT
from handlers.blocks.message import Block
from handlers.blocks.reply_form import render_reply_form, say_box_error
from handlers.blocks.words import Words
from handlers.slack.answering import Asker
from handlers.slack.opening import open_view

Ack = dict[str, Any]
"""What a submission is answered with: field errors, another form, or nothing, which closes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyClick:
    """A button under a reply pressed: which, under which, by whom."""

    action: str
    reply: int
    asker: Asker
    trigger_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The form as submitted, with what it had shown of earlier answers, price and quiet time."""

    reply: int
    asker: Asker
    text: str
    zone: str
    form: str
    seen: CampaignId
    price: int
    quiet: bool = False
    showed_quiet: bool = False


class Correspondence:
    """Does what those buttons ask; raises ``BotError`` for what it won't."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        membership: Membership,
        answering: Answering,
        opting_out: OptingOut,
        words: Words,
    ) -> None:
        self._client = client
        self._membership = membership
        self._answering = answering
        self._opting_out = opting_out
        self._words = words
        self._does: dict[str, Callable[[ReplyClick], Awaitable[None]]] = {
            actions.ANSWER: self._open,
            actions.OPT_OUT: self._opt_out,
        }

    async def run(self, click: ReplyClick) -> None:
        """Do it, for full members of this workspace only."""
        await self._membership.check_full_member(click.asker.user)
        await self._does[click.action](click)

    async def check(self, given: Answered) -> Ack:
        """Look at a form before it counts, asking nobody but our own database.

        Whoever answered since is shown, and so are a price above the one that was, and quiet
        time that has begun: the form comes back with that and with the text, and sending it once
        more is done knowingly. One that was sent already is let through: it makes no second
        answer.
        """
        if await self._answering.is_sent(given.form):
            return {}
        try:
            text = self._answering.check_text(given.text)
            question = await self._answering.read(given.reply)
        except BotError as error:
            found = field_error(error, words=self._words, zone=given.zone)
            if found is None:
                raise
            return {"response_action": "errors", "errors": {TEXT: found[1]}}
        refused = None if given.quiet else self._answering.refuse_hours()
        if refused is not None and given.showed_quiet:
            said = say_box_error(refused, self._words)
            return {"response_action": "errors", "errors": {QUIET: said}}
        price = measure(text).segments
        if question.newest <= given.seen and price <= given.price and refused is None:
            return {}
        view = self._form(question, zone=given.zone, text=given.text, price=price)
        return {"response_action": "update", "view": view}

    async def send(self, given: Answered) -> None:
        """Send the answer, or ask for its approval."""
        await self._membership.check_full_member(given.asker.user)
        await self._answering.answer(
            Written(
                reply=given.reply,
                by=given.asker.user,
                text=given.text,
                zone=given.zone,
                form=given.form,
                seen=given.seen,
                quiet=given.quiet,
            )
        )

    async def _open(self, click: ReplyClick) -> None:
        """Open the form, after making sure that an answer could go at all."""
        question = await self._answering.ask(click.reply, by=click.asker.user)
        person = await self._membership.check_full_member(click.asker.user)
        await open_view(self._client, click.trigger_id, self._form(question, zone=person.zone))

    async def _opt_out(self, click: ReplyClick) -> None:
        await self._opting_out.by_reply(click.reply, by=click.asker.user)

    def _form(self, question: Question, *, zone: str, text: str = "", price: int = 1) -> Block:
        return render_reply_form(
            question,
            words=self._words,
            zone=zone,
            needs_approval=self._answering.needs_approval,
            text=text,
            price=price,
            quiet=self._answering.refuse_hours(),
        )
