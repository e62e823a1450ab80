"""Answers to people who ask: what is known, and how old it is."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.campaign import State
from bot.domain.credit import Balance, BalanceTrouble, Shortage
from bot.domain.ids import CampaignId, Number
from bot.domain.numbers import Fault, LeftOut, Recipients
from bot.domain.parts import Brake, Part, PartState
from bot.domain.standing import BalanceView, CampaignView, Overview, Standing
from handlers.blocks.draft_notes import render_drafted
from handlers.blocks.message import Message
from handlers.blocks.reports import (
    render_balance,
    render_help,
    render_overview,
    render_status,
)
from handlers.blocks.words import Words
from tests.blocks.views import (
    APPROVER,
    CAMPAIGN,
    CLAIMED,
    COLLEAGUE,
    NOW,
    VIEWS,
    left,
    lost,
    part,
    view,
    waiting,
)

ENGLISH = Words()
LATER = NOW + timedelta(minutes=6, seconds=40)


def told(message: Message) -> str:
    """Everything that an answer says, as one text."""
    return json.dumps(message.blocks, ensure_ascii=False)


def overview(*running: CampaignView, latest: CampaignView | None = None, odd: int = 0) -> str:
    """Tell a channel's campaigns."""
    found = Overview(running=running, latest=latest, not_understood=odd)
    return told(render_overview(found, now=LATER, words=ENGLISH))


def test_an_overview_lists_what_runs_with_its_age() -> None:
    """Each campaign with where it stands, for how many, and as of when."""
    shown = overview(VIEWS[Standing.DELIVERING], VIEWS[Standing.WAITING])
    assert "2 campaigns run in this channel." in shown
    assert "*#42 · Natal 2026* · 📤 Being delivered" in shown
    assert "3,270 delivered · 41 failed · 1,501 waiting · as known 40 s ago" in shown
    assert "4,812 people · as soon as approved · asked by <@U0ANA>" in shown


def test_a_quiet_channel_shows_its_latest_and_how_to_begin() -> None:
    """An empty list would help nobody."""
    shown = overview(latest=VIEWS[Standing.DONE])
    assert "No campaign runs in this channel. Begin one with `/sms-send`." in shown
    assert "✅ Done" in shown
    assert "10 without an answer" in shown
    assert overview() == told(
        Message(
            "",
            [
                {
                    "type": "section",
                    "text": {
                        "type": "mrkdwn",
                        "text": "No campaign runs in this channel. Begin one with `/sms-send`.",
                        "verbatim": True,
                    },
                }
            ],
        )
    )


def test_a_long_overview_is_cut_and_counted() -> None:
    """Twenty are listed; the others are not forgotten."""
    shown = overview(*[VIEWS[Standing.WAITING]] * 23)
    assert "23 campaigns run in this channel." in shown
    assert shown.count("Waiting for approval") == 20
    assert "and 3 campaigns more" in shown


def test_call_backs_that_nobody_understood_are_shown() -> None:
    """What can't be read is kept and told, not dropped."""
    assert "2 call-backs not understood. They're kept" in overview(odd=2)


