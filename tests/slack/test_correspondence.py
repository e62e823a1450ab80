"""Answering a reply in Slack, from the button to the message in the thread."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId, GatewayId, Number, UserId
from bot.domain.parts import accept, depart
from bot.domain.replies import Delivery
from bot.ports import Transaction
from bot.sandbox.messages import Message
from bot.sandbox.server import Sandbox
from bot.services.answering import Written
from bot.services.settling import settle_part
from tests.brittle import BrittleStore
from tests.builders import NOON
from tests.slack.campaigns import FIRST, approve
from tests.slack.reception import ANA, BRUNO, CARLA, GUEST, MARKETING, Reception, open_reception

PHONE = Number("31999990001")
NAME = "(31) 99999-0001"
SECOND = CampaignId(2)


@pytest.fixture
async def strict(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> AsyncIterator[Reception]:
    """A reception where answers are approved, too."""
    async with open_reception(sandbox, client, tmp_path, answers_need_approval=True) as running:
        yield running


async def reply(reception: Reception, text: str = "Tem sem frutas?") -> None:
    """Let Ana's campaign go to one phone, and that phone write back."""
    await approve(reception)
    await reception.services.sending.run()
    await let_go(reception, FIRST)
    await write_back(reception, FIRST, text)


async def let_go(reception: Reception, campaign: CampaignId) -> None:
    """Let the platform, which is away, have taken its only part after all."""
    now = reception.clock.now()

    def store_yes(tx: Transaction) -> None:
        (part,) = tx.parts.of(campaign)
        gone = depart(part, at=now)
        settle_part(tx, part, gone, at=now)
        settle_part(tx, gone, accept(gone, GatewayId(90000 + campaign), at=now), at=now)

    await reception.services.store.write(store_yes)


async def write_back(
    reception: Reception, campaign: CampaignId, text: str, *, tell: bool = True
) -> None:
    """Let the phone answer it, and tell that."""
    (part,) = await reception.services.store.read(lambda tx: tx.parts.of(campaign))
    record = f"{part.gateway_id};{PHONE};{text};2026-12-22 12:05:00;;"
    await reception.services.receiving.receive(
        Delivery(
            key=part.key,
            method="GET",
            query=f"data_callback={quote(record)}".encode(),
            content_type="",
            body=b"",
            received_at=NOON,
        )
    )
    await reception.services.replying.run()
    if tell:
        await reception.tell()


async def campaigns(reception: Reception) -> list[Campaign]:
    """Read all campaigns, oldest first."""
    return list(await reception.services.store.read(lambda tx: tx.campaigns.in_states(State)))


def card_ts(reception: Reception) -> str:
    """Find the first campaign's card."""
    return next(one.ts for one in messages(reception) if not one.is_reply)


def messages(reception: Reception) -> list[Message]:
    """List what stands in #marketing."""
    return list(reception.sandbox.world.slack.messages.in_channel(MARKETING))


def told(reception: Reception, words: str) -> list[Message]:
    """Find the messages that say this now."""
    return [one for one in messages(reception) if words in one.content.text]


async def test_an_answer_is_written_in_a_form_and_shown_in_the_thread(reception: Reception) -> None:
    """The form quotes them; the answer stands in the campaign's own thread, with its writer."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    assert "Tem sem frutas?" in str(reception.modal(ANA).blocks)
    answer = await reception.submit(person=ANA, text="Tem sim!")
    assert answer.text == ""
    (_, given) = await campaigns(reception)
    assert (given.state, given.home, given.requester, given.text) == (
        State.APPROVED,
        FIRST,
        ANA,
        "Tem sim!",
    )
    await reception.tell()
    (shown,) = told(reception, f"<@{ANA}> answers {NAME}")
    assert (shown.is_reply, shown.thread_ts) == (True, card_ts(reception))
    assert sum(not one.is_reply for one in messages(reception)) == 1
    await reception.services.sending.run()
    await let_go(reception, SECOND)
    await reception.tell()
    (changed,) = told(reception, f"<@{ANA}> answers {NAME}")
    assert (changed.ts, "📤 Sent" in changed.content.text) == (shown.ts, True)


async def test_what_comes_back_is_in_the_same_thread_and_can_be_answered(
    reception: Reception,
) -> None:
    """A conversation stays in one place."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    await reception.submit(person=ANA, text="Tem sim!")
    await reception.services.sending.run()
    await let_go(reception, SECOND)
    await write_back(reception, SECOND, "Oba")
    (back,) = told(reception, ": Oba")
    assert back.thread_ts == card_ts(reception)
    await reception.press("reply.answer", person=BRUNO)
    assert "Oba" in str(reception.modal(BRUNO).blocks)


