"""What a card tells: the text, who, when, for how much, and what came of it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.campaign import State
from bot.domain.credit import Balance
from bot.domain.receipts import Status
from bot.domain.standing import Counts, Standing
from handlers.blocks.card import TEXT_LIMIT
from handlers.blocks.words import Words
from tests.blocks.drawn import ENGLISH, PORTUGUESE, card, told
from tests.blocks.views import (
    NOW,
    REQUESTER,
    TOMORROW,
    VIEWS,
    part,
    view,
)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("words", [ENGLISH, PORTUGUESE])
def test_every_card_tells_what_never_changes(standing: Standing, words: Words) -> None:
    """Name, text, people, requester, version and seal are on it, whatever happened."""
    shown = told(card(VIEWS[standing], words))
    for fact in ("#42 · Natal 2026", "Feliz Natal! Passe na loja", f"<@{REQUESTER}>", "9f3c·11ab"):
        assert fact in shown
    assert card(VIEWS[standing], words).text.startswith("#42 · Natal 2026: ")


def test_size_is_told_beside_the_text() -> None:
    """What a text takes is told in the phones' own measure."""
    assert "as the phone shows it · 79 of 160 characters · 1 segment" in told(
        card(view(text="a" * 79))
    )


def test_letters_that_double_the_price_are_named() -> None:
    """Who pays double for an accent is told which one, and what the plain spelling takes."""
    shown = told(card(view(text="ã" * 75)))
    assert "75 of 134 characters · 2 segments" in shown
    assert "Outside the phones' short alphabet: `ã`." in shown
    assert "it would take 1 segment instead of 2." in shown
    assert "instead of" not in told(card(view(text="não")))
    assert "instead of" not in told(card(view(text="😀" * 80)))


def test_left_outs_are_told_by_reason_with_examples() -> None:
    """Nobody wonders where the missing people went; what was typed can't ping."""
    shown = told(card(VIEWS[Standing.WAITING]))
    assert "119 left out: 74 there twice, 40 not mobiles, 5 with a DDD that doesn't exist" in shown
    assert "line 3 `31 3333-0000` not a mobile" in shown
    assert "line 9 `&lt;!channel&gt; ˋxˋ` not a phone number" in shown
    assert "left out" not in told(card(view()))


def test_people_who_opted_out_since_are_counted() -> None:
    """Leaving people out is the one change an approval allows, so it is shown."""
    assert "12 left out: 12 opted out" in told(card(VIEWS[Standing.DONE]))


def test_platform_time_stands_beside_the_writer_s() -> None:
    """Where the two differ, both are told; where they agree, one is enough."""
    away = told(card(VIEWS[Standing.SCHEDULED]))
    assert ", for the platform 24 Dec 2026, 16:00 (Sao Paulo)" in away
    bahia = view(send_at=TOMORROW, zone="America/Bahia")
    assert "for the platform" not in told(card(bahia))


def test_price_is_told_against_the_known_balance() -> None:
    """The balance comes with the time at which it was known."""
    shown = told(card(VIEWS[Standing.WAITING]))
    assert "4,812 credits of 12,340 (known <!date^1798045310^" in shown
    assert "(credit left: not known yet)" in told(card(view()))
    assert "of 12,340" not in told(
        card(view(State.SENT, parts=(part(1),), balance=Balance(Decimal(12340), NOW)))
    )


def test_too_little_credit_is_a_warning() -> None:
    """The approver sees it before the platform refuses."""
    poor = view(balance=Balance(Decimal("4811.5"), NOW))
    assert "⚠️ not enough: 0.5 missing" in told(card(poor))


def test_progress_has_a_bar_counts_and_their_time() -> None:
    """Counts without a time would lie as soon as they are old."""
    shown = told(card(VIEWS[Standing.DELIVERING]))
    assert (
        "▓▓▓▓▓▓▓▓▓▓░░░░░░ 68%   3,270 delivered · 41 failed · 1,501 waiting   as of <!date^"
    ) in shown


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        (Counts({Status.DELIVERED: 9999, Status.SENT: 1}), "99%"),
        (Counts({Status.DELIVERED: 3}), "100%"),
        (Counts({Status.SUPPRESSED: 3}), " 0%"),
        (Counts({Status.FAILED: 3}), " 0%"),
    ],
)
def test_a_hundred_percent_means_everybody(counts: Counts, share: str) -> None:
    """One phone still out is not all of them."""
    assert share in told(card(view(State.SENT, parts=(part(1),), counts=counts)))


def test_done_tells_what_it_came_to() -> None:
    """Rate, duration, replies, opt-outs, credits; what stayed out is said."""
    shown = told(card(VIEWS[Standing.DONE]))
    assert "98%   4,700 delivered · 90 failed · 10 without an answer" in shown
    assert "took 1 h 12 min · 31 replies · 4 opt-outs · 4,812 credits used" in shown
    assert "3 campaigns at the platform: 90001, 90002, 90003" in shown


def test_duration_is_told_only_where_it_is_known() -> None:
    """A clock that was put back gives no length of time."""
    early = replace(VIEWS[Standing.DONE].campaign, finished_at=NOW - timedelta(hours=1))
    assert "took" not in told(card(replace(VIEWS[Standing.DONE], campaign=early)))


def test_long_texts_are_cut_and_that_is_said() -> None:
    """Who approves knows that there is more than is shown."""
    shown = told(card(view(text="a" * (TEXT_LIMIT + 1))))
    assert "Only the first 5,000 of 5,001 characters are shown here." in shown
    assert "Only the first" not in told(card(view(text="a" * TEXT_LIMIT)))


def test_names_cannot_format_anywhere() -> None:
    """A name is a title in plain letters, and harmless in the notification."""
    message = card(view(name="*hi* <!here> `x`\nsecond"))
    assert message.blocks[0]["text"]["text"] == "#42 · *hi* <!here> `x` second"
    assert message.text.startswith("#42 · ∗hi∗ &lt;!here&gt; ˋxˋ second: ")


def test_a_way_that_brings_nothing_back_is_told() -> None:
    """Nobody should wait for answers that can't come; where they can, nothing is said."""
    deaf = replace(VIEWS[Standing.WAITING], hears=False)
    assert "What people answer won't come back here" in told(card(deaf))
    assert "won't come back" not in told(card(VIEWS[Standing.WAITING]))


def test_a_shortage_to_come_is_said_with_its_time() -> None:
    """There is time to buy credit; what others take first is named."""
    planned = view(send_at=TOMORROW)
    balance = Balance(Decimal(5000), NOW)
    said = told(card(replace(planned, balance=balance, elsewhere=5000)))
    assert f"⚠️ <!date^{int(TOMORROW.timestamp())}^" in said
    assert f"will be {planned.price:,} credits short" in said
    assert "Other campaigns take 5,000 of it first." in said
    enough = Balance(Decimal(10**6), NOW)
    said = told(card(replace(planned, balance=enough, elsewhere=5000)))
    assert "credits short" not in said
    assert "Other campaigns take 5,000 of it first." in said
