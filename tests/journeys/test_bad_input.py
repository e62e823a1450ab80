"""What people type by mistake gets a clear private answer, and nothing is made of it."""

import pytest

from bot.tour.seeing import card_of, messages
from bot.tour.visitor import ANA
from tests.journeys.conftest import Town


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/sms-send 1234 Feliz Natal", "1234"),
        ("/sms-send 31999990001", "no text"),
        ("/sms-send Feliz Natal", "/sms-send Feliz Natal"),
        ("/sms-schedule 24/12/2020 16:00 31999990001 Oi", "passed"),
        ("/sms-schedule bananas 31999990001 Oi", "bananas"),
        ("/sms-schedule 31999990001 Oi", "24/12/2026 16:00"),
        ("/sms-schedule 24/12/2300 16:00 31999990001 Oi", "year"),
        ("/sms-status 42", "no campaign `42`"),
        ("/sms-hold 42", "no campaign `42`"),
        ("/sms-release banana", "banana"),
        ("/sms-hold", "42"),
        ("/sms bananas", "/sms-send"),
        ("/sms", "/sms-send"),
        ("/sms help", "/sms-send"),
        ("/sms-status", "/sms-send"),
        ("/sms-send 31999990001 " + "muito " * 400, "too long"),
    ],
)
async def test_a_mistake_is_answered_privately_and_nothing_is_made(
    town: Town, typed: str, answer: str
) -> None:
    """The answer says what to do; nobody else sees it; no campaign comes of it."""
    await town.visitor.type(ANA, typed)
    await town.told_privately(answer)
    state = await town.visitor.state(ANA)
    assert card_of(state, 1) is None
    assert await town.sent() == []


async def test_a_channel_without_torpedo_says_how_to_invite_it(town: Town) -> None:
    """Public or private: the card could not be posted there."""
    for channel in ("C0GERAL", "G0DIRETORIA"):
        await town.visitor.type(ANA, "/sms-send 31999990001 Oi", channel=channel)
        await town.told_privately("/invite", channel=channel)


async def test_a_direct_message_is_no_place_for_a_campaign(town: Town) -> None:
    """Nobody there could approve."""
    await town.visitor.type(ANA, "/sms-send 31999990001 Oi", channel="D0ANA")
    await town.told_privately("channel", channel="D0ANA")


async def test_another_channels_campaign_is_found_by_its_people_alone(town: Town) -> None:
    """Ana is in both channels, so she may ask in the other one."""
    await town.visitor.type(ANA, "/sms-send 31999990001 Oi")
    await town.card_says("Waiting")
    await town.visitor.type(ANA, "/sms-status 1", channel="C0OPERACOES")
    await town.told_privately("#1", channel="C0OPERACOES")


async def test_huge_and_odd_input_is_survived(town: Town) -> None:
    """Emoji, control characters, 9,000 letters: an answer for each, and the bot goes on."""
    for typed in (
        "/sms-send " + "9" * 9000,
        "/sms-send \u202e31999990001 \x07oi",
        "/sms-status ＃１",
    ):
        await town.visitor.type(ANA, typed)
    await town.visitor.type(ANA, "/sms-balance")
    await town.told_privately("10,000")
    assert all(
        "operation_timeout" not in m["text"] for m in messages(await town.visitor.state(ANA))
    )
