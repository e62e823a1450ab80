"""Several replies in one message, and very many in a file: each is there, and nothing acts."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import Number
from bot.domain.news import NewsKind
from bot.domain.replies import Reply
from handlers.blocks import actions
from handlers.blocks.delivery_stories import WHAT_LIMIT, shorten
from handlers.blocks.message import Message
from handlers.blocks.reply_files import render_file
from handlers.blocks.reply_groups import render_group
from handlers.blocks.stories import render_news
from handlers.blocks.words import Words, read_zone
from tests.blocks.drawn import each_button
from tests.blocks.happenings import REPLY, news
from tests.blocks.limits import check_message
from tests.blocks.telling import ENGLISH, story
from tests.blocks.views import REQUESTER, view

PORTUGUESE = Words("pt_BR")
ZONE = read_zone(view().platform_zone)


def replies(*texts: str) -> list[Reply]:
    """Make replies from different people, a minute apart."""
    return [
        replace(
            REPLY,
            number=Number(f"3199999000{n}"),
            text=text,
            opts_out=text == "SAIR",
            at=REPLY.received_at + timedelta(minutes=n),
        )
        for n, text in enumerate(texts)
    ]


def lines(message: Message) -> list[str]:
    """Read the list, a line each."""
    (listed,) = [block for block in message.blocks if block["type"] == "rich_text"]
    return [
        "".join(element.get("text", "⏱") for element in line["elements"])
        for line in listed["elements"][0]["elements"]
    ]


def grouped(found: Sequence[Reply], words: Words = ENGLISH) -> Message:
    """Group replies, within Slack's limits."""
    numbered = [replace(one, id=n) for n, one in enumerate(found, start=1)]
    told = render_group(numbered, view(), words)
    check_message(told, people={REQUESTER})
    return told


def test_a_group_has_a_line_each_oldest_first() -> None:
    """How many and from when to when stand above; nothing in a line is parsed."""
    told = grouped(replies("oi", "<!channel> *b*\nhttp://x.com"))
    assert lines(told) == [
        "(31) 99999-0000 · ⏱  oi",
        "(31) 99999-0001 · ⏱  <!channel> *b* http://x.com",
    ]
    assert told.blocks[0]["text"]["text"].startswith("📩 2 replies, <!date^")
    assert " to <!date^" in told.blocks[0]["text"]["text"]
    assert "&lt;!channel&gt;" in told.text


def test_a_group_within_a_minute_names_it_once() -> None:
    """From 14:09 to 14:09 says nothing."""
    told = grouped([REPLY, replace(REPLY, text="b")])
    assert " to " not in told.text.splitlines()[0]


def menus(message: Message) -> dict[str, list[tuple[str, str]]]:
    """Collect the menus under a group: what is shown of each, and its value."""
    return {
        menu["action_id"]: [(one["text"]["text"], one["value"]) for one in menu["options"]]
        for menu in each_button(message)
    }


def test_one_of_a_group_is_chosen_to_be_answered() -> None:
    """Or to be put on the opt-out list, where that may be meant; each by the reply's id."""
    plain = menus(grouped(replies("oi", "SAIR", "tem  sem\nfrutas?" + "!" * 90)))
    (first, second) = plain.pop(actions.ANSWER)
    assert first == ("(31) 99999-0000 oi", "1")
    assert second[0].startswith("(31) 99999-0002 tem sem frutas?!")
    assert (second[1], plain) == ("3", {})
    unsure = [*replies("oi"), replace(REPLY, text="não quero mais", may_opt_out=True)]
    told = grouped(unsure, PORTUGUESE)
    assert menus(told)[actions.OPT_OUT] == [("(31) 99999-0001 não quero mais", "2")]
    assert len(menus(told)[actions.ANSWER]) == 2
    (_, opt_out) = each_button(told)
    assert opt_out["confirm"]["title"]["text"] == "Descadastrar quem escreveu isto?"


def test_whoever_cannot_be_answered_is_no_choice() -> None:
    """Where no number can be read, there is nothing to choose."""
    assert menus(grouped([replace(REPLY, number=None), replace(REPLY, number=None)])) == {}