PARTS = [
    (part(1), '"At the platform as 90001"'),
    (part(1, gateway_id=None), "At the platform, which hasn't told its number yet"),
    (part(1, state=PartState.REFUSED, reason="SEM <SALDO>"), "Refused: `SEM &lt;SALDO&gt;`"),
    (lost(1), "The platform's answer was lost (`read timeout`); the request left at <!date^"),
    (lost(1), '"May or may not have gone"'),
    (part(1, state=PartState.DROPPED), "Not sent: its time passed"),
    (left(1), f"Left by <@{COLLEAGUE}>: may or may not have gone"),
    (replace(left(1), resent=1), "may or may not have gone · sent again"),
    (replace(lost(1), resent=1, settled_by=APPROVER), f"· once more, as <@{APPROVER}> decided"),
    (part(1, resent=1), "as 90001 · sent again"),
    (lost(1), "⚠️ Needs you"),
    (lost(1), "Its thread has what is known of it, and the buttons to settle it."),
    (CLAIMED.parts[1], f"<@{COLLEAGUE}> says it went as 90005: I'm asking the platform"),
    (part(1, state=PartState.IN_FLIGHT), "On its way to the platform"),
    (part(1, state=PartState.READY), '"Still to go"'),
    (waiting(1), "Still to go: 1 try didn't reach the platform, the next is <!date^"),
    (part(1, brake=Brake.ASKED), "as 90001 · hold asked, not yet confirmed"),
    (part(1, brake=Brake.HELD), "as 90001 · hold confirmed"),
    (part(1, brake=Brake.TOO_LATE), "as 90001 · too late to hold"),
    (part(1, brake=Brake.RELEASING), "as 90001 · release asked, not yet confirmed"),
]


@pytest.mark.parametrize(("one", "said"), PARTS)
def test_status_tells_each_part(one: Part, said: str) -> None:
    """Part by part, what is certain about its request and its brake."""
    shown = render_status(view(State.SENDING, parts=(one,)), now=LATER, words=ENGLISH)
    assert said in told(shown)


def test_status_names_each_part_of_several() -> None:
    """With its own people and trouble; an only part's are told above, as the campaign's."""
    unsure = told(render_status(VIEWS[Standing.NEEDS_YOU], now=LATER, words=ENGLISH))
    assert "part 2 · 1,604 people · the platform's answer was lost (`read timeout`);" in unsure
    shown = render_status(VIEWS[Standing.DELIVERING], now=LATER, words=ENGLISH)
    assert "part 2 · 1,604 people · at the platform as 90002" in told(shown)


def test_what_went_before_it_could_go_again_was_not_sent_again() -> None:
    """A call-back for the first request stopped the second, so nobody is told of two."""
    found = part(1, resent=1, attempts=0)
    shown = render_status(view(State.SENT, parts=(found,)), now=LATER, words=ENGLISH)
    assert "sent again" not in told(shown)


def test_status_puts_trouble_first() -> None:
    """Of many parts, those that need a look are told, the others counted."""
    many = view(State.SENDING, parts=(*(part(n) for n in range(1, 1000)), lost(1000)))
    lines = render_status(many, now=LATER, words=ENGLISH).blocks[-1]["text"]["text"].split("\n")
    assert lines[0].startswith("part 1,000 · ")
    assert lines[-1] == "and 994 parts more"
    assert len(lines) == 7


def test_status_tells_the_age_of_what_it_tells() -> None:
    """It is answered at once from what is known, so its age is part of the answer."""
    known = Balance(Decimal(7), NOW)
    shown = told(
        render_status(replace(VIEWS[Standing.DELIVERING], balance=known), now=LATER, words=ENGLISH)
    )
    assert "as known 40 s ago\\ncredit as known 6 min ago" in shown
    assert "31 replies · 4 opt-outs" in told(
        render_status(VIEWS[Standing.DONE], now=LATER, words=ENGLISH)
    )


def test_status_quotes_a_reason() -> None:
    """A rejected campaign is told with its reason, as on the card."""
    shown = render_status(VIEWS[Standing.REJECTED], now=LATER, words=ENGLISH)
    assert "O preço está *errado* <!here>" in told(shown)
    assert "Feliz Natal!" in told(shown)


def balance(credits_left: str | None, trouble: str | None = None) -> str:
    """Tell the balance beside 4,812 credits that wait and 1,000 that are approved."""
    known = None if credits_left is None else Balance(Decimal(credits_left), NOW)
    since = LATER - timedelta(seconds=20)
    found = BalanceView(
        balance=known,
        trouble=None if trouble is None else BalanceTrouble(trouble, since),
        waiting=4812,
        approved=1000,
    )
    return render_balance(found, now=LATER, words=ENGLISH).text


