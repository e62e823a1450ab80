"""Fields at Slack: refused with what to do, filled in from a file, and kept with their list."""

from bot.domain.campaign import Campaign
from tests.slack.reception import ANA, BRUNO, MARKETING, Reception

LIST = b"nome;celular\nAna;31999990001\nBia;31988880002\nAna;31977770003\n"


async def compose(reception: Reception, text: str, content: bytes = LIST) -> str:
    """Open the form, give a file in it, and send it; tell Slack's answer."""
    await reception.type("/sms-send")
    give(reception, content)
    return (await reception.submit(person=ANA, text=text)).text


def give(reception: Reception, content: bytes = LIST) -> None:
    """Choose a file in the form that Ana has open."""
    slack = reception.sandbox.world.slack
    file = slack.files.give("lista.csv", content, user=ANA).as_slack(slack.url)
    reception.answer(ANA, "file")["files"] = [file]


async def newest(reception: Reception) -> Campaign:
    """The newest campaign of the channel."""
    (found,) = await reception.services.store.read(
        lambda tx: tx.campaigns.in_channel(MARKETING, limit=1)  # type: ignore[arg-type]  # an id
    )
    return found


async def test_a_command_with_a_field_says_what_to_do(reception: Reception) -> None:
    """And hands back what was typed, for nothing of it is kept."""
    await reception.type("/sms-send 31999990001 Olá {nome}")
    said = reception.private()[-1]
    assert "A field such as `{nome}` is filled from a column of a file" in said
    assert "```/sms-send 31999990001 Olá {nome}```" in said


async def test_a_form_with_typed_numbers_says_it_at_the_text(reception: Reception) -> None:
    """There a file can be given at once."""
    await reception.type("/sms-send")
    answer = await reception.submit(person=ANA, text="Olá {nome}", numbers="31999990001")
    assert "“{nome}” is filled from a column of a file" in answer.json()["errors"]["text"]


async def test_a_file_fills_the_text_in(reception: Reception) -> None:
    """The card shows the template, and what real people get."""
    assert await compose(reception, "Olá {nome}") == ""
    await reception.tell()
    card = reception.public()[-1]
    assert "Olá {nome}" in card
    assert "2 different texts in 2 requests" in card
    assert "(31) 99999-0001 · " in card
    assert "Olá Bia" in card


async def test_lines_that_lack_a_value_are_named(reception: Reception) -> None:
    """Before anybody is asked to approve; what was written comes back."""
    await compose(reception, "Olá {nome}", LIST.replace(b"Bia", b" "))
    said = reception.private()[-1]
    assert "Somebody would get a text with a hole in it: line 3 has no `nome`." in said
    assert "Olá {nome}" in said


async def test_a_preview_shows_examples(reception: Reception) -> None:
    """Of the file that was given, before it is sent."""
    await reception.type("/sms-send")
    await reception.fill_in(person=ANA, text="Olá {nome}")
    give(reception)
    await reception.press_in_form("compose.preview", person=ANA)
    assert "Olá Bia" in str(reception.modal(ANA).blocks)


async def test_a_change_keeps_the_list_with_its_values(reception: Reception) -> None:
    """However short it is: its numbers alone would be another list."""
    await compose(reception, "Olá {nome}")
    await reception.tell()
    await reception.press("campaign.edit", person=ANA)
    form = reception.filled(ANA)
    assert (form["text"], form["numbers"]) == ("Olá {nome}", "")
    await reception.fill_in(person=ANA, text="Tchau {nome}")
    await reception.press_in_form("compose.preview", person=ANA)
    assert "Tchau Bia" in str(reception.modal(ANA).blocks)
    await reception.submit(person=ANA, text="Tchau {nome}")
    changed = await newest(reception)
    assert (changed.version, changed.text) == (2, "Tchau {nome}")
    assert changed.filled is not None
    assert changed.filled.examples[0].text == "Tchau Ana"


async def test_a_new_time_keeps_the_values(reception: Reception) -> None:
    """Nobody has to look for the file again."""
    await compose(reception, "Olá {nome}")
    first = await newest(reception)
    reception.clock.set(first.expires_at)
    await reception.services.approving.expire_due()
    await reception.tell()
    await reception.press("campaign.new_time", person=ANA)
    await reception.press_in_form("compose.preview", person=ANA)
    assert "Olá Bia" in str(reception.modal(ANA).blocks)
    await reception.send_form(person=ANA)
    again = await newest(reception)
    assert again.id > first.id
    assert again.filled == first.filled


async def test_plain_braces_are_shown_as_they_have_to_be_typed(reception: Reception) -> None:
    """So that sending the form sends the same."""
    await reception.type("/sms-send 31999990001 Use {{nome}} :-{")
    await reception.tell()
    assert (await newest(reception)).text == "Use {nome} :-{"
    await reception.press("campaign.edit", person=ANA)
    assert reception.filled(ANA)["text"] == "Use {{nome}} :-{"
    await reception.send_form(person=ANA)
    assert "#1 says already" in reception.private()[-1]
    await reception.press("campaign.approve", person=BRUNO)
    assert (await newest(reception)).version == 1