async def test_one_of_several_replies_in_one_message_is_chosen(reception: Reception) -> None:
    """They came faster than Slack takes messages; a menu stands for their buttons."""
    await approve(reception)
    await reception.services.sending.run()
    await let_go(reception, FIRST)
    for text in ("Oi", "Tem sem frutas?", "não quero mais"):
        await write_back(reception, FIRST, text, tell=False)
    await reception.tell()
    (group,) = told(reception, "3 replies")
    assert group.is_reply
    await reception.press("reply.answer", person=ANA, option=1)
    assert "Tem sem frutas?" in str(reception.modal(ANA).blocks[1])
    await reception.submit(person=ANA, text="Tem sim!")
    assert (await campaigns(reception))[-1].text == "Tem sim!"
    await reception.press("reply.opt_out", person=BRUNO, option=0)
    await reception.tell()
    assert len(told(reception, f"<@{BRUNO}> put {NAME} on the opt-out list")) == 1


async def test_an_answer_finds_the_thread_of_a_card_that_was_posted_anew(
    reception: Reception,
) -> None:
    """Somebody deleted the campaign's card: it comes back, and the answer stands beneath it."""
    await reply(reception)
    slack = reception.sandbox.world.slack.messages
    gone = card_ts(reception)
    for message in messages(reception):
        slack.delete(message)
    await reception.services.answering.answer(
        Written(reply=1, by=UserId(ANA), text="Tem sim!", zone="UTC", form="V1", seen=CampaignId(0))
    )
    await reception.tell()
    (shown,) = told(reception, f"<@{ANA}> answers {NAME}")
    assert shown.thread_ts == card_ts(reception) != gone


async def test_a_double_press_of_submit_sends_once(reception: Reception) -> None:
    """Slack's second submission of the same form finds its answer there, and says nothing."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    view = reception.modal(ANA)
    for _ in range(2):
        reception.sandbox.world.slack.views._stacks[ANA] = [view]
        answer = await reception.submit(person=ANA, text="Tem sim!")
        assert answer.text == ""
    assert len(await campaigns(reception)) == 2
    assert len(reception.private(ANA)) == 1  # where the campaign is, from before


async def test_the_second_colleague_sees_the_first_answer_before_anything_goes(
    reception: Reception,
) -> None:
    """On the form they open later, or in the one they had open, with their words kept."""
    await reply(reception)
    await reception.press("reply.answer", person=BRUNO)
    await reception.press("reply.answer", person=ANA)
    await reception.submit(person=ANA, text="Tem sim!")
    answer = (await reception.submit(person=BRUNO, text="Acho que tem.")).json()
    assert answer["response_action"] == "update"
    assert f"<@{ANA}> answered this already" in str(answer["view"]["blocks"])
    assert "Tem sim!" in str(answer["view"]["blocks"])
    assert answer["view"]["blocks"][-1]["element"]["initial_value"] == "Acho que tem."
    assert len(await campaigns(reception)) == 2
    open_view = reception.modal(BRUNO)
    open_view.definition |= {"private_metadata": answer["view"]["private_metadata"]}
    assert (await reception.submit(person=BRUNO, text="Acho que tem.")).text == ""
    assert [one.text for one in await campaigns(reception)] == ["Oi", "Tem sim!", "Acho que tem."]
    await reception.press("reply.answer", person=CARLA)
    assert f"<@{BRUNO}> answered this already" in str(reception.modal(CARLA).blocks)


async def test_what_costs_more_than_one_credit_is_shown_first(reception: Reception) -> None:
    """Nobody pays more than they saw; a cheaper text needs no second look."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    answer = (await reception.submit(person=ANA, text="ã" * 71)).json()
    assert answer["response_action"] == "update"
    assert "it costs 2 credits" in str(answer["view"]["blocks"])
    assert len(await campaigns(reception)) == 1
    reception.modal(ANA).definition |= {"private_metadata": answer["view"]["private_metadata"]}
    again = (await reception.submit(person=ANA, text="ã" * 141)).json()
    assert "it costs 3 credits" in str(again["view"]["blocks"])
    reception.modal(ANA).definition |= {"private_metadata": again["view"]["private_metadata"]}
    assert (await reception.submit(person=ANA, text="ã" * 80)).text == ""
    assert (await campaigns(reception))[-1].text == "ã" * 80


async def test_an_answer_that_needs_approval_has_its_buttons_in_the_thread(
    strict: Reception,
) -> None:
    """By the second person; nothing goes before."""
    await reply(strict)
    await strict.press("reply.answer", person=ANA)
    await strict.submit(person=ANA, text="Tem sim!")
    await strict.tell()
    (shown,) = told(strict, f"<@{ANA}> answers {NAME}: ⏳ Waiting for approval")
    assert shown.is_reply
    assert "campaign.edit" not in str(shown.content.blocks)
    await strict.press("campaign.approve", person=ANA)
    assert "somebody else" in strict.private(ANA)[-1]
    await strict.press("campaign.approve", person=BRUNO)
    assert (await campaigns(strict))[-1].state is State.APPROVED
    await strict.tell()
    (approved,) = told(strict, f"<@{ANA}> answers {NAME}: ✅ Approved")
    assert approved.ts == shown.ts


