"""What fields are filled with: kept for the people of a campaign, and for as long as they are."""

from bot.domain.filling import Filling, fill_list
from bot.domain.ids import CampaignId
from bot.domain.numbers import Recipients
from bot.ports import Transaction
from tests.storage.samples import ANA, BIA, CAIO, FIRST, in_memory, make_campaign

ROWS = ((ANA, "Ana", "Rio"), (BIA, "Bia", "São Paulo"), (CAIO, "C" * 161, "Rio"))


def fill(text: str = "{nome} {cidade}") -> Filling:
    """Fill three people's texts in."""
    fields = ("celular", "nome", "cidade")
    return fill_list(text, Recipients((ANA, BIA, CAIO), (), (2, 3, 4), fields, ROWS))


def add(tx: Transaction, campaign: int = FIRST) -> None:
    """Store a campaign of those three."""
    tx.campaigns.add(make_campaign(campaign), [ANA, BIA, CAIO], [])


def test_values_come_back_for_each_person() -> None:
    """By the number as it is written, ten digits or eleven; another campaign has its own."""
    with in_memory() as tx:
        add(tx)
        add(tx, 2)
        tx.fields.keep(FIRST, fill())
        kept = {number: tuple(cells) for number, cells in tx.fields.values(FIRST).items()}
        assert kept == {ANA: ("Ana", "Rio"), BIA: ("Bia", "São Paulo"), CAIO: ("C" * 161, "Rio")}
        assert tx.fields.values(CampaignId(2)) == {}


def test_people_are_counted_by_what_their_text_takes() -> None:
    """Who was left out as it was sent isn't counted any more."""
    with in_memory() as tx:
        add(tx)
        tx.fields.keep(FIRST, fill("{nome}"))
        assert tx.fields.segments(FIRST) == {1: 2, 2: 1}
        tx.recipients.suppress(FIRST, [CAIO])
        assert tx.fields.segments(FIRST) == {1: 2}


def test_values_are_kept_in_place_of_those_before() -> None:
    """A version has its own, or none."""
    with in_memory() as tx:
        add(tx)
        tx.fields.keep(FIRST, fill())
        tx.fields.keep(FIRST, fill("{cidade}"))
        assert tuple(tx.fields.values(FIRST)[ANA]) == ("Rio",)
        tx.fields.keep(FIRST, None)
        assert tx.fields.values(FIRST) == {}


def test_values_go_with_their_people() -> None:
    """A list that is replaced leaves nothing of the one before."""
    with in_memory() as tx:
        add(tx)
        tx.fields.keep(FIRST, fill())
        tx.campaigns.rewrite(FIRST, [ANA], [])
        assert tx.fields.values(FIRST) == {}
