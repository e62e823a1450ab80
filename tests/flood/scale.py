"""How large a flood is, and what people answer in it."""

import random
from dataclasses import dataclass

DEAD = 50
"""Every so many numbers, one that doesn't exist."""
STOPS = 0.2
COMMON = 0.3
WORDS = ("Sim", "sim!", "Não", "não obrigada", "quero", "👍")
HOSTILE = (
    "<!channel> oi",
    "*negrito* _itálico_ ~risco~ `x`",
    "=1+1",
    "@SOMA(A1)",
    "veja <http://golpe.example|aqui> & <@U0ANA>",
    'ele disse: "sim"; depois, "não"',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A flood.

    Attributes:
        receipts, replies: call-backs of each kind, duplicates among them.
        duplicates: the share that comes a second time.
        connections: over how many they come.
        kills: how often the bot is killed, three times at most.
        seed: what order, answers and kills are drawn from.
    """

    receipts: int
    replies: int
    duplicates: float = 0.1
    connections: int = 200
    kills: int = 3
    seed: int = 1

    @property
    def people(self) -> int:
        """Whom the campaign goes to: a receipt for each."""
        return self.receipts - self.receipts_again

    @property
    def answers(self) -> int:
        """How many people answer, once each."""
        return self.replies - self.replies_again

    @property
    def receipts_again(self) -> int:
        """Receipts that come twice."""
        return round(self.receipts * self.duplicates)

    @property
    def replies_again(self) -> int:
        """Replies that come twice."""
        return round(self.replies * self.duplicates)

    def numbers(self) -> list[str]:
        """Whom the campaign goes to; some numbers don't exist, and nobody answers there."""
        return [
            f"319{n:04}0000" if n % DEAD == 0 else f"3198{n:07}" for n in range(1, self.people + 1)
        ]

    def draw_answers(self, numbers: list[str]) -> dict[str, str]:
        """Draw who answers what: common words, a text of their own, or that it should stop."""
        chance = random.Random(self.seed)  # noqa: S311 - nothing secret
        alive = [number for number in numbers if not number.endswith("0000")]
        who = chance.sample(alive, self.answers)
        return {number: self._draw_answer(chance, number) for number in who}

    def _draw_answer(self, chance: random.Random, number: str) -> str:
        kind = chance.random()
        if kind < STOPS:
            return chance.choice(("SAIR", "pare!", "Cancelar"))
        if kind < STOPS + COMMON:
            return chance.choice(WORDS)
        return f"{chance.choice(HOSTILE)} {number[-5:]}"
