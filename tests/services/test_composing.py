"""Composing: nothing that was begun is lost, and what would become of it is seen before."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.credit import Balance
from bot.domain.errors import BotError
from bot.domain.file_refusals import FileNotGiven
from bot.domain.ids import CampaignId
from bot.domain.refusals import NoRecipients, NoText, NothingChanged, OldVersion, PastTime
from bot.domain.unfinished import Form, ListFile, Unfinished
from bot.ports import Transaction
from tests.builders import ANA, HOUR, NOON, ONE, TWO, make_draft
from tests.services.desk import Desk

BEGUN = Unfinished(user=ANA, place="CNATAL", text="Feliz", form="V1", written_at=NOON)
FORM = Form(id="V1", place="CNATAL")


async def begun(desk: Desk) -> Unfinished | None:
    """What Ana has begun."""
    return await desk.composing.begun(ANA, "CNATAL")


async def test_what_was_begun_is_there_after_a_restart(desk: Desk) -> None:
    """Closing a form by accident, or a stop of the program, loses nothing."""
    await desk.composing.keep(BEGUN)
    await desk.restart()
    assert await begun(desk) == BEGUN


async def test_an_emptied_form_is_forgotten(desk: Desk) -> None:
    """There is nothing to come back to."""
    await desk.composing.keep(BEGUN)
    await desk.composing.keep(replace(BEGUN, text=" "))
    assert await begun(desk) is None
    await desk.composing.keep(BEGUN)
    await desk.composing.forget(ANA, "CNATAL")
    assert await begun(desk) is None


async def test_a_form_ends_with_the_campaign_that_it_made(desk: Desk) -> None:
    """A letter that arrives late doesn't bring it back."""
    await desk.composing.keep(BEGUN)
    await desk.create(form=FORM)
    assert await begun(desk) is None
    await desk.composing.keep(BEGUN)
    assert await begun(desk) is None


async def test_a_form_that_is_refused_is_kept(desk: Desk) -> None:
    """So that it can be mended."""
    await desk.composing.keep(BEGUN)
    with pytest.raises(NoRecipients):
        await desk.create(form=FORM, numbers="1234")
    assert await begun(desk) == BEGUN


async def test_a_form_that_is_sent_twice_makes_one_campaign(desk: Desk) -> None:
    """Slack sends again what it doubts, also after a restart."""
    first = await desk.drafting.create(make_draft(form=FORM))
    await desk.restart()
    second = await desk.drafting.create(make_draft(form=FORM))
    assert (first.is_new, second.is_new) == (True, False)
    assert second.campaign == first.campaign
    assert desk.look("SELECT count(*) FROM campaigns") == [(1,)]


async def test_a_change_that_is_sent_twice_makes_one_version(desk: Desk) -> None:
    """The second is no mistake of the writer's, so it isn't refused either."""
    campaign = await desk.create()
    form = Form(id="V2", place="#1.1")
    draft = make_draft(text="Outro", form=form)
    first = await desk.editing.edit(campaign.id, version=1, draft=draft)
    second = await desk.editing.edit(campaign.id, version=1, draft=draft)
    assert (first.campaign.version, second.campaign.version) == (2, 2)
    assert not second.is_new
    with pytest.raises(OldVersion):
        await desk.editing.edit(
            campaign.id, version=1, draft=replace(draft, form=Form(id="V3", place="#1.1"))
        )


async def test_a_new_name_is_no_new_version(desk: Desk) -> None:
    """It goes to nobody, so what was approved stays approved; it is on record."""
    campaign = await desk.create()
    assert campaign.name == "Feliz Natal"
    edited = await desk.editing.edit(campaign.id, version=1, draft=make_draft(name="VIP"))
    assert (edited.campaign.version, edited.campaign.name) == (1, "VIP")
    assert desk.look("SELECT count(*) FROM audit WHERE what = 'renamed'") == [(1,)]
    with pytest.raises(NothingChanged):
        await desk.editing.edit(campaign.id, version=1, draft=make_draft(name="VIP"))
    with pytest.raises(OldVersion):
        await desk.editing.edit(campaign.id, version=2, draft=make_draft(name="Outra"))


