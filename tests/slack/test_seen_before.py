"""Approving what was seen before: one press asks, the form's own button approves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.campaign import State
from bot.domain.ids import CampaignId
from bot.sandbox.server import Sandbox
from tests.slack.reception import ANA, BRUNO, Reception, open_reception

SECOND = CampaignId(2)


@pytest.fixture
async def careful(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> AsyncIterator[Reception]:
    """A house that minds, where the same was asked for twice."""
    async with open_reception(sandbox, client, tmp_path, repeat_hours=24) as running:
        for _ in range(2):
            await running.type("/sms-send 31999990001 Feliz Natal a todos os clientes")
        await running.tell()
        yield running


async def state(reception: Reception) -> State:
    """How the second campaign stands."""
    return (await reception.services.viewing.campaign(SECOND)).campaign.state


async def test_the_writer_is_told_at_once(careful: Reception) -> None:
    """Privately, with who did it."""
    assert "says nearly the same to this person, and waits for approval" in careful.private()[-1]


async def test_a_press_asks_and_the_form_approves(careful: Reception) -> None:
    """Nothing is approved in between, and a second submit changes nothing."""
    await careful.press("campaign.approve", person=BRUNO)
    form = careful.modal(BRUNO)
    assert "says nearly the same to this person" in str(form.blocks)
    assert await state(careful) is State.WAITING
    await careful.send_form(person=BRUNO)
    assert await state(careful) is State.APPROVED
    await careful.send_form(person=BRUNO)
    assert "was approved by" in careful.private(BRUNO)[-1]


async def test_what_came_up_while_the_form_stood_open_is_asked_about(careful: Reception) -> None:
    """Its button approves what the form said, and nothing else."""
    await careful.press("campaign.approve", person=BRUNO)
    await careful.type("/sms-send 31999990001 Feliz Natal a todos os clientes")
    await careful.send_form(person=BRUNO)
    assert "There is more by now" in careful.private(BRUNO)[-1]
    assert await state(careful) is State.WAITING


async def test_the_form_is_no_way_round_the_rules(careful: Reception) -> None:
    """Whoever wrote it gets no form, and a form of an older version decides nothing."""
    await careful.press("campaign.approve", person=ANA)
    assert careful.sandbox.world.slack.views.top(ANA) is None
    await careful.press("campaign.approve", person=BRUNO)
    await careful.press("campaign.edit", person=ANA)
    await careful.submit(person=ANA, text="Bom ano a todos os nossos clientes")
    await careful.send_form(person=BRUNO)
    assert "was changed" in careful.private(BRUNO)[-1]
    assert await state(careful) is State.WAITING
