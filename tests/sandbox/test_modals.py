"""Modals and homes: triggers, answers, errors, stacks."""

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import triggers
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Receiver
from tests.sandbox.desk import CARD, Do, answering, field, modal, open_modal, payload_of


async def test_a_trigger_opens_one_modal_for_its_person(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """Once; an invented one opens none."""
    await open_modal(do, bot, slack, modal(field("name")))
    assert sandbox.world.slack.views.top("U0ANA")
    assert sandbox.world.slack.views.top("U0BRUNO") is None
    trigger_id = payload_of(bot.requests[-1])["trigger_id"]
    for used, word in ((trigger_id, "exchanged_trigger_id"), ("1.2.3", "invalid_trigger_id")):
        with pytest.raises(SlackApiError) as failure:
            await slack.views_open(trigger_id=used, view=modal())
        assert failure.value.response["error"] == word


async def test_triggers_grow_old(
    do: Do, bot: Receiver, slack: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three seconds in the world; no time at all in this test."""
    monkeypatch.setattr(triggers, "TRIGGER_SECONDS", -1)
    with pytest.raises(SlackApiError) as failure:
        await open_modal(do, bot, slack, modal())
    assert failure.value.response["error"] == "expired_trigger_id"


async def test_bad_views_are_refused_with_a_pointer(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """And the trigger id is still good for a better one."""
    bad = modal(title={"type": "plain_text", "text": "a" * 25})
    with pytest.raises(SlackApiError) as failure:
        await open_modal(do, bot, slack, bad)
    assert failure.value.response["error"] == "invalid_arguments"
    assert "/view/title/text" in failure.value.response["response_metadata"]["messages"][0]
    trigger_id = payload_of(bot.requests[-1])["trigger_id"]
    assert (await slack.views_open(trigger_id=trigger_id, view=modal()))["ok"]


async def test_homes_are_published(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    """One for each person."""
    await slack.views_publish(user_id="U0ANA", view={"type": "home", "blocks": []})
    assert set(sandbox.world.slack.views.homes) == {"U0ANA"}


async def test_closing_is_told_to_who_asked(do: Do, bot: Receiver, slack: AsyncWebClient) -> None:
    """With `notify_on_close`, and only then."""
    quiet = await open_modal(do, bot, slack, modal())
    assert (await do("modal/close", person="U0ANA", view_id=quiet))["ok"]
    assert len(bot.requests) == 1
    told = await open_modal(do, bot, slack, modal(notify_on_close=True))
    assert (await do("modal/close", person="U0ANA", view_id=told))["ok"]
    assert payload_of(bot.requests[-1])["type"] == "view_closed"
    assert not (await do("modal/close", person="U0ANA", view_id=told))["ok"]


async def test_a_press_in_a_modal_keeps_what_was_written(
    do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """An update with the same ids keeps the answers; a stale hash changes nothing."""
    view_id = await open_modal(do, bot, slack, modal(field("name"), *CARD))
    await do(
        "modal/press",
        person="U0ANA",
        view_id=view_id,
        block_id="card",
        action_id="campaign.approve",
        state={"name": {"v": {"value": "Natal"}}},
    )
    payload = payload_of(bot.requests[-1])
    assert payload["container"] == {"type": "view", "view_id": view_id}
    old_hash = payload["view"]["hash"]
    changed = modal(field("name"), field("text", initial_value="x"))
    updated = await slack.views_update(view_id=view_id, view=changed, hash=old_hash)
    values = updated["view"]["state"]["values"]
    assert values["name"]["v"]["value"] == "Natal"
    assert values["text"]["v"]["value"] == "x"
    with pytest.raises(SlackApiError) as failure:
        await slack.views_update(view_id=view_id, view=changed, hash=old_hash)
    assert failure.value.response["error"] == "hash_conflict"
    with pytest.raises(SlackApiError) as failure:
        await slack.views_update(view_id="V0", view=changed)
    assert failure.value.response["error"] == "not_found"


async def test_modals_close_one_by_one_or_all_at_once(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """The one below shows again, unless `clear_on_close`; three are the most."""
    first = await open_modal(do, bot, slack, modal(notify_on_close=True))
    views = sandbox.world.slack.views
    for clears in (False, True):
        view = modal(clear_on_close=clears)
        bot.answer = answering({"response_action": "push", "view": view})
        top = views.top("U0ANA")
        assert top is not None
        assert (await do("modal/submit", person="U0ANA", view_id=top.id))["ok"]
    top = views.top("U0ANA")
    assert top is not None
    assert (top.root_id, len(views._stacks["U0ANA"])) == (first, 3)
    fourth = await do("modal/submit", person="U0ANA", view_id=top.id)
    assert "push_limit_reached" in fourth["error"]
    await do("modal/close", person="U0ANA", view_id=top.id)
    assert views.top("U0ANA") is None


async def test_views_can_be_pushed_and_found_by_their_own_name(
    sandbox: Sandbox, do: Do, bot: Receiver, slack: AsyncWebClient
) -> None:
    """`views.push` needs a trigger of its own, `external_id` finds it again."""
    view_id = await open_modal(do, bot, slack, modal(*CARD))
    button = {"block_id": "card", "action_id": "campaign.approve"}
    await do("modal/press", person="U0ANA", view_id=view_id, **button)
    trigger_id = payload_of(bot.requests[-1])["trigger_id"]
    pushed = await slack.views_push(trigger_id=trigger_id, view=modal(external_id="mine"))
    assert pushed["view"]["previous_view_id"] == view_id
    updated = await slack.views_update(external_id="mine", view=modal(callback_id="new"))
    assert updated["view"]["id"] == pushed["view"]["id"]
    top = sandbox.world.slack.views.top("U0ANA")
    assert top is not None
    assert top.definition["callback_id"] == "new"
    with pytest.raises(SlackApiError) as failure:
        await slack.api_call("views.open", json={"trigger_id": trigger_id})
    assert failure.value.response["error"] == "invalid_arguments"


async def test_a_home_is_changed_in_place(slack: AsyncWebClient) -> None:
    """Publishing again keeps its id; `views.update` finds it by that."""
    home = {"type": "home", "blocks": []}
    first = await slack.views_publish(user_id="U0ANA", view=home)
    again = await slack.views_publish(user_id="U0ANA", view=home)
    assert again["view"]["id"] == first["view"]["id"]
    assert (await slack.views_update(view_id=first["view"]["id"], view=home))["ok"]


async def test_a_modal_shows_on_the_page(
    do: Do, bot: Receiver, slack: AsyncWebClient, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    """To its person alone, with answers and errors."""
    view_id = await open_modal(do, bot, slack, modal(field("name", initial_value="Natal")))
    bot.answer = answering({"response_action": "errors", "errors": {"name": "taken"}})
    await do("modal/submit", person="U0ANA", view_id=view_id)
    page = f"{sandbox.url}/sandbox/state"
    shown = (await http.get(page, params={"person": "U0ANA"})).json()["modal"]
    assert (shown["id"], shown["errors"]) == (view_id, {"name": "taken"})
    assert shown["state"]["name"]["v"]["value"] == "Natal"
    assert (await http.get(page, params={"person": "U0BRUNO"})).json()["modal"] is None
