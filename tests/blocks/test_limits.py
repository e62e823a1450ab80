"""Whatever a campaign holds, Slack takes what is drawn, and no stranger pings anybody."""

import csv
import io
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.campaign import Answer, State, Trial
from bot.domain.credit import BalanceTrouble, Shortage
from bot.domain.file_refusals import FileNotGiven, TwoLists
from bot.domain.flood import gather
from bot.domain.ids import CampaignId, ChannelId, GatewayId, Number, PartId
from bot.domain.news import Fact, News, NewsKind
from bot.domain.numbers import Fault, LeftOut, Recipients
from bot.domain.parts import Brake, Part
from bot.domain.preview import Preview
from bot.domain.questions import Question
from bot.domain.reconciling import Disagreement
from bot.domain.refusals import NoRecipients, NoText, PastTime
from bot.domain.replies import Reply, Tally
from bot.domain.sheets import Origin
from bot.domain.standing import BalanceView, CampaignView, Overview
from bot.domain.texts import for_phone, measure, respelled
from bot.domain.trials import TrialPreview
from bot.domain.unfinished import ListFile
from handlers.blocks.actions import PartPress, press_for
from handlers.blocks.card import render_card
from handlers.blocks.composer import render_composer
from handlers.blocks.composer_form import ComposerForm
from handlers.blocks.delivery_stories import shorten
from handlers.blocks.draft_notes import render_drafted
from handlers.blocks.escaping import mrkdwn
from handlers.blocks.message import Message
from handlers.blocks.modals import render_reason
from handlers.blocks.preview import render_preview
from handlers.blocks.reply_files import render_file
from handlers.blocks.reply_form import render_reply_form
from handlers.blocks.reply_groups import render_group
from handlers.blocks.reports import (
    render_balance,
    render_help,
    render_overview,
    render_status,
)
from handlers.blocks.stories import STORIES, render_news
from handlers.blocks.trial_form import render_trial_form
from handlers.blocks.went_form import render_went
from handlers.blocks.words import Words
from tests.blocks.happenings import news as happened
from tests.blocks.limits import check_message, check_modal, check_mrkdwn
from tests.blocks.random_views import (
    PEOPLE,
    balances,
    left_outs,
    moments,
    parts,
    users,
    views,
    words,
    zones,
)
from tests.blocks.views import (
    APPROVALS,
    APPROVER,
    CHANGES,
    COLLEAGUE,
    HOLD,
    NOW,
    REQUESTER,
    TOMORROW,
    WENT,
    lost,
    view,
)

LANGUAGES = (Words("en"), Words("pt_BR"))
languages = st.sampled_from(LANGUAGES)
numbers = st.sampled_from([Number("31999990001"), Number("3199990001")])
replies = st.builds(
    Reply,
    id=st.just(7),
    campaign=st.just(CampaignId(1)),
    part=st.just(PartId(1)),
    number=st.none() | numbers,
    raw_number=words,
    text=words,
    at=st.none() | moments,
    received_at=moments,
    opts_out=st.booleans(),
    is_known=st.booleans(),
    may_opt_out=st.booleans(),
)


@given(views, moments, languages)
def test_cards(view: CampaignView, now: datetime, language: Words) -> None:
    """A card fits Slack, or the channel never hears of the campaign."""
    check_message(render_card(view, now=now, words=language), people=PEOPLE)


@given(views, replies, moments, languages)
def test_answer_cards(view: CampaignView, reply: Reply, now: datetime, language: Words) -> None:
    """So does an answer's, whatever it answers and however it fares."""
    answer = Answer(reply.id, CampaignId(7), "V1")
    view = replace(view, campaign=replace(view.campaign, answer=answer), answered=reply)
    check_message(render_card(view, now=now, words=language), people=PEOPLE)
    check_message(render_status(view, now=now, words=language), people=PEOPLE)


