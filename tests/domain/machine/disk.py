"""What is kept: committed whole or not at all, so that a crash loses only what nobody was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields

from bot.domain.campaign import TRANSITIONS, Campaign, State
from bot.domain.ids import CampaignId, Number, PartId
from bot.domain.parts import PART_TRANSITIONS, EarlierRequest, Part, PartState
from bot.domain.receipts import Status

Person = tuple[CampaignId, Number]
Move = tuple[State, State] | tuple[PartState, PartState]


@dataclass
class Disk:
    """The tables, as dictionaries of frozen objects, and every move that was ever made."""

    campaigns: dict[CampaignId, Campaign] = field(default_factory=dict)
    lists: dict[CampaignId, tuple[Number, ...]] = field(default_factory=dict)
    parts: dict[PartId, Part] = field(default_factory=dict)
    people: dict[PartId, tuple[Number, ...]] = field(default_factory=dict)
    statuses: dict[Person, Status] = field(default_factory=dict)
    earlier: dict[PartId, tuple[EarlierRequest, ...]] = field(default_factory=dict)
    moves: dict[Move, int] = field(default_factory=dict)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Let everything inside happen, or, where it raises, nothing of it."""
        before = [dict(getattr(self, each.name)) for each in fields(self)]
        try:
            yield
        except BaseException:
            for each, table in zip(fields(self), before, strict=True):
                setattr(self, each.name, table)
            raise

    def save_campaign(self, campaign: Campaign) -> None:
        """Write a campaign back, and note which move that is."""
        before = self.campaigns.get(campaign.id, campaign)
        if before.state is not campaign.state:
            self._note((before.state, campaign.state))
        self.campaigns[campaign.id] = campaign

    def save_part(self, part: Part) -> None:
        """Write a part back, and note which move that is."""
        before = self.parts.get(part.id, part)
        if before.state is not part.state:
            self._note((before.state, part.state))
        self.parts[part.id] = part

    def _note(self, move: Move) -> None:
        self.moves[move] = self.moves.get(move, 0) + 1

    def parts_of(self, campaign: CampaignId) -> list[Part]:
        """A campaign's parts, in order."""
        return [part for part in self.parts.values() if part.campaign == campaign]

    def parts_in(self, state: PartState) -> list[Part]:
        """Every part in this state."""
        return [part for part in self.parts.values() if part.state is state]

    def campaigns_in(self, *states: State) -> list[Campaign]:
        """Every campaign in one of these states, oldest first."""
        return [campaign for campaign in self.campaigns.values() if campaign.state in states]

    def by_key(self, key: str) -> Part:
        """Whose address this is, or was before it was sent again."""
        return next(
            part
            for part in self.parts.values()
            if part.key == key or any(each.key == key for each in self.earlier[part.id])
        )


def is_in_tables(move: Move) -> bool:
    """Whether the domain's tables have this move."""
    before, after = move
    if isinstance(before, State):
        return after in TRANSITIONS[before]
    return after in PART_TRANSITIONS[before]
