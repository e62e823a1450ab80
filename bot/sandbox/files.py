"""Files of the pretend Slack: asked for, filled at an address of their own, then shared."""

import secrets
import time
from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.slack_error import SlackError

UPLOAD_PATH = "/upload/v1"
DOWNLOAD_PATH = "/files"
PRIVATE_PATH = "/files-pri"
"""Of what people give in forms: it opens with the app's token only."""
GIVEN_LARGEST = 10_000_000
"""Bytes: what `file_input` takes."""
LARGEST = 1_000_000_000
"""Bytes: Slack takes a gigabyte."""
_MIME_TYPES = {
    "csv": "text/csv",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(slots=True)
class StoredFile:
    """One file; without `content` until it was uploaded, without `title` until it was shared.

    `is_given` is one that a person chose in a form.
    """

    id: str
    name: str
    length: int
    secret: str
    user: str
    content: bytes | None = None
    title: str = ""
    is_given: bool = False
    created: int = 0

    @property
    def path(self) -> str:
        """Where it is downloaded."""
        place = PRIVATE_PATH if self.is_given else DOWNLOAD_PATH
        return f"{place}/{self.id}/{quote(self.name, safe='')}"

    @property
    def ending(self) -> str:
        """How its name ends, which is what Slack takes for its kind."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    def as_slack(self, base: str) -> JsonObject:
        """Tell it as the Web API does."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": _MIME_TYPES.get(self.ending, "application/octet-stream"),
            "filetype": self.ending or "binary",
            "size": self.length,
            "user": self.user,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "file_access": "visible",
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

    def give(self, name: str, content: bytes, *, user: str) -> StoredFile:
        """Keep what a person chose in a form; raises `SlackError` when it is empty or too large."""
        if len(content) > GIVEN_LARGEST:
            raise SlackError(word="file_too_large")
        file = self.reserve(name, len(content), user=user)
        file.content, file.is_given, file.created = content, True, int(time.time())
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
