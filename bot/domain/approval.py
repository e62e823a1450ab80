"""Who lets a campaign go, and who stops it: the four-eyes rule and its neighbours."""

from dataclasses import replace
from datetime import datetime

from bot.domain.campaign import (
    TRANSITIONS,
    Approval,
    Campaign,
    Hold,
    ReleaseRequest,
    State,
    expiry,
    remind_at,
)
from bot.domain.departure import check_go
from bot.domain.ids import Digest, UserId
from bot.domain.override import overrides_quiet
from bot.domain.policy import Policy
from bot.domain.refusals import (
    AlreadyDecided,
    AlreadyHeld,
    AlreadyYours,
    NoReleaseAsked,
    NothingChanged,
    NothingToHold,
    NotOnHold,
    NotRequester,
    OldVersion,
    ReleaseAlreadyAsked,
    SelfApproval,
    TooLate,
)

HOLDABLE = frozenset({State.APPROVED, State.SENDING, State.SENT})


def check_open(campaign: Campaign, *, version: int, now: datetime) -> None:
    """Refuse a press that comes late, or belongs to a version that is no more."""
    if campaign.state is not State.WAITING:
        raise decided(campaign)
    if campaign.version != version:
        raise OldVersion(campaign.id, campaign.version)
    if now >= campaign.expires_at:
        raise TooLate(campaign.id, campaign.expires_at)


def decided(campaign: Campaign) -> AlreadyDecided:
    """Tell who decided and when, to somebody who comes second."""
    if campaign.approvals and campaign.closed_at is None:
        last = campaign.approvals[-1]
        return AlreadyDecided(campaign.id, campaign.state, last.by, last.at)
    return AlreadyDecided(campaign.id, campaign.state, campaign.closed_by, campaign.closed_at)


def check_second_person(campaign: Campaign, *, by: UserId, policy: Policy) -> None:
    """Hold to four eyes: never the requester, unless the settings say so."""
    if by == campaign.requester and not policy.self_approval:
        raise SelfApproval(campaign.id, policy.deciders.without(by))


def approve(
    campaign: Campaign,
    *,
    by: UserId,
    version: int,
    digest: Digest,
    at: datetime,
    policy: Policy,
    allows_quiet: bool = False,
) -> Campaign:
    """Add one person's yes; the campaign is approved once there are enough of them.

    The digest is the one on the card that was pressed: a yes to anything else is void.
    ``allows_quiet`` is a yes that was given knowingly for a quiet time.
    Whether ``by`` may decide at all is asked of Slack before (``services.people``).
    """
    check_open(campaign, version=version, now=at)
    if campaign.digest != digest:
        raise OldVersion(campaign.id, campaign.version)
    check_second_person(campaign, by=by, policy=policy)
    missing = policy.approvals - len(campaign.approvals)
    if any(approval.by == by for approval in campaign.approvals):
        raise AlreadyYours(campaign.id, missing)
    overrides = overrides_quiet(campaign, by=by, at=at, policy=policy, allows=allows_quiet)
    approvals = (*campaign.approvals, Approval(by, at, version, digest, overrides))
    agreed = replace(campaign, approvals=approvals)
    return replace(agreed.to(State.APPROVED), go_at=at) if missing <= 1 else agreed


def go_alone(campaign: Campaign, *, at: datetime) -> Campaign:
    """Take the writer's own go for an answer or a test, where the house asks for no second person.

    It is kept as an approval of exactly this, by whoever wrote it, so that the record says so.
    """
    own = Approval(campaign.requester, at, campaign.version, campaign.digest)
    return replace(campaign.to(State.APPROVED), approvals=(own,), go_at=at)


def reject(campaign: Campaign, *, by: UserId, version: int, reason: str, at: datetime) -> Campaign:
    """Take a no, with its reason: one is enough, whatever was approved before."""
    check_open(campaign, version=version, now=at)
    return _close(campaign, State.REJECTED, by=by, at=at, reason=reason)


