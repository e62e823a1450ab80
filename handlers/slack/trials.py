"""The button *Send me a test*, and the form that it opens."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError
from bot.domain.numbers import Fault, clean
from bot.domain.trial_refusals import NotAMobile
from bot.services.membership import Membership
from bot.services.trying import Trying, Wanted
from handlers.blocks.actions import Press
from handlers.blocks.answers import field_error
from handlers.blocks.message import Message
from handlers.blocks.trial_form import OWN_NUMBER, render_trial_form
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.buttons import Click
from handlers.slack.correspondence import Ack
from handlers.slack.opening import open_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """The form as submitted: for which version, and to which number; an empty one is forgotten."""

    press: Press
    asker: Asker
    typed: str
    zone: str
    form: str

    @property
    def is_empty(self) -> bool:
        """Whether the number was taken out."""
        return not self.typed.strip()


class Trials:
    """Does what button and form ask; raises ``BotError`` for what it won't."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        membership: Membership,
        trying: Trying,
        answers: PrivateAnswers,
        words: Words,
    ) -> None:
        self._client = client
        self._membership = membership
        self._trying = trying
        self._answers = answers
        self._words = words

    async def open(self, click: Click) -> None:
        """Open the form for whoever pressed: the test goes to them, whoever wrote the campaign."""
        person = await self._membership.check_full_member(click.user)
        press = click.press
        preview = await self._trying.ask(press.campaign, by=click.user, version=press.version)
        view = render_trial_form(preview, words=self._words, zone=person.zone)
        await open_view(self._client, click.trigger_id, view)

    async def check(self, tested: Tested) -> Ack:
        """Look at a form before it counts, asking nobody but our own database.

        One that was sent already is let through: it makes no second test.
        """
        if await self._trying.is_sent(tested.form):
            return {}
        try:
            if not tested.is_empty:
                await self._trying.check(_read_wanted(tested))
            elif not await self._trying.knows_number(tested.asker.user):
                raise NotAMobile
        except BotError as error:
            found = field_error(error, words=self._words, zone=tested.zone)
            if found is None:
                raise
            return {"response_action": "errors", "errors": {OWN_NUMBER: found[1]}}
        return {}

    async def send(self, tested: Tested) -> None:
        """Send the test; where the number was taken out, forget it and send nothing."""
        await self._membership.check_full_member(tested.asker.user)
        if not tested.is_empty:
            await self._trying.send(_read_wanted(tested))
            return
        await self._trying.forget(tested.asker.user)
        said = self._words.say("Your number is forgotten, and no test was sent.")
        await self._answers.tell(tested.asker, Message(said, []))


def _read_wanted(tested: Tested) -> Wanted:
    number = clean(tested.typed)
    if isinstance(number, Fault):
        raise NotAMobile(tested.typed)
    return Wanted(
        campaign=tested.press.campaign,
        version=tested.press.version,
        by=tested.asker.user,
        number=number,
        zone=tested.zone,
        form=tested.form,
    )
