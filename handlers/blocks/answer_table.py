"""Which words belong to which error."""

from collections import UserDict
from collections.abc import Callable
from typing import Any, TypeVar

from bot.domain.errors import BotError
from handlers.blocks.voice import Voice

E = TypeVar("E", bound=BotError)


class AnswerTable(UserDict[type[BotError], Callable[[Any, Voice], str]]):
    """Sentences by class of error. ``says`` ties the two so that mypy sees they fit."""

    def says(
        self, kind: type[E]
    ) -> Callable[[Callable[[E, Voice], str]], Callable[[E, Voice], str]]:
        """Register the sentence for one class of error."""

        def register(answer: Callable[[E, Voice], str]) -> Callable[[E, Voice], str]:
            self[kind] = answer
            return answer

        return register