async def test_a_no_to_an_answer_is_told_with_its_reason(strict: Reception) -> None:
    """In the thread, to whoever wrote it."""
    await reply(strict)
    await strict.press("reply.answer", person=ANA)
    await strict.submit(person=ANA, text="Tem sim!")
    await strict.tell()
    await strict.press("campaign.reject", person=BRUNO)
    await strict.submit(person=BRUNO, reason="Falta o preço")
    await strict.tell()
    (no,) = told(strict, f"<@{BRUNO}> rejected #2")
    assert no.thread_ts == card_ts(strict)


async def test_whoever_opted_out_gets_no_answer(reception: Reception) -> None:
    """The button says why not; a form that is open says it at its field, and keeps the words."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    await reception.services.listkeeping.add([PHONE], by="machine:ana")
    answer = (await reception.submit(person=ANA, text="Tem sim!")).json()
    assert answer["response_action"] == "errors"
    assert answer["errors"]["text"].startswith(f"{NAME} has asked not to be written to")
    await reception.press("reply.answer", person=BRUNO)
    assert f"{NAME} has asked not to be written to" in reception.private(BRUNO)[-1]
    assert len(await campaigns(reception)) == 1


@pytest.mark.parametrize("text", ["", "\u200b"])
async def test_an_answer_without_words_is_said_at_its_field(
    reception: Reception, text: str
) -> None:
    """As in any form."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    answer = (await reception.submit(person=ANA, text=text)).json()
    assert list(answer["errors"]) == ["text"]


async def test_an_unsure_wish_has_a_button_that_says_who_pressed_it(reception: Reception) -> None:
    """Once on the list; the second press is told so."""
    await reply(reception, "não me mande mais mensagens")
    await reception.press("reply.opt_out", person=BRUNO)
    await reception.tell()
    assert len(told(reception, f"<@{BRUNO}> put {NAME} on the opt-out list")) == 1
    await reception.press("reply.opt_out", person=CARLA)
    assert "on the opt-out list already" in reception.private(CARLA)[-1]
    await reception.tell()
    assert len(told(reception, "on the opt-out list")) == 1


async def test_a_reply_that_asks_for_nothing_has_no_such_button(reception: Reception) -> None:
    """Only an answer."""
    await reply(reception)
    (shown,) = told(reception, "Tem sem frutas?")
    assert "reply.answer" in str(shown.content.blocks)
    assert "reply.opt_out" not in str(shown.content.blocks)


@pytest.mark.parametrize("action", ["reply.answer", "reply.opt_out"])
async def test_outsiders_do_neither(reception: Reception, action: str) -> None:
    """The buttons are on a guest's screen, too."""
    await reply(reception, "não quero mais")
    await reception.press(action, person=GUEST)
    assert "full members" in reception.private(GUEST)[-1]
    assert reception.sandbox.world.slack.views.top(GUEST) is None
    assert await reception.services.store.read(lambda tx: tx.optouts.count()) == 0


async def test_a_guest_who_sends_a_form_sends_nothing(reception: Reception) -> None:
    """However they came by it."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    views = reception.sandbox.world.slack.views
    views.open(GUEST, reception.modal(ANA).definition)
    await reception.submit(person=GUEST, text="Tem sim!")
    assert "full members" in reception.private(GUEST)[-1]
    assert "```Tem sim!```" in reception.private(GUEST)[-1]
    assert len(await campaigns(reception)) == 1


async def test_a_button_of_somebodys_making_is_left_alone(reception: Reception) -> None:
    """It is answered, and nothing comes of it; a reply that isn't there is said."""
    await reply(reception)
    answer = await reception.press("reply.answer", person=ANA, value="1; DROP")
    assert answer.status_code == 200
    assert len(reception.private(ANA)) == 1  # where the campaign is, from before
    await reception.press("reply.answer", person=ANA, value="99")
    assert "isn't kept any more" in reception.private(ANA)[-1]


async def test_a_form_of_another_shape_is_closed(reception: Reception) -> None:
    """Nothing of ours is in it."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    reception.modal(ANA).definition |= {"private_metadata": "{}"}
    answer = await reception.submit(person=ANA, text="Oi")
    assert (answer.status_code, answer.text) == (200, "")
    assert len(await campaigns(reception)) == 1


async def test_a_reply_that_is_gone_by_then_is_said_at_the_field(reception: Reception) -> None:
    """The words stay in the form."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    view = reception.modal(ANA)
    metadata = view.definition["private_metadata"].replace('"reply": 1', '"reply": 99')
    view.definition |= {"private_metadata": metadata}
    answer = (await reception.submit(person=ANA, text="Oi")).json()
    assert "isn't kept any more" in answer["errors"]["text"]


async def test_a_form_is_answered_whatever_breaks(reception: Reception) -> None:
    """An ack that is lost would leave the person before a dead form."""
    await reply(reception)
    await reception.press("reply.answer", person=ANA)
    broken = BrittleStore(reception.services.store)
    broken.cant_read = True
    reception.services.answering._store = broken
    answer = (await reception.submit(person=ANA, text="Oi")).json()
    assert "Try again in a minute" in answer["errors"]["text"]
    del reception.services.answering._store
    answer = (await reception.submit(person=ANA, text="Oi")).json()
    assert "broke on our side" in answer["errors"]["text"]
    assert len(await campaigns(reception)) == 1
