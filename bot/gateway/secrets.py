"""Taking the login and the password out of whatever the platform says.

They ride in the address of every request, and error pages echo addresses.
"""

import re

_MASK = "***"
_PARAMETER = re.compile(
    r"(lgn|pwd)(=|%(?:25)*3d|&#0*61;|&#x0*3d;|&equals;)[^&\s\"'<>]*?"
    r"(?=%(?:25)*26|[&\s\"'<>]|$)",
    re.IGNORECASE,
)
_ENTITIES = {'"': "quot", "&": "amp", "'": "apos", "<": "lt", ">": "gt"}


class Redactor:
    """Knows the credentials, and blots them out of a text however they are written there."""

    def __init__(self, login: str, password: str) -> None:
        self._password = re.compile(_spelled(password), re.IGNORECASE) if password else None
        self._login = re.compile(_as_a_word(login), re.IGNORECASE) if login else None

    def clean(self, text: str) -> str:
        """Blot out the password, the login where it is a word, and ``lgn=`` and ``pwd=``.

        Each letter counts as itself, percent-encoded (also twice), or as an HTML or JSON escape,
        in any mix and in either case, so that no echo slips through.
        """
        if self._password:
            text = self._password.sub(_MASK, text)
        text = _PARAMETER.sub(rf"\1\2{_MASK}", text)
        return self._login.sub(_MASK, text) if self._login else text


def _spelled(secret: str) -> str:
    return "".join(f"(?:{'|'.join(_spellings(letter))})" for letter in secret)


def _spellings(letter: str) -> list[str]:
    """List a letter's spellings, the long ones first, so that none leaves its tail behind."""
    code = ord(letter)
    spellings = [
        _percent(letter.encode("utf-8", "surrogatepass")),
        _percent(letter.encode("cp1252", "replace")),
        rf"\\u{code:04x}",
        rf"&#0*{code};",
        rf"&#x0*{code:x};",
        re.escape("\\" + letter),
        re.escape(letter),
    ]
    if letter in _ENTITIES:
        spellings.insert(0, f"&{_ENTITIES[letter]};")
    if letter == " ":
        spellings.append(r"\+")
    return spellings


def _percent(octets: bytes) -> str:
    return "".join(f"%(?:25)*{octet:02x}" for octet in octets)


def _as_a_word(login: str) -> str:
    """Match the login where no letter touches it; ``%3D`` and the like are not letters."""
    before = r"(?:(?<!\w)|(?<=%[0-9a-f]{2})|(?<=%25[0-9a-f]{2}))" if login[0].isalnum() else ""
    after = r"(?!\w)" if login[-1].isalnum() else ""
    return before + _spelled(login) + after