def edit(
    campaign: Campaign,
    *,
    by: UserId,
    version: int,
    text: str,
    send_at: datetime | None,
    quiet: bool = False,
    digest: Digest,
    at: datetime,
    policy: Policy,
) -> Campaign:
    """Make a new version of a waiting campaign; what was approved before counts no more.

    Only its requester edits it. The same content again is no new version, so that nobody's
    yes is lost for nothing.
    """
    check_editable(campaign, by=by, version=version, now=at)
    if digest == campaign.digest:
        raise NothingChanged(campaign.id)
    return replace(
        campaign,
        version=campaign.version + 1,
        text=text,
        send_at=send_at,
        quiet=quiet,
        digest=digest,
        approvals=(),
        edited_at=at,
        reminded_at=None,
        expires_at=expiry(at, send_at, hours=policy.approval_hours),
    )


def check_editable(campaign: Campaign, *, by: UserId, version: int, now: datetime) -> None:
    """Refuse an edit by anybody but the requester, or once it is decided or expired."""
    check_open(campaign, version=version, now=now)
    if by != campaign.requester:
        raise NotRequester(campaign.id, campaign.requester)


def is_reminder_due(campaign: Campaign, *, now: datetime) -> bool:
    """Whether to remind the approvers now: once, shortly before it expires."""
    waits = campaign.state is State.WAITING and campaign.reminded_at is None
    return waits and remind_at(campaign) <= now < campaign.expires_at


def cancel(campaign: Campaign, *, by: UserId, at: datetime) -> Campaign:
    """Let the requester take it back while nothing has gone."""
    if State.CANCELLED not in TRANSITIONS[campaign.state]:
        raise decided(campaign)
    if by != campaign.requester:
        raise NotRequester(campaign.id, campaign.requester)
    return _close(campaign, State.CANCELLED, by=by, at=at, reason="")


def expire(campaign: Campaign, *, at: datetime) -> Campaign:
    """Close it because its time passed: a late approval never sends late."""
    return _close(campaign, State.EXPIRED, by=None, at=at, reason="")


def hold(campaign: Campaign, *, by: UserId, at: datetime) -> Campaign:
    """Want a hold: anyone may, and the wish is stored before anything is tried.

    A test isn't held: it reaches nobody but whoever asked for it.
    """
    if campaign.state not in HOLDABLE or campaign.trial is not None:
        raise NothingToHold(campaign.id, campaign.state)
    if campaign.hold is not None:
        raise AlreadyHeld(campaign.id, campaign.hold.by, campaign.hold.at)
    return replace(campaign, hold=Hold(by, at), release_request=None)


def ask_release(campaign: Campaign, *, by: UserId, at: datetime) -> Campaign:
    """Ask the approvers to let it go."""
    check_releasable(campaign, now=at)
    if campaign.release_request is not None:
        raise ReleaseAlreadyAsked(campaign.id, campaign.release_request.by)
    return replace(campaign, release_request=ReleaseRequest(by, at))


def release(campaign: Campaign, *, by: UserId, at: datetime, policy: Policy) -> Campaign:
    """Let a held campaign go, on the word of an approver who isn't the requester."""
    check_releasable(campaign, now=at)
    check_second_person(campaign, by=by, policy=policy)
    check_go(campaign, at=at, policy=policy)
    return replace(campaign, hold=None, release_request=None, go_at=at)


def refuse_release(campaign: Campaign) -> Campaign:
    """Keep it on hold: the request was turned down."""
    if campaign.release_request is None:
        raise NoReleaseAsked(campaign.id)
    return replace(campaign, release_request=None)


def check_releasable(campaign: Campaign, *, now: datetime) -> None:
    """Refuse to release what isn't held, or was held past its time: late is no.

    What was held after its time had come was on its way already, and may go on.
    """
    if campaign.hold is None:
        raise NotOnHold(campaign.id)
    if campaign.was_held_past_its_time(now):
        raise TooLate(campaign.id, campaign.send_at or now)


def _close(
    campaign: Campaign, state: State, *, by: UserId | None, at: datetime, reason: str
) -> Campaign:
    return replace(
        campaign.to(state),
        closed_by=by,
        closed_at=at,
        close_reason=reason,
        hold=None,
        release_request=None,
    )
