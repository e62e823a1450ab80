"""Slack's way of saying no."""

from bot.sandbox.json_shapes import JsonObject


class SlackError(Exception):
    """A Web API call fails: `word` is Slack's `error`, `details` go beside it."""

    def __init__(self, word: str, **details: object) -> None:
        super().__init__(word)
        self.word = word
        self.details = details

    def as_slack(self) -> JsonObject:
        """Tell it as the Web API does, in a body with HTTP 200."""
        return {"ok": False, "error": self.word, **self.details}


class RateLimitedError(Exception):
    """A call too many: HTTP 429, to be tried again after `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
