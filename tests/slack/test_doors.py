"""What people ask in Slack, from the payload to what they see; the platform is away throughout."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import GatewayUnavailable
from bot.domain.ids import CampaignId
from bot.domain.parts import PartState
from bot.sandbox.server import Sandbox
from tests.fakes import FakeGateway
from tests.slack.campaigns import FIRST, approve, create, state
from tests.slack.reception import (
    ANA,
    BRUNO,
    CARLA,
    GENERAL,
    GUEST,
    MARKETING,
    OPERATIONS,
    Reception,
    open_reception,
)


@pytest.fixture
async def strict(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> AsyncIterator[Reception]:
    """A reception where only a group approves."""
    async with open_reception(sandbox, client, tmp_path, approvers="S0APPROVE") as running:
        yield running


@pytest.mark.parametrize("person", [GUEST, "U0VISITOR", "U0TORPEDO"])
@pytest.mark.parametrize("typed", ["/sms-send 31999990001 Oi", "/sms-balance", "/sms help"])
async def test_outsiders_get_nothing_but_an_answer(
    reception: Reception, person: str, typed: str
) -> None:
    """Guests, people of other workspaces and bots don't act, not even by asking."""
    await reception.type(typed, person=person)
    assert "full members" in reception.private(person)[-1]
    assert reception.public() == []


async def test_a_guest_who_presses_changes_nothing(reception: Reception) -> None:
    """The button is on their screen, too."""
    await create(reception)
    await reception.press("campaign.approve", person=GUEST)
    assert "full members" in reception.private(GUEST)[-1]
    assert await state(reception) == "waiting"


async def test_every_request_is_acked_before_slack_is_asked_anything(
    reception: Reception, client: AsyncWebClient
) -> None:
    """With Slack's Web API away the ack is the same, and the answer says to try again."""
    client.base_url = "http://127.0.0.1:1/api/"
    answer = await reception.type("/sms-send 31999990001 Oi")
    assert answer.status_code == 200
    assert "Try again in a minute" in reception.private()[-1]


async def test_nobody_approves_their_own(reception: Reception) -> None:
    """Four eyes; Bruno's yes counts, and a second one is told who was quicker."""
    await create(reception)
    await reception.press("campaign.approve", person=ANA)
    assert "somebody else" in reception.private(ANA)[-1]
    _, button = reception.find("campaign.approve")
    await reception.press("campaign.approve", person=BRUNO)
    assert await state(reception) == "approved"
    await reception.press("campaign.approve", person=CARLA, value=button["value"])
    assert f"<@{BRUNO}>" in reception.private(CARLA)[-1]


async def test_a_yes_to_something_else_is_void(reception: Reception) -> None:
    """The digest on the button must be the campaign's own."""
    await create(reception)
    await reception.press("campaign.approve", person=BRUNO, value=f"1.1.{'0' * 64}")
    assert "was changed" in reception.private(BRUNO)[-1]
    assert await state(reception) == "waiting"


async def test_only_named_approvers_decide(strict: Reception) -> None:
    """Wherever they press: being in the channel isn't enough, and being out of it is no bar."""
    await strict.type("/sms-send 31999990001 Oi", person=BRUNO)
    await strict.tell()
    await strict.press("campaign.approve", person=ANA)
    assert "for its approvers" in strict.private(ANA)[-1]
    await strict.press("campaign.approve", person=CARLA)
    assert await state(strict) == "approved"


async def test_whoever_left_the_channel_decides_no_more(
    reception: Reception, sandbox: Sandbox
) -> None:
    """A button pressed on a screen that is still open changes nothing."""
    await create(reception)
    sandbox.world.slack.workspace.channels[MARKETING].members.remove(BRUNO)
    await reception.press("campaign.approve", person=BRUNO)
    assert "Only people of the channel" in reception.private(BRUNO)[-1]
    assert await state(reception) == "waiting"


async def test_a_rejection_asks_why_and_tells_the_requester(reception: Reception) -> None:
    """The reason is read in the campaign's thread."""
    await create(reception)
    await reception.press("campaign.reject", person=BRUNO)
    await reception.submit(person=BRUNO, reason="preço errado")
    assert await state(reception) == "rejected"
    await reception.tell()
    assert any("preço errado" in said for said in reception.public())


async def test_nobody_is_asked_why_who_may_not_reject(reception: Reception) -> None:
    """The modal stays shut, and the answer says what to do instead."""
    await create(reception)
    await reception.press("campaign.reject", person=ANA)
    assert reception.sandbox.world.slack.views.top(ANA) is None
    assert "somebody else" in reception.private(ANA)[-1]


