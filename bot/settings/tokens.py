"""Reading Slack's secrets, and telling which one was pasted in another's place.

A ``ValueError`` goes on to whoever set the value, so its words never repeat it.
"""

import re

from pydantic import SecretStr

_ELSEWHERE = {
    "xoxb-": "is a bot token: it belongs in SLACK_BOT_TOKEN",
    "xapp-": "is an app token: it belongs in SLACK_APP_TOKEN",
    "xoxp-": "is a person's token: Torpedo needs the bot's, which starts with xoxb-",
    "xoxe": "is a token that expires: turn token rotation off and install the app again",
}


def read_bot_token(secret: SecretStr) -> SecretStr:
    """Take a bot token; Slack's start with ``xoxb-``."""
    return _read_token(secret, "xoxb-")


def read_app_token(secret: SecretStr) -> SecretStr:
    """Take an app-level token; Slack's start with ``xapp-``."""
    return _read_token(secret, "xapp-")


def read_signing_secret(secret: SecretStr) -> SecretStr:
    """Take a signing secret: a word that isn't plainly a token."""
    return _read_token(secret, "")


def _read_token(secret: SecretStr, prefix: str) -> SecretStr:
    token = secret.get_secret_value().strip()
    if re.search(r"\s", token):
        what = "has a space or a line break inside: copy it again"
        raise ValueError(what)
    if prefix and token.startswith(prefix):
        return SecretStr(token)
    for start, what in _ELSEWHERE.items():
        if token.startswith(start):
            raise ValueError(what)
    if prefix:
        what = f"doesn't start with {prefix}"
        raise ValueError(what)
    return SecretStr(token)
