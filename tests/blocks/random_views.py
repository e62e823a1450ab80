"""Views of any shape: huge, hostile, empty, and some that can't come about."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.campaign import Approval, Campaign, Hold, ReleaseRequest, State
from bot.domain.changes import Changes
from bot.domain.credit import Balance, CreditEvidence
from bot.domain.filling import Example, Filled
from bot.domain.ids import CampaignId, ChannelId, Digest, GatewayId, Number, PartId, UserId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import Brake, Part, PartState
from bot.domain.quiet import QuietSpan, QuietTimes, no_holiday
from bot.domain.receipts import Status
from bot.domain.reconciling import Figures
from bot.domain.standing import CampaignView, Counts
from bot.domain.unknown import LEFT

USERS = tuple(UserId(f"U{number:010d}") for number in range(30))
PEOPLE = set(map(str, USERS))
HOSTILE = (
    "<!channel>",
    "<@U666> <!here|x>",
    "*b* _i_ ~s~ `c` ```f```",
    "http://golpe.example",
    "&lt;!everyone&gt;",
    "\u202egnirts\u0000",
    "{n} {0} %s",
    "",
    " \n ",
    "ã" * 9000,
    "<" * 7000,
    "line\n" * 2000,
    "😀" * 300,
    "<!date^1^{date}|x>",
)
words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200))
moments = st.integers(10**9, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
users = st.sampled_from(USERS)
zones = st.sampled_from(
    ["America/Sao_Paulo", "Europe/Lisbon", "UTC", "Etc/GMT+3", "Mars/Base", "", "../etc"]
)
digests = st.text("0123456789abcdef", min_size=64, max_size=64).map(Digest)
counts = st.dictionaries(st.sampled_from(Status), st.integers(0, 10**7)).map(Counts)
left_outs = st.builds(LeftOut, st.integers(1, 10**6), words, st.sampled_from(Fault))
balances = st.builds(Balance, st.decimals(-(10**9), 10**9, places=2), moments)
parts = st.builds(
    Part,
    id=st.integers(1, 9).map(PartId),
    campaign=st.just(CampaignId(1)),
    position=st.integers(1, 2000),
    key=st.just("k"),
    people=st.integers(1, 10**5),
    text=st.none() | words,
    state=st.sampled_from(PartState),
    gateway_id=st.none() | st.integers(1, 10**12).map(GatewayId),
    reason=words | st.just(LEFT),
    attempts=st.integers(0, 99),
    not_before=st.none() | moments,
    submitted_at=st.none() | moments,
    settled_by=st.none() | users,
    resent=st.integers(0, 3),
    claimed_id=st.none() | st.integers(1, 10**12).map(GatewayId),
    claimed_by=st.none() | users,
    brake=st.sampled_from(Brake),
    brake_reason=words | st.just("away"),
)
filled = st.builds(
    Filled,
    fields=st.just(("nome",)),
    texts=st.integers(1, 10**5),
    requests=st.integers(1, 10**5),
    examples=st.lists(
        st.builds(Example, st.just(Number("31999990001")), words), min_size=1, max_size=3
    ).map(tuple),
)
campaigns = st.builds(
    Campaign,
    id=st.integers(1, 10**9).map(CampaignId),
    version=st.integers(1, 10**6),
    name=words,
    channel=st.just(ChannelId("C1")),
    requester=users,
    text=words,
    send_at=st.none() | moments,
    zone=zones,
    account=st.just("a"),
    digest=digests,
    state=st.sampled_from(State),
    created_at=moments,
    expires_at=moments,
    quiet=st.booleans(),
    approvals=st.lists(
        st.builds(Approval, users, moments, st.just(1), digests, st.booleans()), max_size=25
    ).map(tuple),
    closed_by=st.none() | users,
    closed_at=st.none() | moments,
    close_reason=words | st.sampled_from(["changed", "nobody_left"]),
    launched_at=st.none() | moments,
    finished_at=st.none() | moments,
    hold=st.none() | st.builds(Hold, users, moments),
    release_request=st.none() | st.builds(ReleaseRequest, users, moments),
    filled=st.none() | filled,
)


def name_holiday(day: date) -> str:
    """Keep one holiday a week, with a long name."""
    return "Dia Nacional de Zumbi e da Consciência Negra" if day.isoweekday() == 1 else ""


amounts = st.integers(0, 10**6)
evidence = st.builds(
    CreditEvidence,
    before=st.none() | balances,
    after=st.none() | balances,
    takes=amounts,
    others=amounts,
    doubtful=amounts,
)
changes = st.builds(
    Changes,
    version=st.integers(2, 10**6),
    by=users,
    at=moments,
    text_before=words,
    send_at_before=st.none() | moments,
    added=amounts,
    removed=amounts,
    voided=amounts,
    ninth=amounts,
)
figures = st.builds(
    Figures,
    accepted=amounts,
    called_back=amounts,
    asked=amounts,
    silent=amounts,
    unlisted=amounts,
    disputed=amounts,
    expected=amounts,
    used=st.none() | st.decimals(0, 10**9, places=2),
)
views = st.builds(
    CampaignView,
    campaign=campaigns,
    parts=st.one_of(
        st.lists(parts, max_size=6).map(tuple),
        st.builds(lambda part: (part,) * 1200, parts),
    ),
    counts=counts,
    counted_at=st.none() | moments,
    segments=st.dictionaries(st.integers(1, 60), st.integers(1, 10**5), max_size=3),
    left_out=st.dictionaries(st.sampled_from(Fault), st.integers(0, 10**6)),
    left_out_examples=st.lists(left_outs, max_size=6).map(tuple),
    replies=st.integers(0, 10**6),
    opt_outs=st.integers(0, 10**6),
    balance=st.none() | balances,
    changes=st.none() | changes,
    ten_digits=amounts,
    evidence=st.dictionaries(st.integers(1, 9).map(PartId), evidence, max_size=3),
    figures=st.none() | figures,
    approvals_needed=st.integers(1, 30),
    platform_zone=zones,
    quiet_times=st.builds(
        QuietTimes,
        zone=st.just(ZoneInfo("America/Sao_Paulo")),
        hours=st.none() | st.just(QuietSpan(time(21), time(8))),
        sundays=st.booleans(),
        holiday=st.sampled_from([no_holiday, name_holiday]),
    ),
)
