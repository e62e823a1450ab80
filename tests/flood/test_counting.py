"""What the flood counts, on threads that are made up: each mistake is found."""

import pytest

from bot.sandbox.files import StoredFile
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Content, Message
from tests.flood.flooding import count_wrong
from tests.flood.scale import Scale
from tests.flood.shown import Shown, Told, read_message
from tests.flood.waits import measure

A, B, C, D = (f"3199999000{n}" for n in range(4))
ANSWERS = {A: "oi", B: "=1+1", C: "SAIR", D: "pare"}
STOPS = {C, D}


def section(text: str) -> JsonObject:
    """Make a paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def message(*blocks: JsonObject, file: bytes | None = None) -> Message:
    """Make a message of a thread."""
    files = [StoredFile("F1", "a.csv", 1, "s", "U1", file)] if file else []
    return Message("C1", "5.000000", "U1", Content("x", list(blocks), files=files), "1.0")


def line(number: str, text: str) -> JsonObject:
    """Make a line of a group."""
    date = {"type": "date"}
    return {"elements": [{"text": f"{number} · "}, date, {"text": f"  {text}"}]}


def test_each_form_is_read() -> None:
    """A message alone, a group with its count, a file; and nothing else tells of replies."""
    quote = {"type": "rich_text", "elements": [{"elements": [{"text": "oi"}]}]}
    alone = message(section("📩 (31) 99999-0000 · <!date^1^{time}|x>"), quote)
    assert read_message(alone) == Told(5.0, ((A, "oi"),))
    listed = {"type": "rich_text", "elements": [{"elements": [line("(31) 99999-0001", "=1+1")]}]}
    stopped = section("2 people asked to stop, and get no more campaigns.")
    group = message(section("📩 3 replies, 14:09"), listed, stopped)
    assert read_message(group) == Told(5.0, ((B, "=1+1"),), 2, "group")
    rows = "Number,Time,Reply\r\n(31) 99999-0001,x,'=1+1\r\n(31) 99999-0000,x,oi\r\n"
    file = message(section("x"), file=b"\xef\xbb\xbf" + rows.encode())
    assert read_message(file) == Told(5.0, ((B, "=1+1"), (A, "oi")), form="file")
    assert read_message(message(section("📩 *1,240 replies to #1 so far*"))) is None
    assert read_message(message()) is None


GOOD = [Told(1, ((A, "oi"),)), Told(2, ((B, "=1+1"), (C, "SAIR")), 1)]


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (GOOD, 0),
        ([*GOOD, Told(3, ((A, "oi"),))], 1),
        (GOOD[1:], 1),
        ([Told(1, ((A, "other"),)), GOOD[1]], 1),
        ([*GOOD, Told(3, (("31900000000", "?"),))], 1),
        ([*GOOD, Told(3, ((C, "SAIR"),))], 1),
        ([*GOOD, Told(3, (), 1)], 1),
        ([GOOD[0], Told(2, ((B, "=1+1"), (C, "SAIR")))], 1),
        ([], 4),
    ],
    ids=[
        "good",
        "twice",
        "missing",
        "other words",
        "nobody's",
        "named twice",
        "counted twice",
        "not counted",
        "nothing",
    ],
)
def test_what_isnt_shown_exactly_once_is_counted(told: list[Told], wrong: int) -> None:
    """Named or counted, never both, never neither, and with their own words."""
    assert count_wrong(Shown(told), ANSWERS, STOPS) == wrong


def test_waits_are_measured_with_the_time_away_aside() -> None:
    """The longest of all, and how far beyond the rule the longest went while the bot was up."""
    heard = {A: 0.0, B: 10.0, C: 10.0, D: 10.0}
    told = [Told(30, ((A, "oi"),)), Told(30.5, ((B, "x"),), 2)]
    waits = measure(heard, STOPS, told, [(1, 26)])
    assert waits.oldest == 30
    assert waits.beyond == pytest.approx(5 - 4 / 20 - 2)


def test_a_tenth_comes_twice() -> None:
    """A flood of 10,000 is 9,000 call-backs and 1,000 of them again."""
    scale = Scale(receipts=7000, replies=3000)
    assert (scale.people, scale.receipts_again) == (6300, 700)
    assert (scale.answers, scale.replies_again) == (2700, 300)
    numbers = scale.numbers()
    assert len(set(numbers)) == 6300
    answers = scale.draw_answers(numbers)
    assert len(answers) == 2700
    assert answers == scale.draw_answers(numbers)
    assert not any(number.endswith("0000") for number in answers)
