"""What an edit changed, on the card: seen at a glance, and never a way to format anything."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given

from bot.domain.campaign import State
from bot.domain.changes import Changes
from handlers.blocks.change_lines import MOST_SHOWN, render_changes
from handlers.blocks.message import Block
from tests.blocks.drawn import ENGLISH, PORTUGUESE, card, told
from tests.blocks.limits import check_block
from tests.blocks.random_views import words as odd_words
from tests.blocks.views import CHANGES, EDITED, REQUESTER, TOMORROW, view


def drawn(before: str, after: str) -> list[Block]:
    """Draw the difference of two texts, piece by piece."""
    found = view(text=after, version=2, changes=replace(CHANGES, text_before=before))
    section, block = render_changes(found, ENGLISH)
    check_block(section, people={REQUESTER})
    check_block(block, people=set())
    elements: list[Block] = block["elements"][0]["elements"]
    return elements


def plainly(before: str, after: str) -> str:
    """Draw the difference of two texts with signs for what came and went."""
    signs = {"{}": "{}", '{"strike": true}': "[-{}-]", '{"bold": true}': "[+{}+]"}
    return "".join(
        signs[json.dumps(each.get("style", {}))].format(each["text"])
        for each in drawn(before, after)
    )


def facts(**changed: Any) -> str:  # noqa: ANN401  each field has its own type
    """Say what changed besides the text."""
    found = replace(EDITED, changes=replace(CHANGES, **changed))
    section: str = render_changes(found, ENGLISH)[0]["text"]["text"]
    return section


def test_an_edited_card_says_who_changed_what_and_when() -> None:
    """Before the text itself, for those who knew the version before."""
    message = card(EDITED)
    said, difference = message.blocks[2], message.blocks[3]
    assert said["text"]["text"].startswith(f"*Changed* by <@{REQUESTER}> <!date^1798046400^")
    assert (
        ": version 2\n+12 / −3 numbers · as soon as approved → <!date^1798138800^"
        in (said["text"]["text"])
    )
    assert said["text"]["text"].endswith("1 approval was of the older version and counts no more.")
    assert difference["type"] == "rich_text"
    assert "números: +12 / −3 · assim que aprovarem → " in told(card(EDITED, PORTUGUESE))


def test_what_stayed_the_same_is_not_mentioned() -> None:
    """Only what an approver has to look at again."""
    said = facts(added=0, removed=0, voided=0, send_at_before=TOMORROW)
    assert said.endswith(": version 2")
    same = replace(EDITED, changes=replace(CHANGES, text_before=EDITED.campaign.text))
    assert len(render_changes(same, ENGLISH)) == 1
    assert render_changes(view(), ENGLISH) == []
    assert "approvals were of the older version and count" in facts(voided=2)


def test_a_decided_campaign_shows_its_changes_no_more() -> None:
    """They were for whoever decides; what went is the text below."""
    over = replace(EDITED, campaign=replace(EDITED.campaign, state=State.REJECTED))
    assert "*Changed*" not in told(card(over))


def test_words_that_came_are_bold_and_those_that_went_struck_through() -> None:
    """Word by word, in their places."""
    assert plainly("ganhe um brinde. Corra!", "ganhe um panetone. Corra!") == (
        "ganhe um [-brinde.-] [+panetone.+] Corra!"
    )
    assert plainly("Feliz Natal", "Feliz Natal e Ano Novo") == "Feliz Natal[+ e Ano Novo+]"
    assert plainly("só hoje, corra", "corra") == "[-só hoje, -]corra"


def test_changed_spaces_and_line_ends_can_be_seen() -> None:
    """They go to the phones, too, so nobody approves them unseen."""
    assert plainly("a b", "a\nb") == "a[-␣-] [+↵\n+]b"
    assert plainly("a  b", "a b") == "a[-␣␣-] [+␣+]b"


def test_what_looks_like_markup_stays_letters() -> None:
    """Each piece is an element of its own, with nothing in it that is read."""
    found = drawn("*oi* <!channel>", "*oi* ~x~ <@U1>")
    assert [each["text"] for each in found] == ["*oi* ", "<!channel>", " ", "~x~ <@U1>"]
    assert all(set(each) <= {"type", "text", "style"} for each in found)


def test_long_texts_are_shortened_around_their_changes() -> None:
    """A change in the middle is shown with what stands beside it."""
    before = "início " * 100 + "manhã" + " fim" * 100
    shown = plainly(before, before.replace("manhã", "tarde"))
    assert "início [-manhã-] [+tarde+] fim" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 200


def test_two_changes_far_apart_keep_what_is_near_each() -> None:
    """What lies between them is left out."""
    middle = " meio" * 90
    shown = plainly(f"um{middle} dois", f"uma{middle} duas")
    assert shown.startswith("[-um-] [+uma+] meio")
    assert shown.endswith("meio [-dois-] [+duas+]")
    assert "…" in shown


def test_texts_with_little_in_common_are_told_apart_as_a_whole() -> None:
    """A salad of struck and bold words would help nobody."""
    before, after = "a b c " * 600, "b a c d " * 600
    found = drawn(before, after)
    assert [each.get("style") for each in found] == [{"strike": True}, None, {"bold": True}]


def test_very_many_changes_end_in_an_ellipsis() -> None:
    """What doesn't fit is in the whole text below."""
    before = " ".join(f"palavra-longa-{n} mesmo-{n}-{'x' * 20}" for n in range(50))
    shown = drawn(before, before.replace("palavra-longa", "outra-mais-longa"))
    assert sum(len(each["text"]) for each in shown) <= MOST_SHOWN
    assert shown[-1]["text"].endswith("…")


def test_a_difference_in_what_can_t_be_seen_shows_the_text() -> None:
    """There is always something to see."""
    assert plainly("a\u202eb", "ab") == "ab"
    assert plainly("\u202e", "") == "…"


@given(odd_words, odd_words)
def test_any_two_texts_can_be_drawn(before: str, after: str) -> None:
    """Short enough for a card, in pieces that Slack takes."""
    changes: Changes = replace(CHANGES, text_before=before)
    for block in render_changes(view(text=after, changes=changes), ENGLISH):
        check_block(block, people={REQUESTER})