@given(views, moments, languages)
def test_trial_cards(view: CampaignView, now: datetime, language: Words) -> None:
    """And a test's."""
    trial = Trial(CampaignId(7), 1, "V1")
    view = replace(view, campaign=replace(view.campaign, trial=trial))
    check_message(render_card(view, now=now, words=language), people=PEOPLE)
    check_message(render_status(view, now=now, words=language), people=PEOPLE)


@given(views, words, st.none() | numbers, zones, languages)
def test_trial_forms(
    view: CampaignView, text: str, number: Number | None, zone: str, language: Words
) -> None:
    """The form that sends a test opens whatever the text is."""
    preview = TrialPreview(campaign=view.campaign, text=text, number=number)
    check_modal(render_trial_form(preview, words=language, zone=zone), people=PEOPLE)


@given(
    reply=replies,
    view=st.none() | views,
    text=words,
    price=st.integers(1, 100),
    zone=zones,
    needs=st.booleans(),
    language=languages,
)
def test_reply_forms(
    *,
    reply: Reply,
    view: CampaignView | None,
    text: str,
    price: int,
    zone: str,
    needs: bool,
    language: Words,
) -> None:
    """The form that answers a reply opens whatever they wrote, and whatever was answered."""
    question = Question(
        reply=reply,
        number=Number("31999990001"),
        thread=CampaignId(1),
        channel=ChannelId("C1"),
        answered=None if view is None else view.campaign,
    )
    modal = render_reply_form(
        question, words=language, zone=zone, needs_approval=needs, text=text, price=price
    )
    check_modal(modal, people=PEOPLE)


@given(views, moments, languages)
def test_status(view: CampaignView, now: datetime, language: Words) -> None:
    """One campaign in full fits one answer, however many parts it has."""
    check_message(render_status(view, now=now, words=language), people=PEOPLE)


@given(st.lists(views, max_size=3), st.integers(1, 25), st.integers(0, 999), moments, languages)
def test_overviews(
    some: list[CampaignView], times: int, odd: int, now: datetime, language: Words
) -> None:
    """A busy channel's list fits one answer."""
    running = tuple(some) * times
    latest = some[0] if some else None
    overview = Overview(running=running, latest=latest, not_understood=odd)
    check_message(render_overview(overview, now=now, words=language), people=PEOPLE)


