"""People as Slack knows them, as far as rules need it."""

from dataclasses import dataclass

from bot.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in Slack.

    ``is_full_member``: of the installing workspace, and neither guest, bot, deactivated,
    nor a visitor from another workspace. ``zone`` is an IANA name.
    """

    id: UserId
    zone: str
    is_full_member: bool
