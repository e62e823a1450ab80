"""Private answers: for one person's eyes, and never a reason to break."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.domain.ids import ChannelId, UserId
from bot.domain.refusals import NoText
from bot.sandbox.server import Sandbox
from handlers.blocks.message import Message
from handlers.blocks.words import Words
from handlers.slack.answering import Asker, PrivateAnswers

ANA = UserId("U0ANA")
MARKETING, GENERAL = ChannelId("C0MARKETING"), ChannelId("C0GERAL")
HELLO = Message("Hello *Ana*", [])
NOWHERE = "http://127.0.0.1:1/response/1"


@pytest.fixture
def answers(client: AsyncWebClient) -> PrivateAnswers:
    """Private answers in the sandbox's workspace."""
    return PrivateAnswers(client, Words())


def whispered(sandbox: Sandbox, channel: ChannelId) -> list[str]:
    """List what Ana alone sees in a channel; whatever others see fails."""
    messages = sandbox.world.slack.messages
    assert list(messages.in_channel(channel)) == []
    return [message.content.text for message in messages.in_channel(channel, seen_by=ANA)]


def address(sandbox: Sandbox, channel: ChannelId) -> str:
    """Make a response address, as a command of Ana's brings one."""
    slack = sandbox.world.slack
    return slack.response_url(slack.response_urls.issue(channel, ANA))


async def test_the_address_slack_gave_is_used(answers: PrivateAnswers, sandbox: Sandbox) -> None:
    """It works even in a channel where the bot is no member."""
    await answers.tell(Asker(ANA, GENERAL, address(sandbox, GENERAL)), HELLO)
    assert whispered(sandbox, GENERAL) == ["Hello *Ana*"]


async def test_without_an_address_it_is_whispered_in_the_channel(
    answers: PrivateAnswers, sandbox: Sandbox
) -> None:
    """Modals bring none."""
    await answers.tell(Asker(ANA, MARKETING), HELLO)
    assert whispered(sandbox, MARKETING) == ["Hello *Ana*"]


@pytest.mark.parametrize(
    ("asker", "why"),
    [
        (Asker(ANA, GENERAL), {"error": "not_in_channel"}),
        (Asker(UserId("U0NOBODY"), MARKETING), {"error": "user_not_in_channel"}),
        (Asker(ANA, MARKETING, NOWHERE), {"error": "ClientConnectorError"}),
        (Asker(ANA, MARKETING, "no address at all"), {"error": "InvalidUrlClientError"}),
    ],
)
async def test_an_answer_that_is_lost_is_logged(
    answers: PrivateAnswers, asker: Asker, why: dict[str, str]
) -> None:
    """There is nobody else to tell, and what was done stays done."""
    with capture_logs() as logs:
        await answers.tell(asker, HELLO)
    assert logs == [{"event": "private answer lost", "log_level": "warning", **why}]


async def test_an_address_that_is_used_up_is_logged(
    answers: PrivateAnswers, sandbox: Sandbox
) -> None:
    """Slack takes five answers; the address itself is a secret, so it isn't in the log."""
    used = address(sandbox, MARKETING)
    for _ in range(5):
        await answers.tell(Asker(ANA, MARKETING, used), HELLO)
    with capture_logs() as logs:
        await answers.tell(Asker(ANA, MARKETING, used), HELLO)
    (line,) = logs
    assert (line["event"], line["status"]) == ("private answer lost", 404)
    assert used not in str(line)


async def test_a_refusal_says_what_to_do_and_hands_back_what_was_typed(
    answers: PrivateAnswers, sandbox: Sandbox
) -> None:
    """Nobody writes a long list of numbers twice."""

    async def refuse() -> None:
        raise NoText

    await answers.guard(Asker(ANA, MARKETING), refuse, typed="/sms-send 31999990001")
    (said,) = whispered(sandbox, MARKETING)
    assert "no text" in said
    assert "31999990001" in said


async def test_work_that_breaks_is_answered_and_logged(
    answers: PrivateAnswers, sandbox: Sandbox
) -> None:
    """The person hears that it broke; what exactly is for whoever runs it."""

    async def breaks() -> None:
        message = "a detail of ours"
        raise RuntimeError(message)

    with capture_logs() as logs:
        await answers.guard(Asker(ANA, MARKETING), breaks)
    (said,) = whispered(sandbox, MARKETING)
    assert "broke on our side" in said
    assert "a detail of ours" not in said
    assert [line["event"] for line in logs] == ["a listener broke"]


async def test_work_that_is_done_needs_no_answer(answers: PrivateAnswers, sandbox: Sandbox) -> None:
    """What it has to say, it says itself."""

    async def works() -> None:
        return None

    await answers.guard(Asker(ANA, MARKETING), works)
    assert whispered(sandbox, MARKETING) == []
