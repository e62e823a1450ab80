"""The override: an approver's knowing word that phones may ring in quiet time."""

from datetime import datetime

from bot.domain.campaign import Campaign
from bot.domain.ids import UserId
from bot.domain.policy import Policy
from bot.domain.refusals import QuietApproval, SelfApproval


def overrides_quiet(
    campaign: Campaign, *, by: UserId, at: datetime, policy: Policy, allows: bool
) -> bool:
    """Whether a yes overrides quiet time. By day none does, whatever the card had shown.

    It takes both: its writer asked for that, and the approver allows it knowingly. That one is
    never the writer, even where people may approve what they wrote: it is the last pair of eyes
    before phones ring at night.
    """
    when = campaign.send_at or at
    why = policy.why_quiet(when)
    if not why:
        return False
    if not (campaign.quiet and allows):
        raise QuietApproval(
            policy.opens(when),
            why,
            campaign=campaign.id,
            requester=campaign.requester,
            is_asked=campaign.quiet,
            is_timed=campaign.send_at is not None,
            is_answer=campaign.answer is not None,
        )
    if by == campaign.requester:
        raise SelfApproval(campaign.id, policy.deciders.without(by))
    return True