@given(
    st.builds(
        BalanceView,
        balance=st.none() | balances,
        trouble=st.none() | st.builds(BalanceTrouble, words, moments),
        waiting=st.integers(0, 10**9),
        approved=st.integers(0, 10**9),
        gone=st.integers(0, 10**9),
        shortage=st.none()
        | st.builds(
            Shortage,
            campaign=st.integers(1, 10**9).map(CampaignId),
            send_at=st.none() | moments,
            missing=st.decimals(1, 10**9, places=2),
        ),
    ),
    moments,
    languages,
)
def test_balances(view: BalanceView, now: datetime, language: Words) -> None:
    """Credit is told whether it is known, enough, short, or refused."""
    check_message(render_balance(view, now=now, words=language), people=PEOPLE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help(language: Words) -> None:
    """The help fits, too."""
    check_message(render_help(language), people=set())


@given(views, st.lists(left_outs, max_size=30), languages)
def test_drafted(view: CampaignView, left_out: list[LeftOut], language: Words) -> None:
    """A note about a list full of nonsense is short, and nothing in it acts."""
    recipients = Recipients((Number("31999990001"),), tuple(left_out))
    said = render_drafted(view.campaign, recipients, language)
    check_message(Message(said, []), people=PEOPLE)


@pytest.mark.parametrize("kind", STORIES)
@settings(max_examples=30)
@given(view=views, reply=replies, text=words, user=users, n=st.integers(0, 10**6))
@pytest.mark.parametrize("language", LANGUAGES)
def test_stories(
    *,
    kind: NewsKind,
    view: CampaignView,
    reply: Reply,
    text: str,
    user: str,
    n: int,
    language: Words,
) -> None:
    """Every story fits Slack, whoever's words it carries."""
    counts = ("part", "parts", "people", "count", "held", "too_late", "was_approved", "gateway_id")
    facts: dict[str, Fact] = {"by": user, "requester": user, "reason": text, "reasons": [text] * 9}
    facts |= dict.fromkeys(counts, n)
    facts |= dict.fromkeys(("version", "added", "removed", "voided", "missing", "silent"), n)
    facts |= dict.fromkeys(("accepted", "unlisted", "disputed", "expected"), n)
    facts |= {"voided_by": [user] * (n % 30), "used": str(n), "kinds": [*Disagreement, text]}
    facts["number"] = "31999990001"
    facts["gateway_ids"] = [str(number) for number in range(n % 1500)]
    facts |= {"words": text, "why": text, "was": n, "resent": n % 3, "at": NOW.isoformat()}
    facts |= {"decided": ("left", "again", "")[n % 3], "kind": ("twice", "other_number")[n % 2]}
    if kind is NewsKind.PART_UNKNOWN:
        view = view if view.parts else replace(view, parts=(lost(1),))
        facts["part_id"] = view.parts[0].id
    news = News(kind, view.campaign.id, facts)
    facts |= {"what": shorten(mrkdwn(text)), "more": n}
    tally = Tally(replies=n, opt_outs=n, commonest=((text, n), (reply.text, n)))
    told = render_news(news, view, words=language, reply=reply, tally=tally)
    check_message(told, people=PEOPLE)


@settings(max_examples=60)
@given(views, st.lists(replies, min_size=1, max_size=60), languages)
def test_groups_of_replies(view: CampaignView, found: list[Reply], language: Words) -> None:
    """As many as are put into one message fit into it, whatever they say."""
    numbered = [replace(one, id=n) for n, one in enumerate(found, start=1)]
    check_message(render_group(gather(numbered), view, language), people=PEOPLE)


@settings(max_examples=60)
@given(views, st.lists(replies, min_size=1, max_size=9), languages)
def test_files_of_replies(view: CampaignView, found: list[Reply], language: Words) -> None:
    """A file has a row for each, and no cell that a spreadsheet would calculate."""
    file = render_file(found, view, language, key="k")
    check_message(Message(file.comment, []), people=PEOPLE)
    text = file.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=language.list_separator))
    assert len(rows) == len(found) + 1
    assert not any(cell.lstrip().startswith(tuple("=+-@")) for row in rows[1:] for cell in row)


forms = st.builds(
    ComposerForm,
    channel=st.just(ChannelId("C1")),
    zone=zones,
    place=st.just("C1/1.2"),
    name=words,
    text=words,
    numbers=words,
    is_timed=st.booleans(),
    send_at=st.none() | moments,
    press=st.none() | views.map(lambda view: press_for(view.campaign)),
    kept=st.integers(0, 100_000),
    again=st.none() | st.just(CampaignId(10**9)),
    file=st.none() | st.builds(ListFile, st.just("F1"), words),
    redrawn=st.integers(0, 99),
)
origins = st.builds(
    Origin, column=words, is_named=st.booleans(), sheet=words, other_sheets=st.integers(0, 99)
)
problems = st.sampled_from([NoText(), NoRecipients(()), PastTime(NOW), FileNotGiven(), TwoLists()])


@st.composite
def previews(draw: st.DrawFn) -> Preview:
    """What may become of a form, whatever is in it."""
    text = draw(words)
    found = draw(st.none() | st.lists(left_outs, max_size=30).map(tuple))
    return Preview(
        text=for_phone(text),
        measure=measure(for_phone(text)),
        respelled=respelled(text),
        recipients=None if found is None else Recipients((), found),
        people=draw(st.integers(0, 100_000)),
        ten_digits=draw(st.integers(0, 9)),
        send_at=draw(st.none() | moments),
        zone=draw(zones),
        platform_zone="America/Sao_Paulo",
        balance=draw(st.none() | balances),
        elsewhere=draw(st.integers(0, 10**7)),
        problems=tuple(draw(st.lists(problems, max_size=4))),
    )


