"""How people ask not to be written to again: for sure, perhaps, or not at all."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CampaignId, Number

STOP_WORDS = frozenset({"sair", "pare", "parar", "stop", "cancelar"})
"""Each of them alone is an opt-out."""

_STOPS = "sair|pare|parem|parar|parou|stop|cancel(?:e|a|em|ar)"
_SEND = r"(?:mand|envi|importun|perturb|incomod|lig|escrev|cham|contat|contact)"
_DROP = r"(?:remov|retir|tir|exclu|apag|delet|risc)\w*"
_MORE = r"mais|de|que|ser|me|receb\w*|contat\w*|mand\w*|envi\w*|mensag\w*|sms"
_ME = "(?:numero|nome|telefone|celular|contato|cadastro)"

_KEEP_ON = re.compile(
    rf"\b(?:nao|nunca)(?: (?:quero|vou|desejo|pretendo|precisa|pode))?(?: me)? (?:{_STOPS})\b"
)
"""``não pare``, ``não quero sair``: whoever says so wants more."""

_PERHAPS = re.compile(
    "|".join(
        [
            rf"\b(?:{_STOPS})\b",
            r"^(?:para|chega|basta|remove|remover|remova|excluir|exclua|bloquear|fora)$",
            r"\b(?:para|chega|basta) (?:de|com)\b",
            rf"\bnao (?:quero|desejo|gostaria|aceito|autoriz\w+)(?: (?:{_MORE}))+\b",
            r"\bnao receber\b",
            rf"\bnao (?:me |nos )?{_SEND}(?:e|em|ar|es|ue|uem|uar)\b",
            rf"\bnao (?:me |nos ){_SEND}a\b|\bnao {_SEND}a mais\b",
            r"\b(?:deixe|deixa|deixem) (?:de|me em paz)\b|\bme deix(?:e|a|em) em paz\b",
            rf"\bme {_DROP}\b|\b{_DROP} (?:\w+ )*?(?:{_ME}|lista|daqui|disso)\b",
            r"\bdes(?:cadastr|inscr|assin)\w*|\bunsubscribe\b|\bopt ?out\b|\bspam\b",
            r"\b(?:procon|lgpd)\b|\bdenunci\w*",
            r"\bremove me\b|\bno more (?:texts?|messages?|sms)\b",
            r"\b(?:do not|don ?t) (?:text|message|send|contact|write|call)\b",
        ]
    )
)
"""Wishes to be left alone, and complaints that call for the same, without accents or capitals."""

LONGEST_JUDGED = 500
"""Letters of a reply that are read for a wish: a text message has hardly more."""


class Wish(StrEnum):
    """Whether a reply asks for no more. A person decides about what is unsure."""

    NO = "no"
    UNSURE = "unsure"
    SURE = "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """Somebody on the list: since when, after which campaign, in which words, put there by whom.

    ``by`` is empty where they asked for it themselves, and ``word`` is what they wrote.
    """

    number: Number
    at: datetime
    campaign: CampaignId | None = None
    word: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class OptOutWords:
    """The words that opt out: the five that always do, and those of the house beside them.

    ``more`` may hold phrases; their case, accents and punctuation don't matter.
    """

    more: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ",".join(self.more)

    def judge(self, text: str) -> Wish:
        """Tell what a reply asks for.

        It is sure where the reply is one of the words and nothing else, whatever its case,
        with or without accents, punctuation, spaces or emoji around it. A sentence that holds
        one of them, or a wish in other words ("não me mande mais mensagens"), is unsure: many
        of them say something else ("vou parar aí amanhã"), so a person reads those. To keep
        somebody who wants to go costs trust, and to drop somebody who wants to stay, a customer.
        """
        said = fold(text)
        whole = " ".join(said)
        own = {" ".join(fold(word)) for word in self.more}
        if whole in STOP_WORDS or (whole and whole in own):
            return Wish.SURE
        rest = _KEEP_ON.sub(" ", whole[:LONGEST_JUDGED])
        holds_own = any(word and f" {word} " in f" {rest} " for word in own)
        return Wish.UNSURE if holds_own or _PERHAPS.search(rest) else Wish.NO


BUILT_IN = OptOutWords()
"""The five words alone."""

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> list[str]:
    """Break a text into words without capitals and accents."""
    letters = (char for char in unicodedata.normalize("NFKD", text) if not _is_mark(char))
    return _WORD.findall("".join(letters).casefold())


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}
