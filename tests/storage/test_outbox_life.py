"""The outbox under whatever order of events there may be."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.news import NewsKind, card_changed
from tests.storage.letters import REPLIED, due, start
from tests.storage.samples import FIRST, NOW, in_memory


class OutboxLife(RuleBasedStateMachine):
    """Whatever happens in whatever order, a change is drawn after it was made."""

    def __init__(self) -> None:
        super().__init__()
        self._memory = in_memory()
        self.tx = self._memory.__enter__()
        start(self.tx)
        self.under_way: set[int] = set()
        self.is_drawn = True

    def teardown(self) -> None:
        """Close the database."""
        self._memory.__exit__(None, None, None)

    @rule()
    def change_card(self) -> None:
        """Something changed that the card shows."""
        self.tx.outbox.add(card_changed(FIRST))
        self.is_drawn = False

    @rule()
    def add_message(self) -> None:
        """Something happened that the thread tells."""
        self.tx.outbox.add(REPLIED)

    @rule()
    def take_all(self) -> None:
        """The poster starts on everything due; the card is drawn as it is at this moment."""
        for letter in due(self.tx):
            self.tx.outbox.take([letter.id], at=NOW)
            self.under_way.add(letter.id)
            self.is_drawn |= letter.news.kind is NewsKind.CARD

    @rule(outcome=st.sampled_from(["told", "postpone", "crash"]))
    def end_all(self, outcome: str) -> None:
        """Slack takes them, or doesn't, or the program ends in between."""
        for letter in sorted(self.under_way):
            if outcome == "told":
                self.tx.outbox.told([letter], at=NOW, ts=None)
            elif outcome == "postpone":
                self.tx.outbox.postpone([letter], until=NOW, reason="r")
        if outcome == "crash":
            assert self.tx.outbox.recover() == len(self.under_way)
        if outcome != "told":
            self.is_drawn = self.is_drawn and not self._card_waits()
        self.under_way.clear()

    @invariant()
    def change_is_drawn_or_waits(self) -> None:
        """No change is forgotten."""
        assert self.is_drawn or self._card_waits()

    @invariant()
    def nothing_is_due_twice_at_once(self) -> None:
        """At most a card and a message of a campaign, none that is under way."""
        letters = due(self.tx)
        are_cards = [letter.news.kind is NewsKind.CARD for letter in letters]
        assert len(are_cards) == len(set(are_cards))
        assert not self.under_way & {letter.id for letter in letters}

    def _card_waits(self) -> bool:
        found = self.tx.outbox._conn.execute(
            "SELECT count(*) FROM outbox WHERE kind = 'card' AND state = 'waiting'"
        )
        return bool(found.fetchone()[0])


TestOutboxLife = OutboxLife.TestCase
