"""Fields from the list to the phone: each person's own text, sealed, sent once, and paid."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import OutcomeUnknown, Refusal
from bot.domain.field_refusals import EmptyFields, FieldNotKept, FieldsNeedFile, UnknownField
from bot.domain.filling import Example
from bot.domain.ids import Number
from bot.domain.numbers import Recipients
from bot.domain.parts import PartState
from bot.domain.refusals import NothingChanged, OldVersion, TextTooLong
from bot.services.drafts import Drafted, ListSource
from tests.builders import ANA, BIA, MINUTE, NOON, ONE, OWN, THREE, TWO, make_draft
from tests.services.desk import Desk

TEXT = "Olá {nome}"
ROWS = ((ONE, "Ana", "X1"), (TWO, "Bia", "X2"), (THREE, "Ana", ""))


def make_list(rows: Sequence[tuple[Number, str, str]] = ROWS) -> Recipients:
    """Read a file of these rows."""
    numbers = tuple(number for number, _, _ in rows)
    lines = tuple(range(2, len(rows) + 2))
    return Recipients(numbers, (), lines, ("celular", "nome", "cupom"), tuple(rows))


async def create(
    desk: Desk, text: str = TEXT, rows: Sequence[tuple[Number, str, str]] = ROWS
) -> Campaign:
    """Let Ana write a campaign to the people of a file."""
    return await desk.create(text=text, numbers="", listed=make_list(rows))


async def send(desk: Desk, text: str = TEXT) -> Campaign:
    """Write it, have it approved, and send what goes."""
    campaign = await desk.approve(await create(desk, text))
    await desk.sending.run()
    return await desk.campaign(campaign.id)


async def edit(desk: Desk, campaign: Campaign, text: str, **typed: object) -> Drafted:
    """Change the text, and keep the list unless another is given."""
    draft = make_draft(text=text, numbers="", **typed)
    return await desk.editing.edit(
        campaign.id, version=campaign.version, draft=draft, keep_numbers="listed" not in typed
    )


def said(desk: Desk) -> list[tuple[str, tuple[Number, ...]]]:
    """What the platform was asked to send, to whom."""
    return [(asked.text, asked.numbers) for asked in desk.gateway.sent]


async def test_each_person_gets_their_own_text(desk: Desk) -> None:
    """Equal texts travel together, in the order in which each first comes."""
    campaign = await send(desk)
    assert said(desk) == [("Olá Ana", (ONE, THREE)), ("Olá Bia", (TWO,))]
    assert campaign.state is State.SENT
    assert [part.text for part in await desk.parts(campaign.id)] == ["Olá Ana", "Olá Bia"]


async def test_a_text_for_many_goes_in_several_parts(desk: Desk) -> None:
    """The usual sharing out holds within each text, and the card knows how many requests it is."""
    desk.gateway.room = 1
    campaign = await send(desk)
    assert said(desk) == [("Olá Ana", (ONE,)), ("Olá Ana", (THREE,)), ("Olá Bia", (TWO,))]
    assert campaign.filled is not None
    assert (campaign.filled.texts, campaign.filled.requests) == (2, 3)


async def test_a_test_is_filled_in_for_the_first_person(desk: Desk) -> None:
    """Marked, on its asker's phone alone; braces in somebody's name are no field."""
    campaign = await create(desk, rows=((ONE, "{Ana}", "X1"), (TWO, "Bia", "X2")))
    preview = await desk.trying.ask(campaign.id, by=ANA, version=1)
    assert preview.text == "[TEST] Olá {Ana}"
    await desk.try_out(campaign)
    await desk.sending.run()
    assert said(desk) == [("[TEST] Olá {Ana}", (OWN,))]


async def test_who_opted_out_gets_nothing(desk: Desk) -> None:
    """As ever: a text that is left without anybody isn't sent."""
    campaign = await desk.approve(await create(desk))
    await desk.write(lambda tx: tx.optouts.add(TWO, at=NOON, campaign=None, word="SAIR"))
    await desk.sending.run()
    assert said(desk) == [("Olá Ana", (ONE, THREE))]
    assert (await desk.viewing.campaign(campaign.id)).price == 2


async def test_a_campaign_without_fields_is_as_it_was(desk: Desk) -> None:
    """Nothing is kept for it, whatever columns its file has."""
    campaign = await send(desk, "Feliz Natal")
    assert said(desk) == [("Feliz Natal", (ONE, TWO, THREE))]
    assert campaign.filled is None
    assert desk.look("SELECT count(*) FROM field_values") == [(0,)]
    assert (await desk.part(campaign.id)).text is None


