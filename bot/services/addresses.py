"""Where the platform calls back: an address of each part's own, that nobody can guess."""

import secrets

KEY_BYTES = 16
CALLBACK_PATH = "/c/"


class CallbackAddresses:
    """Makes keys, and the addresses that end in them.

    A key is 128 random bits: whoever calls its address has it from the platform, so the
    first call proves that the part went. It is kept short because the address rides in
    the ``sendsms`` URL, where each byte costs room for numbers.
    """

    def __init__(self, public_url: str) -> None:
        self._base = public_url.rstrip("/") + CALLBACK_PATH

    @property
    def sample(self) -> str:
        """An address as long as any, to measure with."""
        return self.of("A" * len(self.new_key()))

    def new_key(self) -> str:
        """Make a new key, URL-safe."""
        return secrets.token_urlsafe(KEY_BYTES)

    def of(self, key: str) -> str:
        """The address that ends in this key."""
        return self._base + key