def test_balance_tells_credit_age_and_promises() -> None:
    """What is left is less than what the platform says, by what is promised."""
    assert balance("12340") == (
        "*12,340 credits* left, as the platform said 6 min ago."
        " Waiting for approval: 4,812 credits. Approved and not yet sent: 1,000 credits."
        " That leaves 6,528."
    )


def test_promising_more_than_there_is_is_a_warning() -> None:
    """Whoever tops up learns how much."""
    assert "⚠️ That is 811.5 more than there is: top up before they go." in balance("5000.5")


@pytest.mark.parametrize(
    ("send_at", "said"),
    [
        (None, "The first to be short is #44: 3,100 missing."),
        (NOW, "The first to be short is #44, <!date^"),
    ],
)
def test_the_first_campaign_that_is_short_is_named(send_at: datetime | None, said: str) -> None:
    """So it is known by when to top up; what went since the credit was told is taken off."""
    short = Shortage(campaign=CampaignId(44), send_at=send_at, missing=Decimal(3100))
    found = BalanceView(
        balance=Balance(Decimal(5000), NOW), waiting=4100, approved=3000, gone=1000, shortage=short
    )
    told = render_balance(found, now=NOW, words=ENGLISH).text
    assert "as the platform said just now. Sent since then: 1,000 credits. Waiting" in told
    assert "⚠️ That is 3,100 more than there is" in told
    assert said in told


def test_an_unknown_balance_is_said_to_be_unknown() -> None:
    """No number is made up."""
    assert balance(None).startswith("The platform hasn't told the credit left yet.")


REFUSED = (
    "⚠️ The platform refused to tell the credit 20 s ago: `FALHA AO REALIZAR &lt;LOGIN&gt;`."
    " Whoever runs Torpedo should run `torpedo check`, and if it names the login look at"
    " `GATEWAY_LOGIN` and `GATEWAY_PASSWORD`."
)
SILENT = (
    "⚠️ The platform gave no clear answer when I asked for the credit 20 s ago. I keep asking; if it"
    " stays so, whoever runs Torpedo should run `torpedo check`."
)
PROMISED = "Waiting for approval: 4,812 credits. Approved and not yet sent: 1,000 credits."


@pytest.mark.parametrize(
    ("trouble", "said"), [("FALHA AO REALIZAR <LOGIN>", REFUSED), ("", SILENT)]
)
def test_why_the_credit_is_not_told_is_said_with_what_to_do(trouble: str, said: str) -> None:
    """Asking again in a minute would help nobody; what was known before stays beside it."""
    assert balance(None, trouble) == f"{said} {PROMISED}"
    assert balance("12340", trouble) == (
        f"*12,340 credits* left, as the platform said 6 min ago. {said} {PROMISED}"
        " That leaves 6,528."
    )


def test_help_lists_every_command() -> None:
    """The list that design promises, with examples to copy."""
    shown = told(render_help(ENGLISH))
    for command in ("send", "schedule", "status", "balance", "hold", "release"):
        assert f"`/sms-{command}" in shown


def test_the_writer_learns_where_it_is_and_who_was_left_out() -> None:
    """Left-outs by reason, and the first few by name."""
    numbers = (Number("31999990001"), Number("31999990002"))
    plain = render_drafted(CAMPAIGN, Recipients(numbers, ()), ENGLISH)
    assert plain == "#42 is in the channel, waiting for approval: 2 people."
    left_out = (
        LeftOut(1, "1234", Fault.TOO_SHORT),
        LeftOut(2, "31999990001", Fault.DUPLICATE),
        LeftOut(3, "31999990001", Fault.DUPLICATE),
    )
    said = render_drafted(CAMPAIGN, Recipients(numbers, left_out), ENGLISH)
    assert said.split("\n")[1:] == [
        "3 left out: 2 there twice, 1 too short",
        (
            "line 1 `1234` too short · line 2 `31999990001` there twice"
            " · line 3 `31999990001` there twice"
        ),
    ]
