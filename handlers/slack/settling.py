"""The buttons and the form that settle a part of unknown fate."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import GatewayId
from bot.domain.refusals import NotAGatewayId
from bot.services.membership import Membership
from bot.services.resolving import Resolving
from handlers.blocks import actions
from handlers.blocks.actions import PartPress
from handlers.blocks.answers import field_error
from handlers.blocks.went_form import render_went
from handlers.blocks.words import Words
from handlers.slack.answering import Asker
from handlers.slack.opening import open_view

_SPACING = re.compile(r"[\s#.,]")
"""What people, and the pages they copy from, put into long numbers."""
_GATEWAY_ID = re.compile(r"0*([1-9]\d{0,17})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartClick:
    """A button about a part pressed: which, about which try, by whom."""

    action: str
    press: PartPress
    asker: Asker
    trigger_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The form in which somebody says under which number a part went."""

    press: PartPress
    asker: Asker
    typed: str


class Settling:
    """Does what somebody decides about such a part; raises ``BotError`` for what it won't."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        membership: Membership,
        resolving: Resolving,
        words: Words,
    ) -> None:
        self._client = client
        self._membership = membership
        self._resolving = resolving
        self._words = words
        self._does: dict[str, Callable[[PartClick], Awaitable[None]]] = {
            actions.PART_WENT: self._ask_number,
            actions.PART_AGAIN: self._again,
            actions.PART_LEAVE: self._leave,
        }

    async def run(self, click: PartClick) -> None:
        """Do it, for full members of this workspace only."""
        await self._membership.check_full_member(click.asker.user)
        await self._does[click.action](click)

    def field_errors(self, claimed: Claimed) -> dict[str, str]:
        """Check the number as far as reading goes: block id to error, empty when fine."""
        try:
            read_gateway_id(claimed.typed)
        except NotAGatewayId as error:
            return dict(filter(None, [field_error(error, words=self._words)]))
        return {}

    async def claim(self, claimed: Claimed) -> None:
        """Take the number, which the platform is asked about next."""
        press, user = claimed.press, claimed.asker.user
        await self._membership.check_full_member(user)
        await self._resolving.went(
            press.campaign,
            press.part,
            read_gateway_id(claimed.typed),
            by=user,
            resent=press.resent,
        )

    async def _ask_number(self, click: PartClick) -> None:
        """Ask for the platform's number, after making sure that it still matters."""
        press = click.press
        part = await self._resolving.check(
            press.campaign, press.part, by=click.asker.user, resent=press.resent
        )
        form = render_went(words=self._words, press=press, part=part, channel=click.asker.channel)
        await open_view(self._client, click.trigger_id, form)

    async def _again(self, click: PartClick) -> None:
        press = click.press
        await self._resolving.again(
            press.campaign, press.part, by=click.asker.user, resent=press.resent
        )

    async def _leave(self, click: PartClick) -> None:
        press = click.press
        await self._resolving.leave(
            press.campaign, press.part, by=click.asker.user, resent=press.resent
        )


def read_gateway_id(typed: str) -> GatewayId:
    """Read a campaign number of the platform, 1 to 18 digits and not nought, however it's spaced.

    Raises:
        NotAGatewayId: It is none.
    """
    found = _GATEWAY_ID.fullmatch(_SPACING.sub("", typed))
    if found is None:
        raise NotAGatewayId(typed.strip())
    return GatewayId(int(found[1]))
