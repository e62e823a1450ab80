"""Who may do what: asked of Slack before a transaction, since nothing awaits inside one."""

from bot.domain.approval import check_second_person
from bot.domain.campaign import Campaign
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Person
from bot.domain.policy import Policy
from bot.domain.refusals import BotNotInChannel, NotAllowed, NotInChannel, Outsider, SelfApproval
from bot.ports import Directory


class Membership:
    """The rules about people that only Slack can answer."""

    def __init__(self, directory: Directory, policy: Policy) -> None:
        self._directory = directory
        self._policy = policy

    async def check_full_member(self, user: UserId) -> Person:
        """Refuse guests, bots and people of other workspaces."""
        person = await self._directory.person(user)
        if not person.is_full_member:
            raise Outsider
        return person

    async def check_channel(self, user: UserId, channel: ChannelId) -> None:
        """Refuse somebody who isn't in the channel that a campaign belongs to."""
        if user not in await self._directory.channel_members(channel):
            raise NotInChannel(channel)

    async def check_bot_is_in(self, channel: ChannelId) -> None:
        """Refuse a channel where the card could not be posted."""
        if not await self._directory.bot_is_in(channel):
            raise BotNotInChannel(channel)

    async def check_decider(self, campaign: Campaign, by: UserId) -> None:
        """Refuse whoever may not approve this campaign.

        Approvers are the people and groups of ``APPROVERS``; where it is empty, any full
        member of the channel. Never the requester, unless ``SELF_APPROVAL``.
        """
        check_second_person(campaign, by=by, policy=self._policy)
        if by not in await self._deciders(campaign.channel):
            raise NotAllowed(campaign.id, self._policy.deciders)

    async def is_decider(self, campaign: Campaign, by: UserId) -> bool:
        """Whether ``check_decider`` would let them through."""
        try:
            await self.check_decider(campaign, by)
        except (NotAllowed, SelfApproval):
            return False
        return True

    async def _deciders(self, channel: ChannelId) -> frozenset[UserId]:
        if not self._policy.names_approvers:
            return await self._directory.channel_members(channel)
        named = frozenset(self._policy.approvers)
        for group in self._policy.groups:
            named |= await self._directory.group_members(group)
        return named