async def test_doubled_braces_go_as_plain_ones(desk: Desk) -> None:
    """And an odd one as it was typed."""
    await desk.submitted(text="{{nome}} :-{")
    assert said(desk)[0][0] == "{nome} :-{"


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE field_values SET cells = '["Eva"]' WHERE person = '31988880002'""",
        "DELETE FROM field_values WHERE person = '31988880002'",
        "UPDATE field_values SET cells = '[]'",
        "UPDATE campaigns SET text = 'Tchau {nome}'",
        "UPDATE campaigns SET text = 'Olá {cupom}'",
        "UPDATE campaigns SET filled = NULL",
    ],
)
async def test_what_was_changed_after_approval_does_not_go(desk: Desk, change: str) -> None:
    """Each person's text is part of what was approved."""
    campaign = await desk.approve(await create(desk))
    await desk.tamper(change)
    await desk.sending.run()
    stopped = await desk.campaign(campaign.id)
    assert (stopped.state, stopped.close_reason) == (State.CANCELLED, "changed")
    assert desk.gateway.sent == []


@pytest.mark.parametrize("text", ["'Olá Eva'", "NULL"])
async def test_a_part_that_was_changed_does_not_go(desk: Desk, text: str) -> None:
    """Its own text is sealed with it, and looked at as it leaves."""
    campaign = await desk.approve(await create(desk))
    await desk.launching.run()
    await desk.tamper(f"UPDATE parts SET text = {text} WHERE position = 1")  # noqa: S608 - ours
    await desk.sending.run()
    assert desk.gateway.sent == []
    parts = await desk.parts(campaign.id)
    assert {(part.state, part.reason) for part in parts} == {(PartState.DROPPED, "changed")}


async def test_a_part_is_sent_again_with_its_own_text(desk: Desk) -> None:
    """Whoever decides that it goes once more sends what was approved for these people."""
    desk.gateway.endings.extend([None, OutcomeUnknown("time-out")])
    campaign = await send(desk)
    part = (await desk.parts(campaign.id))[1]
    await desk.resolving.again(campaign.id, part.id, by=BIA, resent=0)
    await desk.sending.run()
    assert said(desk)[2] == ("Olá Bia", (TWO,))


async def test_the_price_is_what_each_text_takes(desk: Desk) -> None:
    """Before it is sent, and of the parts that went and are still to go."""
    long = "n" * 200
    rows = ((ONE, "Ana", ""), (TWO, long, ""), (THREE, "Ana", ""))
    campaign = await create(desk, "Oi {nome}", rows)
    view = await desk.viewing.campaign(campaign.id)
    assert (view.price, view.segments) == (4, {1: 2, 2: 1})
    assert (await desk.viewing.balance()).waiting == 4
    await desk.approve(campaign)
    await desk.launching.run()
    assert (await desk.viewing.balance()).approved == 4
    await desk.sending.run()
    figures = (await desk.viewing.campaign(campaign.id)).figures
    assert figures is not None
    assert figures.expected == 4


async def test_the_approver_sees_real_examples(desk: Desk) -> None:
    """The first, the longest, another; kept with the campaign."""
    campaign = await create(desk)
    assert campaign.filled is not None
    assert campaign.filled.examples == (Example(ONE, "Olá Ana"), Example(TWO, "Olá Bia"))


async def test_a_typed_list_has_no_fields(desk: Desk) -> None:
    """It is refused before anybody is asked to approve ``Olá {nome}``."""
    with pytest.raises(FieldsNeedFile):
        await desk.create(text=TEXT)
    with pytest.raises(FieldsNeedFile):
        desk.answering.check_text(TEXT)


@pytest.mark.parametrize(
    ("text", "refusal"), [("Use {cupom}", EmptyFields), ("Oi {nmoe}", UnknownField)]
)
async def test_what_cannot_be_filled_is_refused(
    desk: Desk, text: str, refusal: type[Refusal]
) -> None:
    """Before approval, and nothing is stored."""
    with pytest.raises(refusal):
        await create(desk, text)
    assert desk.look("SELECT count(*) FROM campaigns") == [(0,)]


async def test_who_opted_out_needs_no_value(desk: Desk) -> None:
    """Nobody has to fill a row in for somebody who gets nothing."""
    await desk.write(lambda tx: tx.optouts.add(THREE, at=NOON, campaign=None, word="SAIR"))
    campaign = await create(desk, "Use {cupom}")
    assert campaign.filled is not None
    assert campaign.filled.texts == 2


async def test_each_text_has_to_fit_a_request(desk: Desk) -> None:
    """The longest too, filled in."""
    desk.gateway.longest_number = 10
    with pytest.raises(TextTooLong):
        await create(desk)


async def test_a_kept_list_fills_the_new_text(desk: Desk) -> None:
    """And what is seen and sent is the new version."""
    campaign = await create(desk)
    drafted = await edit(desk, campaign, "Tchau {Nome}")
    assert drafted.campaign.version == 2
    await desk.approve(drafted.campaign)
    await desk.sending.run()
    assert said(desk) == [("Tchau Ana", (ONE, THREE)), ("Tchau Bia", (TWO,))]


@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [(TEXT, "Use {cupom}", FieldNotKept), ("Feliz Natal", TEXT, FieldsNeedFile)],
)
async def test_a_column_that_was_not_used_is_not_kept(
    desk: Desk, before: str, after: str, refusal: type[Refusal]
) -> None:
    """The file has to be given again."""
    campaign = await create(desk, before)
    with pytest.raises(refusal):
        await edit(desk, campaign, after)
    assert (await desk.campaign(campaign.id)).version == 1