async def test_a_reason_that_comes_too_late_is_told_so(reception: Reception) -> None:
    """Carla approves while Bruno is still writing."""
    await create(reception)
    await reception.press("campaign.reject", person=BRUNO)
    await reception.press("campaign.approve", person=CARLA)
    await reception.submit(person=BRUNO, reason="preço errado")
    assert await state(reception) == "approved"
    assert f"<@{CARLA}>" in reception.private(BRUNO)[-1]


async def test_only_its_requester_cancels(reception: Reception) -> None:
    """Others have Reject and Hold."""
    await create(reception)
    await reception.press("campaign.cancel", person=BRUNO)
    assert f"<@{ANA}>" in reception.private(BRUNO)[-1]
    await reception.press("campaign.cancel", person=ANA)
    assert await state(reception) == "cancelled"


async def test_who_asks_about_a_campaign_brings_it_forward(reception: Reception) -> None:
    """The answer is told from what is known; the platform is asked about it sooner."""
    await approve(reception)
    await reception.type("/sms-status", person=CARLA)
    assert (await reception.services.viewing.campaign(FIRST)).campaign.wanted_at is None
    await reception.type("/sms-status 1", person=CARLA)
    view = await reception.services.viewing.campaign(FIRST)
    assert view.campaign.wanted_at == reception.clock.now()


async def test_an_expired_campaign_is_written_anew_by_its_requester(reception: Reception) -> None:
    """The composer opens with what it said; sending it makes a new campaign, to be approved."""
    await create(reception, "/sms-schedule 24/12/2026 16:00 31999990001,31988880002 Oi & tchau")
    reception.clock.advance(timedelta(days=3))
    await reception.services.approving.expire_due()
    await reception.tell()
    await reception.press("campaign.new_time", person=BRUNO)
    assert f"<@{ANA}>" in reception.private(BRUNO)[-1]
    await reception.press("campaign.new_time", person=ANA)
    shown = reception.filled(ANA)
    assert (shown["text"], shown["numbers"]) == ("Oi & tchau", "31999990001, 31988880002")
    await reception.submit(person=ANA, when="28/12/2026 16:00")
    assert await state(reception, 2) == "waiting"
    assert await state(reception) == "expired"


@pytest.mark.parametrize("command", ["/sms-send", "/sms-schedule", "/sms send", "/sms schedule  "])
async def test_a_command_without_words_opens_the_composer(
    reception: Reception, command: str
) -> None:
    """And what is sent there makes a card in that channel."""
    await reception.type(command)
    await reception.submit(person=ANA, text="Oi", numbers="31999990001\n1234", when="amanhã 9h")
    await reception.tell()
    assert await state(reception) == "waiting"
    assert any("1234" in said for said in reception.private())


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"text": "", "numbers": "31999990001"}, {"text"}),
        ({"text": "Oi", "numbers": "1234"}, {"numbers"}),
        ({"text": "Oi", "numbers": "31999990001", "when": "24/12/2020 16:00"}, {"at"}),
        ({"text": "Oi", "numbers": "31999990001", "when": "31/12/2099 23:59"}, {"at"}),
        ({"text": "muito " * 500, "numbers": "31999990001"}, {"text"}),
        ({"text": "", "numbers": ""}, {"text", "numbers"}),
        ({"text": "Oi", "numbers": "1234", "when": "24/12/2020 16:00"}, {"numbers", "at"}),
    ],
)
async def test_a_mistake_in_the_composer_is_said_at_its_field(
    reception: Reception, typed: dict[str, str], fields: set[str]
) -> None:
    """The form stays open with what was typed, and nothing is made of it."""
    await reception.type("/sms-send")
    answer = await reception.submit(person=ANA, **typed)
    said: dict[str, Any] = answer.json()
    assert said["response_action"] == "errors"
    assert set(said["errors"]) == fields
    await reception.tell()
    assert reception.public() == []


