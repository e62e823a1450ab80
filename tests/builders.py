"""Campaigns, parts and drafts with sensible facts; a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.campaign import Campaign
from bot.domain.digest import seal
from bot.domain.ids import CampaignId, ChannelId, Number, PartId, UserId
from bot.domain.parts import Part
from bot.domain.policy import Policy
from bot.domain.quiet import QuietSpan
from bot.services.drafts import Draft

NOON = datetime(2026, 12, 22, 15, 0, tzinfo=UTC)
"""Noon in São Paulo, on a Tuesday."""
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ACCOUNT = "conta-1"

ANA, BIA, CAIO = UserId("UANA"), UserId("UBIA"), UserId("UCAIO")
"""Ana writes, Bia approves, Caio is the third pair of eyes."""
CHANNEL = ChannelId("CNATAL")
ONE, TWO, THREE = Number("31999990001"), Number("31988880002"), Number("11977770003")
OWN = Number("31966660004")
"""The phone of whoever writes."""
NIGHT = QuietSpan(time(21), time(8))


def make_campaign(**facts: Any) -> Campaign:  # noqa: ANN401 - any field of a campaign
    """Write a campaign of Ana's that waits for approval until tomorrow."""
    waiting = Campaign(
        id=CampaignId(42),
        name="Natal",
        channel=CHANNEL,
        requester=ANA,
        text="Feliz Natal",
        send_at=None,
        zone="America/Sao_Paulo",
        account=ACCOUNT,
        digest=seal("Feliz Natal", [ONE], None, account=ACCOUNT, door="http"),
        created_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )
    return replace(waiting, **facts)


def make_part(**facts: Any) -> Part:  # noqa: ANN401 - any field of a part
    """Make a part that is ready to go."""
    ready = Part(id=PartId(7), campaign=CampaignId(42), position=1, key="chave", people=1)
    return replace(ready, **facts)


def make_policy(**facts: Any) -> Policy:  # noqa: ANN401 - any field of a policy
    """Set the house rules: one approval, by anybody, no night, and nobody minds repetition."""
    usual: dict[str, Any] = {"zone": SAO_PAULO, "repeat_hours": 0}
    return Policy(**usual | facts)


def make_draft(**facts: Any) -> Draft:  # noqa: ANN401 - any field of a draft
    """Type what Ana wants: to wish two people a merry Christmas as soon as it is approved."""
    typed = Draft(
        channel=CHANNEL,
        requester=ANA,
        text="Feliz Natal",
        numbers=f"{ONE}, {TWO}",
        send_at=None,
        zone="America/Sao_Paulo",
    )
    return replace(typed, **facts)
