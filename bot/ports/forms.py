"""What the services need to keep of forms: unfinished ones, sent ones, and the files in them."""

from datetime import datetime
from typing import Protocol

from bot.domain.ids import CampaignId, UserId
from bot.domain.unfinished import ListFile, Unfinished


class Forms(Protocol):
    """The forms' tables."""

    def keep(self, unfinished: Unfinished) -> None:
        """Keep a form as it stands in place of what was kept before; never an older state."""
        ...

    def begun(self, user: UserId, place: str) -> Unfinished | None:
        """What somebody has begun to write there."""
        ...

    def forget(self, user: UserId, place: str) -> None:
        """Forget what somebody had begun to write there."""
        ...

    def sent(self, form: str) -> CampaignId | None:
        """What this very form has made already."""
        ...

    def note_sent(self, form: str, campaign: CampaignId, *, at: datetime) -> None:
        """Write down what a form made; the same form again raises the database's own error."""
        ...

    def keep_file(self, file: ListFile, content: bytes, *, at: datetime) -> None:
        """Keep a file's bytes; one that is kept already stays as it is."""
        ...

    def content(self, file: str) -> bytes | None:
        """A file's bytes, as they were fetched; ``None`` where it isn't kept, or no more."""
        ...

    def attach(self, file: str, campaign: CampaignId) -> None:
        """Keep a file for a campaign, in place of the one before, until it is decided."""
        ...

    def detach(self, campaign: CampaignId) -> None:
        """Forget which file a campaign's list came from: the list is another by now."""
        ...

    def file_of(self, campaign: CampaignId) -> ListFile | None:
        """The file that a campaign's list came from, while it is kept."""
        ...

    def clean(self, before: datetime) -> int:
        """Forget what is older than this: forms, and files that no form and no campaign needs.

        A campaign needs its file while it waits to be decided. Returns how many files went.
        """
        ...