@given(form=forms, note=words.map(mrkdwn), may_start_anew=st.booleans(), language=languages)
def test_composers(*, form: ComposerForm, note: str, may_start_anew: bool, language: Words) -> None:
    """A form opens whatever is put into it: its trigger can't be used twice."""
    modal = render_composer(form, words=language, note=note[:500], may_start_anew=may_start_anew)
    check_modal(modal, people=set())


@given(forms, previews(), st.none() | origins, languages)
def test_previews(
    form: ComposerForm, preview: Preview, origin: Origin | None, language: Words
) -> None:
    """And whatever would become of it."""
    shown = render_preview(preview, words=language, origin=origin)
    check_modal(render_composer(form, words=language, preview=shown), people=set())


@given(parts, languages)
def test_went_forms(part: Part, language: Words) -> None:
    """The form that asks for the platform's number opens for any part."""
    press = PartPress(part.campaign, part.id, part.resent)
    modal = render_went(words=language, press=press, part=part, channel=ChannelId("C1"))
    check_modal(modal, people=set())


@given(views, languages)
def test_reason_forms(view: CampaignView, language: Words) -> None:
    """The form that asks why opens for any campaign."""
    modal = render_reason(words=language, press=press_for(view.campaign), channel=ChannelId("C1"))
    check_modal(modal, people=set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_of_all(language: Words) -> None:
    """Everything at its longest at once: what random campaigns seldom are."""
    bad = replace(
        lost(1, "<" * 500),
        brake=Brake.ASKED,
        brake_reason="&" * 500,
        resent=1,
        settled_by=APPROVER,
        claimed_id=GatewayId(10**17),
        claimed_by=COLLEAGUE,
    )
    worst = view(
        State.SENDING,
        name="<" * 500,
        text="<" * 9000,
        send_at=TOMORROW,
        zone="America/Argentina/Rio_Gallegos",
        hold=HOLD,
        approvals=APPROVALS * 30,
        approvals_needed=30,
        parts=(bad,) * 1000,
        left_out=dict.fromkeys(Fault, 10**6),
        left_out_examples=(LeftOut(10**6, "<" * 80, Fault.NOT_A_NUMBER),) * 5,
        platform_zone="America/Sao_Paulo",
        evidence={PartId(1): replace(WENT, doubtful=10**9)},
    )
    people = {REQUESTER, APPROVER, COLLEAGUE}
    notice = happened(NewsKind.PART_UNKNOWN, part_id=1, resent=1, reason="<" * 500)
    for message in (
        render_news(notice, worst, words=language),
        render_card(worst, now=NOW, words=language),
        render_status(worst, now=NOW, words=language),
    ):
        check_message(message, people=set(people))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("between", [" ", "\n", ""])
def test_the_worst_edit_of_all(language: Words, between: str) -> None:
    """Two long texts without a word in common, or with a change at every other word."""
    for before, after in (("<" * 9000, "&" * 9000), ("a b " * 2000, "a c " * 2000)):
        changes = replace(CHANGES, text_before=before + between, added=10**6, removed=10**6)
        worst = view(
            name="<" * 500,
            text=after,
            version=2,
            send_at=TOMORROW,
            zone="America/Argentina/Rio_Gallegos",
            approvals=APPROVALS * 30,
            approvals_needed=31,
            left_out=dict.fromkeys(Fault, 10**6),
            left_out_examples=(LeftOut(10**6, "<" * 80, Fault.NOT_A_NUMBER),) * 5,
            changes=changes,
        )
        message = render_card(worst, now=NOW, words=language)
        check_message(message, people={REQUESTER, APPROVER, COLLEAGUE})


def test_the_checks_can_fail() -> None:
    """A ping in a name would be seen by the check that every test above relies on."""
    with pytest.raises(AssertionError):
        check_mrkdwn("<@U666>", people={"U1"})
    with pytest.raises(AssertionError):
        check_mrkdwn("<!channel>", people=set())