async def test_a_given_name_stays_and_one_made_of_the_text_follows_it(desk: Desk) -> None:
    """The form shows both alike."""
    campaign = await desk.create()
    draft = make_draft(text="Bom ano", name="Feliz Natal")
    edited = await desk.editing.edit(campaign.id, version=1, draft=draft)
    assert edited.campaign.name == "Bom ano"
    edited = await desk.editing.edit(
        campaign.id, version=2, draft=make_draft(text="Bom ano!", name="VIP")
    )
    assert edited.campaign.name == "VIP"
    edited = await desk.editing.edit(campaign.id, version=3, draft=make_draft(text="Oi"))
    assert edited.campaign.name == "VIP"


async def test_a_preview_is_what_sending_would_come_to(desk: Desk) -> None:
    """Who opted out is left out of it as well; the credit is what is known."""

    def note(tx: Transaction) -> None:
        tx.optouts.add(TWO, at=NOON, campaign=None, word="SAIR")
        tx.asks.save_balance(desk.gateway.account, Balance(Decimal(9), NOON))

    await desk.write(note)
    found = await desk.composing.preview(make_draft(text="“Oi”", numbers=f"{ONE}\n{TWO}\n12"))
    assert found.text == '"Oi"'
    assert found.respelled.letters == (("“", '"'), ("”", '"'))
    assert (found.people, found.price) == (1, 1)
    assert found.recipients is not None
    assert len(found.recipients.left_out) == 2
    assert found.balance is not None
    assert found.balance.credits == 9
    assert found.problems == ()


async def test_everything_that_is_wrong_is_found_at_once(desk: Desk) -> None:
    """One round mends it all."""
    draft = make_draft(text=" ", numbers="12", send_at=NOON - HOUR)
    found = await desk.composing.preview(draft)
    assert kinds(found.problems) == [NoText, PastTime, NoRecipients]


def kinds(problems: tuple[BotError, ...]) -> list[type[BotError]]:
    """Name what is wrong."""
    return [type(problem) for problem in problems]


async def test_a_list_of_opted_out_people_is_a_problem(desk: Desk) -> None:
    """There is nobody to send to."""
    await desk.write(lambda tx: tx.optouts.add(ONE, at=NOON, campaign=None, word="SAIR"))
    found = await desk.composing.preview(make_draft(numbers=ONE))
    assert kinds(found.problems) == [NoRecipients]
    assert found.people == 0
    assert found.recipients is not None
    assert len(found.recipients.left_out) == 1


async def test_a_list_that_stays_counts_without_being_read(desk: Desk) -> None:
    """Thousands of numbers aren't in the form."""
    found = await desk.composing.preview(make_draft(numbers=""), kept=4812)
    assert (found.people, found.recipients, found.problems) == (4812, None, ())


async def test_a_list_that_cannot_be_read_is_the_problem(desk: Desk) -> None:
    """And not that there are no numbers."""
    found = await desk.composing.preview(make_draft(numbers=""), list_problem=FileNotGiven())
    assert kinds(found.problems) == [FileNotGiven]


async def test_what_nobody_needs_any_more_is_cleaned_away(desk: Desk) -> None:
    """A week after it was begun."""
    file = ListFile("F1", "a.csv")
    await desk.write(lambda tx: tx.forms.keep_file(file, b"a", at=NOON))
    await desk.composing.keep(replace(BEGUN, file=file))
    desk.clock.advance(timedelta(days=6))
    assert await desk.composing.clean() == 0
    assert await begun(desk) is not None
    desk.clock.advance(timedelta(days=2))
    assert await desk.composing.clean() == 1
    assert await begun(desk) is None


async def test_the_file_of_a_campaign_stays_until_it_is_decided(desk: Desk) -> None:
    """For whoever edits it meanwhile."""
    file = ListFile("F1", "a.csv")
    await desk.write(lambda tx: tx.forms.keep_file(file, b"a", at=NOON))
    campaign = await desk.create(
        form=Form(id="V1", place="CNATAL", file="F1"), send_at=NOON + timedelta(days=30)
    )
    desk.clock.advance(timedelta(days=20))
    assert await desk.composing.clean() == 0
    assert await file_of(desk, campaign.id) == file
    await desk.editing.cancel(campaign.id, by=ANA)
    assert await desk.composing.clean() == 1
    assert await file_of(desk, campaign.id) is None


async def file_of(desk: Desk, campaign: CampaignId) -> ListFile | None:
    """The file that is kept for a campaign."""
    return await desk.store.read(lambda tx: tx.forms.file_of(campaign))
