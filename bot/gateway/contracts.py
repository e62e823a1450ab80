"""The contract in force: read anew from the platform, or as it was when it last could be."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.gateway.connection import Patience
from bot.gateway.wsdl import Documents, WsdlTrouble, fetch_documents, read_cache, write_cache

if TYPE_CHECKING:
    from bot.gateway.contract import Contract

_FRESH_SECONDS = 3600.0
_LOG = structlog.get_logger(__name__)


class Contracts:
    """Keeps the WSDL, on disk too, so that a start needs no platform to be there.

    Attributes:
        url: The WSDL's address.
        current: What is in force; None until one could be read.
    """

    def __init__(
        self, url: str, *, cache: Path, patience: Patience, steady: Callable[[], float]
    ) -> None:
        """Take the address and where to keep what is there; ``steady`` tells seconds."""
        self.url = url
        self.current: Contract | None = None
        self._cache = cache
        self._patience = patience
        self._steady = steady
        self._documents: Documents = {}
        self._read_at: float | None = None
        self._told = ""

    async def open(self) -> None:
        """Take what was kept on disk; the platform isn't asked. Never raises."""
        documents = await asyncio.to_thread(read_cache, self._cache, self.url)
        if documents is None:
            return
        try:
            await self._take(documents)
        except WsdlTrouble as trouble:
            _LOG.warning("the WSDL kept on disk is no use", file=str(self._cache), why=str(trouble))
        else:
            _LOG.info("the WSDL is as kept on disk", file=str(self._cache))

    async def renew(self) -> None:
        """Read it from the platform, once an hour or until it can be; each trouble is told once."""
        if self._read_at is not None and self._steady() - self._read_at < _FRESH_SECONDS:
            return
        try:
            documents = await fetch_documents(self.url, self._patience)
            if self.current is None or documents != self._documents:
                await self._take(documents)
                await asyncio.to_thread(self._keep, documents)
        except WsdlTrouble as trouble:
            self._tell(f"GATEWAY_WSDL, {self.url}, {trouble}")
        else:
            self._read_at, self._told = self._steady(), ""

    async def _take(self, documents: Documents) -> None:
        self.current = await asyncio.to_thread(understand, documents, self.url)
        self._documents = documents
        for warning in warn(self.current):
            _LOG.warning(warning, wsdl=self.url)

    def _keep(self, documents: Documents) -> None:
        try:
            write_cache(self._cache, self.url, documents)
        except OSError as error:
            file, why = str(self._cache), error.strerror
            _LOG.warning("the WSDL can't be kept on disk", file=file, why=why)

    def _tell(self, trouble: str) -> None:
        if trouble != self._told:
            way = "as it was last read" if self.current else "not at all until it can be read"
            _LOG.error("the SOAP door has no new WSDL", why=trouble, used=way)
        self._told = trouble


def understand(documents: Documents, url: str) -> "Contract":
    """Read a contract. Slow, so for a thread: zeep alone takes a while to be imported.

    Raises:
        WsdlTrouble: It isn't one that this program can work with.
    """
    from bot.gateway.contract import read_contract  # noqa: PLC0415 - as said above

    return read_contract(documents, url)


def warn(contract: "Contract") -> list[str]:
    """Say what works and is yet not as it should be."""
    said = []
    if contract.other_host:
        said.append(
            f"the WSDL names another host, {contract.other_host}: that of GATEWAY_WSDL is asked"
        )
    if contract.order.callback is None:
        said.append(
            "the WSDL has no call-back field: deliveries are asked for instead, and what people"
            " answer doesn't come back from what goes by this door"
        )
    if not contract.has_references:
        said.append("the WSDL has no reference field: nobody can be asked about singly")
    return said
