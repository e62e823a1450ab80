"""The WSDL on its way: fetched from its host alone, kept on disk, read anew."""

import json
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.gateway.connection import Patience
from bot.gateway.contracts import Contracts
from bot.gateway.wsdl import WsdlTrouble, fetch_documents, read_cache, write_cache
from tests.gateway.asking import free_port
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.wsdls import LIST, TIME, optional, wsdl

PATIENCE = Patience()


class Town:
    """Somebody who reads a WSDL, on a clock that stands still."""

    def __init__(self, url: str, folder: Path) -> None:
        self.cache = folder / "torpedo.db.wsdl.json"
        self.seconds = 0.0
        self.contracts = Contracts(
            f"{url}?WSDL", cache=self.cache, patience=PATIENCE, steady=lambda: self.seconds
        )

    async def renew(self) -> list[str]:
        """Renew, and return what was logged."""
        with capture_logs() as logs:
            await self.contracts.renew()
        return [f"{log['log_level']}: {log['event']}" for log in logs]


@pytest.fixture
def town(platform: CannedPlatform, tmp_path: Path) -> Town:
    """Lead to the pretend platform."""
    platform.says(wsdl(platform.url))
    return Town(platform.url, tmp_path)


async def test_a_start_without_the_platform_works_from_the_disk(
    town: Town, platform: CannedPlatform
) -> None:
    """What was read once is kept, and the next start asks nobody."""
    await town.contracts.open()
    assert town.contracts.current is None
    assert await town.renew() == []
    seen = len(platform.requests)
    later = Town(platform.url, town.cache.parent)
    await later.contracts.open()
    assert later.contracts.current is not None
    assert later.contracts.current.address == platform.url
    assert len(platform.requests) == seen == 1


async def test_it_is_read_anew_once_an_hour(town: Town, platform: CannedPlatform) -> None:
    """A field that the platform adds is used from then on; what is the same is left alone."""
    await town.renew()
    first = town.contracts.current
    town.seconds += 3599
    await town.renew()
    assert len(platform.requests) == 1
    town.seconds += 1
    await town.renew()
    assert (len(platform.requests), town.contracts.current) == (2, first)
    platform.says(wsdl(platform.url, order=optional("Msg") + LIST + TIME))
    town.seconds += 3600
    (warning,) = await town.renew()
    assert warning.startswith("warning: the WSDL has no call-back field: deliveries are asked for")
    assert town.contracts.current is not first
    town.seconds += 3600
    assert await town.renew() == []


async def test_a_trouble_is_told_once_and_what_is_in_force_stays(
    town: Town, platform: CannedPlatform
) -> None:
    """A log that repeats itself each minute isn't read; another trouble is told again."""
    await town.renew()
    kept = town.contracts.current
    town.seconds += 3600
    platform.says("<html>", status=503)
    assert await town.renew() == ["error: the SOAP door has no new WSDL"]
    town.seconds += 60
    assert await town.renew() == []
    platform.says("<html>")
    assert await town.renew() == ["error: the SOAP door has no new WSDL"]
    assert town.contracts.current is kept
    platform.says(wsdl(platform.url))
    assert await town.renew() == []
    town.seconds += 3600
    platform.says("<html>")
    assert await town.renew() == ["error: the SOAP door has no new WSDL"]


async def test_one_that_is_no_use_is_neither_taken_nor_kept(
    town: Town, platform: CannedPlatform
) -> None:
    """What works stays on disk."""
    await town.renew()
    before = town.cache.read_bytes()
    town.seconds += 3600
    platform.says(wsdl(platform.url, operations=("SendSMS",)))
    await town.renew()
    assert town.cache.read_bytes() == before
    assert town.contracts.current is not None


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"url": "other", "documents": {"a": "b"}}'])
async def test_a_damaged_or_foreign_cache_is_passed_over(town: Town, kept: str) -> None:
    """Of another address, cut short, or none at all: the platform is asked."""
    town.cache.write_text(kept, encoding="utf-8")
    await town.contracts.open()
    assert town.contracts.current is None
    await town.renew()
    assert town.contracts.current is not None