def test_who_asked_to_stop_is_counted() -> None:
    """Not shown one by one; one whose number can't be read is, for somebody has to act."""
    found = [*replies("SAIR", "oi", "SAIR"), replace(REPLY, number=None, opts_out=True)]
    told = grouped(found)
    assert told.text.endswith("2 people asked to stop, and get no more campaigns.")
    assert len(lines(told)) == 2
    assert lines(told)[1].endswith(
        "(asked to stop, but the number can't be read: leave them out by hand)"
    )


def test_a_group_may_be_of_those_alone() -> None:
    """Then there is nothing to list."""
    told = grouped(replies("SAIR", "SAIR"), PORTUGUESE)
    assert [block["type"] for block in told.blocks] == ["section", "section"]
    assert told.text.startswith("📩 2 respostas, ")
    assert told.text.endswith("2 pessoas pediram para sair e não recebem mais campanhas.")


def test_a_stranger_among_them_is_marked() -> None:
    """Whoever isn't one of the campaign's people."""
    (line, _) = lines(grouped([replace(REPLY, is_known=False), REPLY]))
    assert line.endswith("(not one of #42's people)")


@pytest.mark.parametrize(("words", "separator"), [(ENGLISH, ","), (PORTUGUESE, ";")])
def test_a_file_has_a_row_each(words: Words, separator: str) -> None:
    """In the platform's time, as this language's spreadsheets part cells."""
    found = replies("=1+1", 'diga "oi";\nsim', "SAIR")
    file = render_file(found, view(), words, key="0a1b")
    assert file.name == "torpedo-42-0a1b.csv"
    text = file.content.decode("utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text[1:]), delimiter=separator)
    assert [row[2] for row in rows] == ["'=1+1", 'diga "oi";\nsim', "SAIR"]
    assert rows[0][0] == "(31) 99999-0000"
    assert rows[0][1] == f"{REPLY.received_at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
    assert [row[3] for row in rows] == [words.say("no"), words.say("no"), words.say("yes")]
    assert len(head) == 5


def test_a_file_says_what_it_holds() -> None:
    """Above it in the thread: how many, from when to when, how many asked to stop."""
    file = render_file(replies("oi", "SAIR"), view(), ENGLISH, key="k")
    assert file.comment.startswith("📩 2 replies to #42, <!date^")
    assert file.comment.endswith("1 person asked to stop, and gets no more campaigns.")
    assert file.title == "Replies to #42"


def test_a_summary_counts_and_names_the_commonest() -> None:
    """In rich text, for they are strangers' words; opt-outs stand below."""
    told = story(NewsKind.SUMMARY)
    assert told.text.startswith("📩 1,240 replies to #42 so far")
    assert lines(told) == ["402 × sim", "120 × <!channel> *Não* obrigada"]
    assert told.blocks[-1]["text"]["text"].startswith("31 people asked to stop")


def test_a_summary_needs_its_tally() -> None:
    """It is counted from the rows at that moment."""
    with pytest.raises(ValueError, match="tally"):
        render_news(news(NewsKind.SUMMARY), view(), words=ENGLISH)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("is_archived", "Unarchive it"),
        ("channel_not_found", "`/invite @Torpedo` lets me in"),
        ("restricted_action", "Slack refuses it for good (`restricted_action`)."),
    ],
)
def test_what_couldnt_be_told_is_told_the_requester(reason: str, said: str) -> None:
    """What, where, why, and what to do."""
    told = story(NewsKind.CANT_TELL, reason=reason, what="a\nb", more=3)
    assert told.text.startswith("Something about #42 couldn't be told in <#C0PROMO>: ")
    assert said in told.text
    assert "a\nb" in told.text
    assert told.text.endswith("Neither could 3 more messages.")
    assert "Neither" not in json.dumps(story(NewsKind.CANT_TELL).blocks)


@pytest.mark.parametrize("tail", ["<@U0ANA>", "&amp;", "é"])
def test_what_is_cut_stays_whole(tail: str) -> None:
    """Half a mention or entity would show as rubbish, or ping."""
    for length in range(WHAT_LIMIT - 12, WHAT_LIMIT + 2):
        cut = shorten("x" * length + tail + "y" * 99)
        assert cut.endswith(("x…", f"{tail}…", "y…"))
        assert len(cut) <= WHAT_LIMIT + 1
    assert shorten("short") == "short"
