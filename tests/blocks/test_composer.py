"""The composer: filled as it was left, and never with half of what was written."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.ids import CampaignId, ChannelId
from bot.domain.unfinished import ListFile
from handlers.blocks import actions
from handlers.blocks.actions import Press
from handlers.blocks.composer import render_composer
from handlers.blocks.composer_form import ComposerForm, place_of, recall_form
from handlers.blocks.form_fields import INPUT_LIMIT
from handlers.blocks.words import Words
from tests.blocks.views import CAMPAIGN, DIGEST, TOMORROW

ENGLISH = Words()
PORTUGUESE = Words("pt_BR")
FORM = ComposerForm(channel=ChannelId("C0PROMO"), zone="America/Sao_Paulo", place="C0PROMO")


def fields(modal: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Collect a form's fields by the names of their blocks."""
    return {block["block_id"]: block for block in modal["blocks"] if block["type"] == "input"}


def compose(words: Words = ENGLISH, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  passed on
    """Make a form that holds this."""
    modal: dict[str, Any] = render_composer(replace(FORM, **facts), words=words)
    return modal


def test_the_form_remembers_what_its_fields_do_not_hold() -> None:
    """What Slack doesn't send back with a form is carried in it."""
    full = replace(
        FORM,
        press=Press(CAMPAIGN.id, 3, DIGEST),
        kept=4812,
        again=CampaignId(7),
        file=ListFile("F1", "clientes.csv"),
        redrawn=2,
        adds_ninth_digit=True,
    )
    for form in (FORM, full):
        modal = render_composer(form, words=ENGLISH)
        assert modal["callback_id"] == actions.COMPOSE
        assert recall_form(modal) == form


def test_each_version_that_is_changed_has_a_place_of_its_own() -> None:
    """What was begun for an older one doesn't come back in a newer one's form."""
    place, press = place_of(CAMPAIGN)
    assert (place, press) == ("#42.1", Press(CAMPAIGN.id, 1, DIGEST))
    assert place_of(replace(CAMPAIGN, version=2))[0] == "#42.2"


def test_every_letter_is_told_so_that_none_is_lost() -> None:
    """Slack tells nothing of a form that is closed."""
    found = fields(compose())
    assert list(found) == ["name", "text", "numbers", "file", "when"]
    for name in ("name", "text", "numbers"):
        element = found[name]["element"]
        assert element["action_id"] == f"typing.{name}"
        assert element["dispatch_action_config"] == {"trigger_actions_on": ["on_character_entered"]}
        assert found[name]["dispatch_action"] is True


def test_a_day_and_time_are_asked_for_only_where_one_is_wanted() -> None:
    """As soon as it is approved is the first choice, and the zone is named in the other."""
    now = fields(compose())
    assert "at" not in now
    options = now["when"]["element"]["options"]
    assert [option["value"] for option in options] == ["now", "later"]
    assert now["when"]["element"]["initial_option"] == options[0]
    assert options[1]["text"]["text"] == "At a time, in Sao Paulo time"
    later = fields(compose(is_timed=True, send_at=TOMORROW))
    assert later["when"]["element"]["initial_option"] == options[1]
    assert later["at"]["element"]["initial_date_time"] == int(TOMORROW.timestamp())
    assert "initial_date_time" not in fields(compose(is_timed=True))["at"]["element"]
    lisbon = fields(compose(PORTUGUESE, zone="Europe/Lisbon"))["when"]["element"]["options"]
    assert lisbon[1]["text"]["text"] == "Com hora marcada, no horário de Lisboa"


def test_the_form_is_filled_with_what_was_written() -> None:
    """An expired campaign comes back with its text and numbers."""
    found = fields(compose(name="Natal", text="Oi", numbers="31999990001"))
    values = [found[name]["element"].get("initial_value") for name in ("name", "text", "numbers")]
    assert values == ["Natal", "Oi", "31999990001"]
    assert all("initial_value" not in block["element"] for block in fields(compose()).values())


def test_what_does_not_fit_is_left_out_whole_and_said() -> None:
    """Half a list of numbers, sent to in silence, would be worse than an empty field."""
    modal = compose(text="a" * (INPUT_LIMIT + 1), numbers="3" * (INPUT_LIMIT + 1))
    assert all("initial_value" not in block["element"] for block in fields(modal).values())
    top = modal["blocks"][0]["text"]["text"]
    assert top.startswith("The card goes to <#C0PROMO>.")
    assert "The text doesn't fit here." in top
    assert "The list of numbers doesn't fit here." in top
    fits = compose(text="a" * INPUT_LIMIT, numbers="3" * INPUT_LIMIT)
    assert "fit" not in fits["blocks"][0]["text"]["text"]


def test_a_change_says_what_sending_it_does() -> None:
    """And which campaign it changes."""
    modal = compose(press=Press(CAMPAIGN.id, 1, DIGEST))
    shown = [modal[name]["text"] for name in ("title", "submit")]
    assert shown == ["Edit #42", "Ask for new approval"]
    assert "what was approved before counts no more" in modal["blocks"][0]["text"]["text"]


def test_a_list_that_is_not_shown_stays_unless_it_is_replaced() -> None:
    """Nobody has to paste thousands of numbers to mend a letter of the text."""
    hint = fields(compose(kept=4812))["numbers"]["hint"]["text"]
    assert hint == (
        "The 4,812 numbers stay as they are, unless you paste or give the whole new list."
    )


def test_a_file_may_be_given_in_place_of_numbers() -> None:
    """Neither field is asked for by Slack, for one of them is enough; one file, of known kinds."""
    found = fields(compose())
    assert found["numbers"]["optional"] is True
    assert found["file"]["optional"] is True
    element = found["file"]["element"]
    assert element["type"] == "file_input"
    assert (element["max_files"], element["filetypes"]) == (1, ["csv", "tsv", "txt", "xlsx"])


def test_a_file_that_was_given_is_named_and_can_be_changed() -> None:
    """Slack's field can't be filled by us, so its place is taken by the name."""
    modal = compose(file=ListFile("F1", "clientes *VIP*.csv"))
    assert "file" not in fields(modal)
    (given,) = [block for block in modal["blocks"] if block.get("block_id") == "given"]
    assert given["text"]["text"] == "📄 The numbers are in clientes ∗VIP∗.csv."
    assert given["accessory"]["action_id"] == actions.OTHER_LIST


def test_a_field_that_gets_a_value_from_us_gets_a_new_name() -> None:
    """Slack keeps what was typed in a field of the same name."""
    assert list(fields(compose(redrawn=1, is_timed=True))) == [
        "name.1",
        "text.1",
        "numbers.1",
        "file",
        "when.1",
        "at.1",
    ]


@pytest.mark.parametrize("words", [ENGLISH, PORTUGUESE])
def test_titles_and_buttons_are_not_cut(words: Words) -> None:
    """Slack takes 24 letters, in either language."""
    for modal in (compose(words), compose(words, press=Press(CAMPAIGN.id, 1, DIGEST))):
        shown = json.dumps([modal[name] for name in ("title", "submit", "close")])
        assert "\\u2026" not in shown
