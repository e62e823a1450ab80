"""Files of the pretend Slack: asked for, filled at an address of their own, then shared."""

import secrets
from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.slack_error import SlackError

UPLOAD_PATH = "/upload/v1"
DOWNLOAD_PATH = "/files"
LARGEST = 1_000_000_000
"""Bytes: Slack takes a gigabyte."""


@dataclass(slots=True)
class StoredFile:
    """One file; without `content` until it was uploaded, without `title` until it was shared."""

    id: str
    name: str
    length: int
    secret: str
    user: str
    content: bytes | None = None
    title: str = ""

    @property
    def path(self) -> str:
        """Where it is downloaded."""
        return f"{DOWNLOAD_PATH}/{self.id}/{quote(self.name, safe='')}"

    def as_slack(self, base: str) -> JsonObject:
        """Tell it as the Web API does."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": "text/csv" if self.name.endswith(".csv") else "application/octet-stream",
            "size": self.length,
            "user": self.user,
            "mode": "hosted",
            "is_external": False,
            "url_private": base + self.path,
            "url_private_download": base + self.path,
        }


class FileStore:
    """Every file that was ever asked for."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def reserve(self, name: str, length: int, *, user: str) -> StoredFile:
        """Make room for a file that is uploaded next; raises `SlackError`."""
        if not 0 < length <= LARGEST:
            raise SlackError(word="invalid_arguments")
        file_id = f"F{len(self._files) + 1:09}"
        file = StoredFile(file_id, name, length, secrets.token_urlsafe(12), user)
        self._files[file_id] = file
        return file

    def receive(self, secret: str, content: bytes) -> bool:
        """Fill the file whose upload address this is; tells whether there is one of that length."""
        for file in self._files.values():
            if file.secret == secret and file.content is None and len(content) == file.length:
                file.content = content
                return True
        return False

    def find(self, file_id: str) -> StoredFile | None:
        """Find one by its id."""
        return self._files.get(file_id)

    def take(self, wanted: JsonObject) -> StoredFile:
        """Find an uploaded file to share, and name it; raises `SlackError` `file_not_found`."""
        file = self.find(str(wanted.get("id")))
        if file is None or file.content is None:
            raise SlackError(word="file_not_found")
        file.title = str(wanted.get("title") or file.name)
        return file
