"""Listing: from a file that somebody shared to the people it lists, and back to a file."""

import asyncio

from bot.domain.file_refusals import (
    FileNotGiven,
    FileTooLarge,
    MacroWorkbook,
    NotAList,
    OtherWorkbook,
)
from bot.domain.ids import CampaignId
from bot.domain.numbers import LeftOut
from bot.domain.sheets import ENDINGS, MOST_BYTES, FileList
from bot.domain.unfinished import ListFile
from bot.ports import Clock, FileReader, FileSource, SharedFile, Store

_OTHER_WORKBOOKS = frozenset({"xls", "xlsb", "ods", "numbers"})
_WITH_MACROS = frozenset({"xlsm", "xltm", "xlam"})


class Listing:
    """Reads one file at a time, off the event loop, so that memory stays within bounds."""

    def __init__(
        self, *, store: Store, clock: Clock, source: FileSource, reader: FileReader
    ) -> None:
        self._store = store
        self._clock = clock
        self._source = source
        self._reader = reader
        self._turn = asyncio.Lock()

    def check(self, file: SharedFile) -> None:
        """Refuse what its name and size give away, while its form is still open.

        Neither is trusted: ``read`` looks at the bytes.
        """
        if file.size > MOST_BYTES:
            raise FileTooLarge(MOST_BYTES)
        _, dot, ending = file.name.casefold().rpartition(".")
        if ending in _WITH_MACROS:
            raise MacroWorkbook
        if ending in _OTHER_WORKBOOKS:
            raise OtherWorkbook(ending)
        if dot and ending not in ENDINGS:
            raise NotAList

    async def read(self, file: SharedFile) -> FileList:
        """Fetch a file, once, and read it; raises ``file_refusals``.

        One that is a list is kept, so that it needn't be fetched or given again until its
        campaign is decided.
        """
        async with self._turn:
            kept = await self._store.read(lambda tx: tx.forms.content(file.id))
            if kept is not None:
                return await asyncio.to_thread(self._reader, kept)
            content = await self._source.fetch(file, most_bytes=MOST_BYTES)
            found = await asyncio.to_thread(self._reader, content)
            now, named = self._clock.now(), ListFile(file.id, file.name)
            await self._store.write(lambda tx: tx.forms.keep_file(named, content, at=now))
            return found

    async def read_again(self, file: ListFile) -> FileList:
        """Read a file that is kept; raises ``FileNotGiven`` where it is kept no more."""
        async with self._turn:
            kept = await self._store.read(lambda tx: tx.forms.content(file.id))
            if kept is None:
                raise FileNotGiven
            return await asyncio.to_thread(self._reader, kept)

    async def left_out(self, campaign_id: CampaignId) -> tuple[LeftOut, ...]:
        """Everybody who was left out of a campaign when it was written, in the file's order."""
        return await self._store.read(lambda tx: tx.recipients.left_out_of(campaign_id))
