"""What can be wrong with the platform, on purpose."""

from enum import StrEnum


class Trouble(StrEnum):
    """Every ending that a request can have; one at a time, and each is known from real servers."""

    NONE = "none"
    DOWN = "down"
    HANG_BEFORE = "hang_before"
    RESET_BEFORE = "reset_before"
    HTML = "html"
    HTML_OK = "html_ok"
    FAULT = "fault"
    WRONG_LOGIN = "wrong_login"
    SLOW = "slow"
    DRIP = "drip"
    HANG_AFTER = "hang_after"
    LOST = "lost"
    RESET_MID = "reset_mid"
    ERROR_AFTER = "error_after"
    FAULT_AFTER = "fault_after"
    WRONG_JSON = "wrong_json"

    @property
    def label(self) -> str:
        """What happens, as the page says it."""
        return _LABELS[self]

    @property
    def group(self) -> str:
        """What is true of a request that meets it, which is what its sender would like to know."""
        if self is Trouble.NONE:
            return ""
        if self is Trouble.DOWN:
            return "No request reaches it"
        return "It acts" if self.acts else "It doesn't act"

    @property
    def acts(self) -> bool:
        """Whether the platform does what the request asks, whatever its sender hears of it."""
        return self not in _IDLE


_IDLE = frozenset(
    {
        Trouble.DOWN,
        Trouble.HANG_BEFORE,
        Trouble.RESET_BEFORE,
        Trouble.HTML,
        Trouble.HTML_OK,
        Trouble.FAULT,
        Trouble.WRONG_LOGIN,
    }
)
_LABELS = {
    Trouble.NONE: "All well",
    Trouble.DOWN: "Refuses connections",
    Trouble.HANG_BEFORE: "Doesn't act or answer",
    Trouble.RESET_BEFORE: "Doesn't act, resets",
    Trouble.HTML: "Doesn't act, HTML with 500",
    Trouble.HTML_OK: "Doesn't act, HTML with 200",
    Trouble.FAULT: "Doesn't act, SOAP fault",
    Trouble.WRONG_LOGIN: "Refuses the login",
    Trouble.SLOW: "Acts, answers late",
    Trouble.DRIP: "Acts, answers byte by byte",
    Trouble.HANG_AFTER: "Acts, then never answers",
    Trouble.LOST: "Acts, then hangs up",
    Trouble.RESET_MID: "Acts, resets in mid-answer",
    Trouble.ERROR_AFTER: "Acts, then HTML with 500",
    Trouble.FAULT_AFTER: "Acts, then a SOAP fault",
    Trouble.WRONG_JSON: "Acts, answers oddly",
}