async def test_a_kept_wsdl_that_is_no_use_is_told(town: Town) -> None:
    """It was of an earlier version of this program, say."""
    url = town.contracts.url
    write_cache(town.cache, url, {url: wsdl(operations=("SendSMS",))})
    with capture_logs() as logs:
        await town.contracts.open()
    assert [log["event"] for log in logs] == ["the WSDL kept on disk is no use"]
    assert town.contracts.current is None


async def test_a_disk_that_takes_nothing_stops_nobody(
    platform: CannedPlatform, tmp_path: Path
) -> None:
    """It works for this run."""
    platform.says(wsdl(platform.url))
    town = Town(platform.url, tmp_path / "nowhere")
    assert await town.renew() == ["warning: the WSDL can't be kept on disk"]
    assert town.contracts.current is not None


def test_the_cache_gives_back_each_byte(tmp_path: Path) -> None:
    """Whatever alphabet a document is in."""
    documents = {"u": bytes(range(256)), "v": "ç".encode("utf-16")}
    write_cache(tmp_path / "c", "u", documents)
    assert read_cache(tmp_path / "c", "u") == documents
    assert json.loads((tmp_path / "c").read_text(encoding="utf-8"))["url"] == "u"
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


async def test_imports_are_fetched_with_it(platform: CannedPlatform) -> None:
    """Relative and absolute ones, each once, also where they import each other."""
    imports = (
        '<s:import namespace="urn:x" schemaLocation="?xsd=1"/>'
        f'<s:include schemaLocation="{platform.url}?WSDL"/>'
    )
    platform.says(wsdl(platform.url, imports=imports))
    documents = await fetch_documents(f"{platform.url}?WSDL", PATIENCE)
    assert list(documents) == [f"{platform.url}?WSDL", f"{platform.url}?xsd=1"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("http://127.0.0.1:1/a.xsd", "imports a document from another host, 127.0.0.1:1"),
        ("https://127.0.0.1/a.xsd", "imports a document from another host, 127.0.0.1"),
        ("file:///etc/passwd", "imports a document from another host, "),
    ],
)
async def test_nobody_else_is_asked(platform: CannedPlatform, place: str, why: str) -> None:
    """A WSDL is somebody else's word: it opens no file here and calls no other host."""
    imports = f'<s:import namespace="urn:x" schemaLocation="{place}"/>'
    platform.says(wsdl(platform.url, imports=imports))
    with pytest.raises(WsdlTrouble, match=why):
        await fetch_documents(f"{platform.url}?WSDL", PATIENCE)
    assert len(platform.requests) == 1


async def test_imports_have_an_end(platform: CannedPlatform) -> None:
    """A document that imports ever more is no WSDL of anybody's."""
    more = "".join(f'<s:include schemaLocation="?n={at}"/>' for at in range(30))
    platform.says(wsdl(platform.url, imports=more))
    with pytest.raises(WsdlTrouble, match="imports more than 20 documents"):
        await fetch_documents(f"{platform.url}?WSDL", PATIENCE)


async def test_one_that_cannot_be_had_says_why(platform: CannedPlatform) -> None:
    """Nobody there, an error page, half an answer, too much of one."""
    with pytest.raises(WsdlTrouble, match="can't be reached: nobody answers there"):
        await fetch_documents(f"http://127.0.0.1:{free_port()}/?WSDL", PATIENCE)
    platform.says(b"", status=404)
    with pytest.raises(WsdlTrouble, match="can't be read: HTTP 404"):
        await fetch_documents(platform.url, PATIENCE)
    platform.says(b" " * 4_000_001)
    with pytest.raises(WsdlTrouble, match="can't be read: an answer of over 4 MB"):
        await fetch_documents(platform.url, PATIENCE)
    platform.answer = Deed.BREAK_OFF_HALF_WAY
    with pytest.raises(WsdlTrouble, match="can't be read: the connection broke"):
        await fetch_documents(platform.url, PATIENCE)