async def test_an_edit_may_bring_another_file(desk: Desk) -> None:
    """Whoever gets the same text as before from it makes no new version."""
    campaign = await create(desk)
    with pytest.raises(NothingChanged):
        await edit(desk, campaign, TEXT, listed=make_list())
    rows = ((ONE, "Eva", ""), (TWO, "Bia", ""), (THREE, "Ana", ""))
    drafted = await edit(desk, campaign, TEXT, listed=make_list(rows))
    await desk.approve(drafted.campaign)
    await desk.sending.run()
    assert [text for text, _ in said(desk)] == ["Olá Eva", "Olá Bia", "Olá Ana"]


async def test_an_edit_may_take_the_fields_out(desk: Desk) -> None:
    """Then everybody gets the same, and nothing is kept."""
    campaign = await create(desk)
    drafted = await edit(desk, campaign, "Feliz Natal")
    assert drafted.campaign.filled is None
    assert desk.look("SELECT count(*) FROM field_values") == [(0,)]
    await desk.approve(drafted.campaign)
    await desk.sending.run()
    assert said(desk) == [("Feliz Natal", (ONE, TWO, THREE))]


async def test_an_old_version_is_not_filled_in(desk: Desk) -> None:
    """The button that was pressed belongs to what is no more."""
    campaign = await create(desk)
    await edit(desk, campaign, "Tchau {nome}")
    with pytest.raises(OldVersion):
        await edit(desk, campaign, "Oi {nome}")


async def test_what_expired_is_written_anew_with_its_values(desk: Desk) -> None:
    """For everyone who hasn't got it."""
    campaign = await create(desk)
    desk.clock.advance(25 * 60 * MINUTE)
    kept = await desk.viewing.kept_list(campaign.id)
    assert kept == Recipients((ONE, TWO, THREE), (), (), ("nome",), (["Ana"], ["Bia"], ["Ana"]))
    again = await desk.create(text=TEXT, numbers="", listed=kept, source=ListSource.KEPT)
    await desk.approve(again)
    await desk.sending.run()
    assert said(desk) == [("Olá Ana", (ONE, THREE)), ("Olá Bia", (TWO,))]


async def test_a_list_without_fields_is_kept_as_numbers(desk: Desk) -> None:
    """There is nothing else of it."""
    campaign = await desk.create()
    assert campaign.requester == ANA
    assert await desk.viewing.kept_list(campaign.id) == Recipients((ONE, TWO), ())


async def test_a_number_gets_its_ninth_digit_and_keeps_its_text(desk: Desk) -> None:
    """The person is the same, and so is what the file says of them."""
    rows = ((Number("3199990001"), "Ana", ""), (TWO, "Bia", ""))
    campaign = await create(desk, rows=rows)
    drafted = await desk.editing.add_ninth_digit(campaign.id, by=ANA, version=1)
    await desk.approve(drafted.campaign)
    await desk.sending.run()
    assert said(desk) == [("Olá Ana", (ONE,)), ("Olá Bia", (TWO,))]


async def test_a_test_shows_what_the_first_person_gets(desk: Desk) -> None:
    """A template on one's own phone would prove nothing; a brace in a name is no field of it."""
    for name, shown in (("Ana", "[TEST] Olá Ana"), ("{Eva}", "[TEST] Olá {Eva}")):
        campaign = await create(desk, rows=((ONE, name, ""), (TWO, "Bia", "")))
        assert (await desk.trying.ask(campaign.id, by=ANA, version=1)).text == shown


async def test_a_preview_fills_the_list_in(desk: Desk) -> None:
    """With the price that its texts have, and everything that it would be refused for."""
    draft = make_draft(text=TEXT, numbers="", listed=make_list(), source=ListSource.FILE)
    preview = await desk.composing.preview(draft)
    assert preview.filled is not None
    assert (preview.filled.texts, preview.price, preview.problems) == (2, 3, ())
    refused = await desk.composing.preview(replace(draft, text="Use {cupom}"))
    assert [type(problem) for problem in refused.problems] == [EmptyFields]
    assert (refused.filled, refused.price) == (None, 3)
    typed = await desk.composing.preview(make_draft(text=TEXT))
    assert [type(problem) for problem in typed.problems] == [FieldsNeedFile]


async def test_a_preview_shows_the_letters_that_go(desk: Desk) -> None:
    """Doubled braces as the plain ones that phones will show."""
    assert (await desk.composing.preview(make_draft(text="{{nome}}"))).text == "{nome}"


async def test_a_preview_fills_in_a_list_that_stays(desk: Desk) -> None:
    """From what is kept of it; of an empty list there is nothing to show."""
    kept = await desk.viewing.kept_list((await create(desk)).id)
    draft = make_draft(text="Oi {nome}", numbers="", listed=kept, source=ListSource.KEPT)
    preview = await desk.composing.preview(draft, kept=3)
    assert preview.filled is not None
    assert preview.filled.examples[0].text == "Oi Ana"
    gone = await desk.composing.preview(replace(draft, listed=None), kept=3)
    assert gone.filled is None
