"""The app that Bolt runs: each listener answers Slack at once and keeps the work as a task."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError
from bot.domain.ids import ChannelId, UserId
from bot.domain.texts import unescape_slack
from handlers.blocks import actions
from handlers.blocks.answers import render_refusal
from handlers.blocks.form_fields import TEXT
from handlers.blocks.trial_form import OWN_NUMBER
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers
from handlers.slack.buttons import Buttons
from handlers.slack.commands import Command, Commands
from handlers.slack.composer import Composed, Composer
from handlers.slack.correspondence import Ack, Correspondence
from handlers.slack.interactions import (
    Body,
    read_answered,
    read_claimed,
    read_click,
    read_composed,
    read_form_action,
    read_meant,
    read_offer_click,
    read_part_click,
    read_reason,
    read_reply_click,
    read_shared_message,
    read_tested,
)
from handlers.slack.kept import KeptTasks
from handlers.slack.modals import Modals
from handlers.slack.offers import Offers
from handlers.slack.settling import Settling
from handlers.slack.trials import Trials

log = structlog.get_logger()

T = TypeVar("T")

COMMAND = re.compile(r"^/sms(?:-(?P<verb>\w+))?$")
WRITES = frozenset({"send", "schedule"})
OF_CAMPAIGNS = re.compile(r"^(?:campaign|release)\.\w+$")
OF_REPLIES = re.compile(r"^reply\.\w+$")
OF_OFFERS = re.compile(r"^offer\.\w+$")
OF_PARTS = re.compile(r"^part\.\w+$")
OF_COMPOSER = re.compile(r"^compose\.\w+$")
OF_TYPING = re.compile(r"^typing\.\w+$")
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)
"""What our readers raise over a payload that isn't one of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """What Bolt calls. Answer first, inside the listener, before anything can raise."""

    commands: Commands
    buttons: Buttons
    composer: Composer
    modals: Modals
    offers: Offers
    settling: Settling
    correspondence: Correspondence
    trials: Trials
    answers: PrivateAnswers
    tasks: KeptTasks
    words: Words

    def register(self, app: AsyncApp) -> None:
        """Put every listener in its place."""
        app.command(COMMAND)(self.on_command)
        app.action(OF_CAMPAIGNS)(self.on_button)
        app.action(OF_PARTS)(self.on_part_button)
        app.action(OF_REPLIES)(self.on_reply_button)
        app.action(OF_COMPOSER)(self.on_composing)
        app.action(OF_TYPING)(self.on_typing)
        app.message_shortcut(actions.SEND_AS_SMS)(self.on_send_as_sms)
        app.action(OF_OFFERS)(self.on_offer_button)
        app.action(actions.PUT_OFF)(self.on_put_off)
        app.view(actions.COMPOSE)(self.on_compose)
        app.view(actions.REPEAT)(self.on_meant)
        app.view(actions.REASON)(self.on_reason)
        app.view(actions.WENT)(self.on_claimed)
        app.view(actions.ANSWERED)(self.on_answered)
        app.action(actions.TEST)(self.on_test_button)
        app.view(actions.TESTED)(self.on_tested)

    async def on_command(self, ack: AsyncAck, body: Body) -> None:
        """A slash command."""
        await ack()
        if (command := _read(read_command, body)) is None:
            return
        self.tasks.keep(
            self.answers.guard(
                command.asker, lambda: self.commands.run(command), typed=to_hand_back(body, command)
            )
        )

    async def on_button(self, ack: AsyncAck, body: Body) -> None:
        """A button on a card or in a thread."""
        await ack()
        if (click := _read(read_click, body)) is None:
            return
        self.tasks.keep(self.answers.guard(click.asker, lambda: self.buttons.run(click)))

    async def on_part_button(self, ack: AsyncAck, body: Body) -> None:
        """A button on the message about a part of unknown fate."""
        await ack()
        if (click := _read(read_part_click, body)) is None:
            return
        self.tasks.keep(self.answers.guard(click.asker, lambda: self.settling.run(click)))

    async def on_typing(self, ack: AsyncAck, body: Body) -> None:
        """A letter typed in the composer: nobody is answered at each, not even by what breaks."""
        await ack()
        if (composed := _read(read_composed, body)) is not None:
            self.tasks.keep(self.composer.keep(composed))

    async def on_composing(self, ack: AsyncAck, body: Body) -> None:
        """A choice made or a button pressed in the composer."""
        await ack()
        composed, action = _read(read_composed, body), _read(read_form_action, body)
        if composed is None or action is None:
            return
        asker = Asker(composed.user, composed.form.channel)
        self.tasks.keep(self.answers.guard(asker, lambda: self.composer.press(action, composed)))

    async def on_send_as_sms(self, ack: AsyncAck, body: Body) -> None:
        """The shortcut beside a message: the composer opens with its text."""
        await ack()
        if (message := _read(read_shared_message, body)) is None:
            return
        self.tasks.keep(
            self.answers.guard(message.asker, lambda: self.commands.send_message(message))
        )

    async def on_put_off(self, ack: AsyncAck, body: Body) -> None:
        """The button that moves a waiting campaign to a good time."""
        await ack()
        if (click := _read(read_click, body)) is None:
            return
        self.tasks.keep(self.answers.guard(click.asker, lambda: self.offers.put_off(click)))

    async def on_offer_button(self, ack: AsyncAck, body: Body) -> None:
        """A button on what was typed for a quiet time."""
        await ack()
        if (click := _read(read_offer_click, body)) is None:
            return
        self.tasks.keep(self.answers.guard(click.asker, lambda: self.offers.run(click)))

    async def on_compose(self, ack: AsyncAck, body: Body) -> None:
        """The composer is sent: errors sit at their fields, and what was typed stays.

        It is kept until the campaign stands, and handed back where that doesn't come to be.
        """
        if (composed := _read(read_composed, body)) is None:
            await ack()
            return
        form = composed.form
        if form.is_timed and form.send_at is None:  # the choice was quicker than its field
            await ack(response_action="update", view=self.composer.render(form))
            return
        if errors := self._field_errors(composed):
            await ack(response_action="errors", errors=errors)
            return
        await ack()

        async def send() -> None:
            await self.composer.keep(composed)
            await self.modals.send(composed)

        asker = Asker(composed.user, form.channel)
        typed = f"{form.text}\n{form.numbers}".strip()
        self.tasks.keep(self.answers.guard(asker, send, typed=typed))

    def _field_errors(self, composed: Composed) -> dict[str, str]:
        """Whatever is wrong is said in the form, which keeps what was typed."""
        try:
            return self.modals.field_errors(composed)
        except BotError as error:
            return {composed.form.block(TEXT): render_refusal(error, words=self.words)}
        except Exception:  # an ack that is lost would leave the person before a dead form
            log.exception("the form broke")
            return {composed.form.block(TEXT): self.answers.sorry()}

    async def on_meant(self, ack: AsyncAck, body: Body) -> None:
        """What was seen before is approved all the same."""
        await ack()
        if (meant := _read(read_meant, body)) is None:
            return
        self.tasks.keep(
            self.answers.guard(meant.asker, lambda: self.buttons.approve_all_the_same(meant))
        )

    async def on_reason(self, ack: AsyncAck, body: Body) -> None:
        """Why a campaign is rejected."""
        await ack()
        if (reason := _read(read_reason, body)) is None:
            return
        self.tasks.keep(self.answers.guard(reason.asker, lambda: self.modals.reject(reason)))

    async def on_claimed(self, ack: AsyncAck, body: Body) -> None:
        """Under which number a part went; one that is none is said at its field."""
        if (claimed := _read(read_claimed, body)) is None:
            await ack()
            return
        if errors := self.settling.field_errors(claimed):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        self.tasks.keep(self.answers.guard(claimed.asker, lambda: self.settling.claim(claimed)))

    async def on_reply_button(self, ack: AsyncAck, body: Body) -> None:
        """A button under a reply."""
        await ack()
        if (click := _read(read_reply_click, body)) is None:
            return
        self.tasks.keep(self.answers.guard(click.asker, lambda: self.correspondence.run(click)))

    async def on_answered(self, ack: AsyncAck, body: Body) -> None:
        """The form that answers a reply: what has to be known first is said in it."""
        if (answered := _read(read_answered, body)) is None:
            await ack()
            return
        said = await self._check(lambda: self.correspondence.check(answered), at=TEXT)
        await ack(**said)
        if not said:
            work = self.answers.guard(
                answered.asker, lambda: self.correspondence.send(answered), typed=answered.text
            )
            self.tasks.keep(work)

    async def on_test_button(self, ack: AsyncAck, body: Body) -> None:
        """The button that sends whoever presses it a test."""
        await ack()
        if (click := _read(read_click, body)) is None:
            return
        self.tasks.keep(self.answers.guard(click.asker, lambda: self.trials.open(click)))

    async def on_tested(self, ack: AsyncAck, body: Body) -> None:
        """The form with one's own number; what is wrong with it is said at its field."""
        if (tested := _read(read_tested, body)) is None:
            await ack()
            return
        said = await self._check(lambda: self.trials.check(tested), at=OWN_NUMBER)
        await ack(**said)
        if not said:
            self.tasks.keep(self.answers.guard(tested.asker, lambda: self.trials.send(tested)))

    async def _check(self, check: Callable[[], Awaitable[Ack]], *, at: str) -> Ack:
        """Look at a form; what its own check doesn't say at a field is said at this one."""
        try:
            return await check()
        except BotError as error:
            words = render_refusal(error, words=self.words)
        except Exception:  # an ack that is lost would leave the person before a dead form
            log.exception("the form broke")
            words = self.answers.sorry()
        return {"response_action": "errors", "errors": {at: words}}


