"""What can go wrong, sorted by what somebody should do about it."""


class BotError(Exception):
    """Any failure that the program expects and can explain."""


class Refusal(BotError):
    """A rule says no; the person is told privately what to do instead."""


class NotFound(BotError):
    """What was asked for is not here, or not for this person to see."""


class GatewayError(BotError):
    """The SMS platform did not do what was asked, as far as can be known."""


class GatewayUnavailable(GatewayError):
    """Nothing left for the platform, or nothing that matters: try again later.

    Attributes:
        retry_after: Seconds to wait first, where that is known.
    """

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__(
            "the gateway can't be reached"
            if retry_after is None
            else f"the platform asks to wait {retry_after:g} s"
        )
        self.retry_after = retry_after


class GatewayRejected(GatewayError):
    """The platform said no: never tried again by the program itself.

    Attributes:
        reason: The platform's own words, with the credentials already taken out.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def is_about_login(self) -> bool:
        """Whether it doesn't know us (``FALHA AO REALIZAR LOGIN``), and so said nothing else."""
        return "login" in self.reason.casefold()


class OutcomeUnknown(GatewayError):
    """It may have happened: only a call-back or a person settles it, never a second try.

    Attributes:
        reason: What was seen, in a few words, with the credentials already taken out.
    """

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class StorageError(BotError):
    """The database didn't do what was asked; nothing of that piece of work is kept.

    Its words are the database's (``database or disk is full``), never contents.
    """


class SettingsError(Exception):
    """The settings are wrong; outside the root, so that nothing swallows it."""
