"""What is sent with a modal, and what the bot may answer."""

from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import Response

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Received, Receiver
from tests.sandbox.desk import MENUS, Do, answering, field, modal, open_modal, payload_of


async def test_a_submission_tells_every_input(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """The untouched ones too: null, or what they began with; then the modal closes."""
    view = modal(
        field("name"),
        field("text", initial_value="Feliz Natal"),
        field("note") | {"optional": True},
        private_metadata="42",
        callback_id="compose",
    )
    view_id = await open_modal(do, bot, slack, view)
    state = {"name": {"v": {"type": "plain_text_input", "value": "Natal"}}}
    sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=state)
    assert sent == {"ok": True, "errors": None}
    payload = payload_of(bot.requests[-1])
    assert payload["type"] == "view_submission"
    shown = payload["view"]
    assert (shown["callback_id"], shown["private_metadata"]) == ("compose", "42")
    assert (shown["id"], shown["root_view_id"]) == (view_id, view_id)
    values = {block_id: state["v"]["value"] for block_id, state in shown["state"]["values"].items()}
    assert values == {"name": "Natal", "text": "Feliz Natal", "note": None}
    assert sandbox.world.slack.views.top("U0ANA") is None


async def test_slack_itself_asks_for_what_is_missing(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """The bot isn't bothered."""
    view_id = await open_modal(do, bot, slack, modal(field("name"), field("text", max_length=3)))
    state = {"text": {"v": {"type": "plain_text_input", "value": "four"}}}
    sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=state)
    assert set(sent["errors"]) == {"name", "text"}
    assert len(bot.requests) == 1


async def test_the_bots_errors_sit_at_their_fields(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """The modal stays open with them; errors at no field are the bot's mistake."""
    view_id = await open_modal(do, bot, slack, modal(field("name")))
    state = {"name": {"v": {"value": "a"}}}
    for errors, is_ok in (({"name": "taken"}, True), ({"nome": "taken"}, False), ({}, False)):
        bot.answer = answering({"response_action": "errors", "errors": errors})
        sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=state)
        assert sent["ok"] is is_ok
        assert sent.get("errors") == (errors if is_ok else None)
    assert sandbox.world.slack.views.top("U0ANA")


async def test_a_submission_can_update_push_and_clear(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """Three modals high at most."""
    await open_modal(do, bot, slack, modal(callback_id="first"))
    views = sandbox.world.slack.views
    steps = (("update", "second", 1), ("push", "third", 2), ("clear", "", 0))
    for action, callback_id, height in steps:
        view = {"view": modal(callback_id=callback_id)} if callback_id else {}
        bot.answer = answering({"response_action": action, **view})
        top = views.top("U0ANA")
        assert top is not None
        assert (await do("modal/submit", person="U0ANA", view_id=top.id))["ok"]
        assert len(views._stacks["U0ANA"]) == height
    assert views.top("U0ANA") is None


async def test_a_failing_bot_leaves_the_modal_open(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """Slack asks the person to try again."""
    view_id = await open_modal(do, bot, slack, modal())
    bot.answer = lambda _: Response(status_code=500)
    sent = await do("modal/submit", person="U0ANA", view_id=view_id)
    assert sent == {"ok": False, "error": "We had some trouble connecting. Try again?"}
    assert sandbox.world.slack.views.top("U0ANA")


async def test_an_odd_answer_to_a_modal_is_told(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """With what was wrong, for whoever writes the bot."""
    view_id = await open_modal(do, bot, slack, modal())
    for answer in (
        {"response_action": "explode"},
        {"response_action": "update", "view": 7},
        {"response_action": "update", "view": "{"},
        {"response_action": "errors", "errors": {"x": ""}},
    ):
        bot.answer = answering(answer)
        sent = await do("modal/submit", person="U0ANA", view_id=view_id)
        assert sent["error"].startswith("We had some trouble connecting.")


async def test_a_too_short_answer_is_slacks_to_refuse(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """By `min_length`; a menu outside an input block is never required."""
    view_id = await open_modal(do, bot, slack, modal(field("name", min_length=3), *MENUS))
    state = {"name": {"v": {"value": "ab"}}}
    sent = await do("modal/submit", person="U0ANA", view_id=view_id, state=state)
    assert sent["errors"] == {"name": "This needs at least 3 characters."}


async def test_a_modal_may_be_closed_while_the_bot_thinks(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """Then there is nothing left to close."""
    view_id = await open_modal(do, bot, slack, modal())

    def close_meanwhile(_received: Received) -> Response:
        sandbox.world.slack.views.clear("U0ANA")
        return Response()

    bot.answer = close_meanwhile
    sent = await do("modal/submit", person="U0ANA", view_id=view_id)
    assert sent == {"ok": True, "errors": None}