def build_app(
    client: AsyncWebClient, *, signing_secret: str | None, listeners: Listeners
) -> AsyncApp:
    """Build Bolt's app around our client and listeners.

    ``process_before_response`` makes an ack take 0.1 ms instead of Bolt's 10 ms poll;
    our listeners only read, answer and keep a task. One workspace installs it, so who we
    are is known without asking Slack at each request.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    app = AsyncApp(
        name="torpedo",
        client=AsyncWebClient(base_url=client.base_url),  # one with a token is warned about
        signing_secret=signing_secret,
        authorize=authorize,
        request_verification_enabled=signing_secret is not None,
        process_before_response=True,
        ignoring_self_events_enabled=False,
    )
    listeners.register(app)
    return app


def read_command(body: Body) -> Command:
    """Read a slash command's payload; ``/sms send ...`` is ``/sms-send ...``."""
    match = COMMAND.fullmatch(body["command"])
    verb, typed = (match and match["verb"]) or "", body.get("text") or ""
    if not verb:
        verb, typed = [*typed.split(maxsplit=1), "", ""][:2]
    return Command(
        verb=verb.lower(),
        typed=typed,
        asker=Asker(
            UserId(body["user_id"]), ChannelId(body["channel_id"]), body.get("response_url")
        ),
        channel_name=body.get("channel_name", ""),
        trigger_id=body["trigger_id"],
    )


def to_hand_back(body: Body, command: Command) -> str:
    """What a refusal gives back: a campaign as it was typed; other commands are short."""
    if command.verb not in WRITES or not command.typed.strip():
        return ""
    return unescape_slack(f"{body['command']} {body['text']}")


def _read(reader: Callable[[Body], T], body: Body) -> T | None:
    """Read a payload. What can't be is logged: a listener that raises would lose its ack."""
    try:
        return reader(body)
    except UNREADABLE as error:
        log.warning("payload not understood", reader=reader.__name__, error=type(error).__name__)
        return None