@pytest.mark.parametrize(
    ("error", "words"),
    [(GatewayUnavailable(), "doesn't answer"), (KeyError("ours"), "broke on our side")],
)
async def test_what_is_no_fields_fault_keeps_the_form_open_too(
    reception: Reception, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    """A refusal that belongs to no field is said at the first one, and nothing is lost."""

    class Closed(FakeGateway):
        """A platform that can't even be measured for."""

        def split(self, *_: object, **__: object) -> NoReturn:
            """Refuse, or break."""
            raise error

    monkeypatch.setattr(reception.services.drafting, "_gateway", Closed())
    await reception.type("/sms-send")
    answer = await reception.submit(person=ANA, text="Oi", numbers="31999990001")
    assert answer.json()["response_action"] == "errors"
    assert words in answer.json()["errors"]["text"]


async def test_a_composer_sent_from_outside_its_channel_makes_nothing(
    reception: Reception, sandbox: Sandbox
) -> None:
    """Whoever was taken out of the channel while writing, and wherever the bot was."""
    members = sandbox.world.slack.workspace.channels[MARKETING].members
    await reception.type("/sms-send")
    members.remove(ANA)
    await reception.submit(person=ANA, text="Oi", numbers="31999990001")
    members.append(ANA)
    await reception.type("/sms-send")
    members.remove("U0TORPEDO")
    await reception.submit(person=ANA, text="Oi", numbers="31999990001")
    members.append("U0TORPEDO")
    await reception.type("/sms-status 1")
    assert "no campaign `1`" in reception.private()[-1]


async def test_a_modal_that_slack_wont_open_is_told(reception: Reception) -> None:
    """A trigger lives three seconds; the person tries again."""
    await reception.type("/sms-send", trigger_id="1.2.stale")
    assert "Try again" in reception.private()[-1]


async def test_a_channel_without_the_bot_is_named_where_slack_names_it(
    reception: Reception,
) -> None:
    """A private one keeps its name to itself."""
    await reception.type("/sms-send 31999990001 Oi", channel=GENERAL)
    assert "#geral" in reception.private(channel=GENERAL)[-1]
    await reception.type("/sms-send 31999990001 Oi", channel="G0DIRETORIA")
    assert "<#G0DIRETORIA>" in reception.private(channel="G0DIRETORIA")[-1]


@pytest.mark.parametrize("command", ["/sms-send", "/sms-send 31999990001 Oi", "/sms-schedule"])
async def test_a_direct_message_is_no_channel(reception: Reception, command: str) -> None:
    """Nobody there could approve."""
    await reception.type(command, channel="D0ANA")
    assert "team's channel" in reception.private(channel="D0ANA")[-1]


async def test_another_channels_campaign_doesnt_exist_for_strangers_to_it(
    reception: Reception, sandbox: Sandbox
) -> None:
    """Its people may ask anywhere; to others it is as if there were none, and the brake too."""
    await approve(reception)
    await reception.type("/sms-status 1", person=BRUNO, channel=OPERATIONS)
    assert "#1" in reception.private(BRUNO, OPERATIONS)[-1]
    reception.clock.advance(timedelta(minutes=2))
    sandbox.world.slack.workspace.channels[MARKETING].members.remove(BRUNO)
    for command in ("/sms-status 1", "/sms-hold 1", "/sms-release 1"):
        await reception.type(command, person=BRUNO, channel=OPERATIONS)
        assert "no campaign `1`" in reception.private(BRUNO, OPERATIONS)[-1]
    await reception.press("campaign.hold", person=BRUNO)
    assert "Join the channel" in reception.private(BRUNO)[-1]


async def test_commands_answer_while_the_platform_is_away(reception: Reception) -> None:
    """What is known is told, with its age; nothing waits for the platform."""
    await approve(reception)
    await reception.services.sending.run()
    (part,) = (await reception.services.viewing.campaign(FIRST)).parts
    assert part.state is PartState.READY
    answers: list[httpx.Response] = [
        await reception.type(command)
        for command in ("/sms-status", "/sms-status 1", "/sms-balance")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    overview, status, balance = reception.private()[-3:]
    assert "#1" in overview
    assert "#1" in status
    assert balance


async def test_one_bad_request_never_stops_the_next(reception: Reception) -> None:
    """An emoji, a control character, nine thousand digits, a number as wide as a letter."""
    for typed in ("9" * 9000, "\u202e31999990001 \x07oi", "😀" * 500, "31 " * 3000):
        answer = await reception.type(f"/sms-send {typed}")
        assert answer.status_code == 200
    await reception.type("/sms-status ４２")
    assert "no campaign" in reception.private()[-1]
    assert not any("broke on our side" in said for said in reception.private())


async def test_a_long_list_stays_for_a_new_time(reception: Reception) -> None:
    """It doesn't fit Slack's form, and nobody should have to find it again."""
    numbers = ",".join(f"3199990{each:04d}" for each in range(300))
    await create(reception, f"/sms-schedule 24/12/2026 16:00 {numbers} Oi")
    reception.clock.advance(timedelta(days=3))
    await reception.services.approving.expire_due()
    await reception.tell()
    await reception.press("campaign.new_time", person=ANA)
    await reception.submit(person=ANA, text="Oi", numbers="", when="25/12/2026 16:00")
    view = await reception.services.viewing.campaign(CampaignId(2))
    assert view.counts.people == 300
