"""Sending to ten thousand people, by the SOAP door and as the HTTP door's parts."""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bot.demo import MANIFEST
from bot.domain.ids import Number
from bot.gateway.connection import Patience
from bot.gateway.contracts import Contracts
from bot.gateway.door import Door
from bot.gateway.http_door import HttpDoor
from bot.gateway.soap_door import SoapDoor
from bot.sandbox.seed import Seed
from bot.sandbox.server import Sandbox, SandboxOptions
from bot.settings.fields import Fields
from tests.bench.measuring import ROUNDS, Comparison

PEOPLE = 10_000
CALLBACK = "http://127.0.0.1:1/c/AAAAAAAAAAAAAAAAAAAAAA"
TEXT = "Feliz Natal! Passe na loja e ganhe um panetone. Responda SAIR para sair."
ZONE = Fields.model_fields["gateway_timezone"].default
TIME_MEANING = (
    f"SendSMS to {PEOPLE:,} people, from their numbers to the platform's: the message written by"
    " zeep, one call to the sandbox on loopback, the answer read; beside it the same people as the"
    " HTTP door's requests, one after another. Lower is better."
)
MEMORY_MEANING = (
    "The most memory that a process of its own held which did this and nothing else, imports and"
    " all; beside it one that did the HTTP door's part. Torpedo keeps zeep where it costs no more"
    " than a second and 150 MB."
)


async def measure(folder: Path) -> list[Comparison]:
    """Let a process for each door send so many times to a sandbox in this one."""
    seed = Seed(credit=PEOPLE * 2 * 3 * ROUNDS)
    options = SandboxOptions(
        manifest=MANIFEST, port=0, seed=seed, delivery_delay=3600, callback_retries=()
    )
    async with Sandbox(options) as sandbox:
        seconds: dict[str, list[float]] = {"soap": [], "http": []}
        peaks: dict[str, list[float]] = {"soap": [], "http": []}
        for _ in range(ROUNDS):
            for door in ("soap", "http"):
                took, peak = await _ask(door, sandbox, folder)
                seconds[door].append(took)
                peaks[door].append(peak)
    parts = -(-PEOPLE // 152)
    what = f"SendSMS to {PEOPLE:,}, beside some {parts} HTTP requests"
    return [
        Comparison(
            what=what,
            ours=seconds["soap"],
            theirs=seconds["http"],
            unit=" ms",
            meaning=TIME_MEANING,
        ),
        Comparison(
            what="The same, memory at its peak",
            ours=peaks["soap"],
            theirs=peaks["http"],
            unit=" MB",
            meaning=MEMORY_MEANING,
        ),
    ]


async def _ask(door: str, sandbox: Sandbox, folder: Path) -> tuple[float, float]:
    """Run this module as a process: milliseconds for one send to all, and its peak, in MB."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.lists_sent", door),
        *(sandbox.gateway_url, sandbox.wsdl_url, str(folder / "wsdl.json")),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    took, peak = json.loads(told)
    return took, peak


async def _send(door: Door, numbers: Sequence[Number]) -> float:
    started = perf_counter()
    for part in door.split(TEXT, numbers, callback_url=CALLBACK, send_at=None):
        await door.send(TEXT, part, callback_url=CALLBACK, send_at=None)
    return (perf_counter() - started) * 1000


async def _main(name: str, url: str, wsdl: str, cache: str) -> None:
    login = Seed().gateway
    patience = Patience()
    http = HttpDoor(
        url=url, login=login.login, password=login.password, timezone=ZONE, patience=patience
    )
    door: Door = http
    if name == "soap":
        contracts = Contracts(wsdl, cache=Path(cache), patience=patience, steady=perf_counter)
        await contracts.renew()
        door = SoapDoor(
            contracts,
            login=login.login,
            password=login.password,
            account=http.account,
            timezone=ZONE,
        )
    numbers = [Number(f"31{900_000_000 + 97 * each}") for each in range(PEOPLE)]
    await door.send(TEXT, numbers[:1], callback_url=CALLBACK, send_at=None)  # everything is loaded
    print(json.dumps([await _send(door, numbers), read_peak()]))


def read_peak() -> float:
    """Read this process's own peak, in MB; a child's ``ru_maxrss`` may be its parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
