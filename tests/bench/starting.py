"""From start to the first answer, and memory at rest, beside a bare Bolt and Starlette."""

import asyncio
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import httpx

from bot.demo import MANIFEST
from bot.sandbox.seed import Seed
from bot.sandbox.server import Sandbox, SandboxOptions
from tests.bench.measuring import Comparison, Target, by_turns

ROOT = Path(__file__).parents[2]
KNOCK_AGAIN_SECONDS = 0.005
REST_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
STARTING_MEANING = (
    "From the start of the process to its first answer at /healthz, Torpedo takes so many times as"
    " long as Bolt and Starlette alone; each time it makes a new database. Lower is better."
)
MEMORY_MEANING = (
    "A second after that, its process holds so many times the memory (VmRSS) of the other's."
    " Lower is better."
)


class Start(NamedTuple):
    """What one start measured."""

    milliseconds: float
    mebibytes: float


async def measure(folder: Path) -> list[Comparison]:
    """Start both by turns, Torpedo against a sandbox that stays; memory only where /proc is."""
    starts = count(1)
    env_file = folder / "bench.env"
    async with Sandbox(SandboxOptions(manifest=MANIFEST, port=0)) as sandbox:

        async def start_torpedo() -> Start:
            with _free_port() as port:
                env_file.write_text(_write_settings(sandbox, port, folder / f"{next(starts)}.db"))
            return await _start(port, "bot", "run", "--env-file", str(env_file))

        async def start_bare() -> Start:
            with _free_port() as port:
                pass
            return await _start(port, "tests.bench.bare", str(port))

        ours, theirs = await by_turns(start_torpedo, start_bare)
    compared = [
        Comparison(
            what="From start to the first answer",
            ours=[start.milliseconds for start in ours],
            theirs=[start.milliseconds for start in theirs],
            unit=" ms",
            meaning=STARTING_MEANING,
            target=Target("itself", at_most=1200),
        )
    ]
    if all(start.mebibytes for start in theirs):
        compared.append(
            Comparison(
                what="Memory at rest",
                ours=[start.mebibytes for start in ours],
                theirs=[start.mebibytes for start in theirs],
                unit=" MiB",
                meaning=MEMORY_MEANING,
                target=Target("itself", at_most=80e6 / 2**20),
            )
        )
    return compared


def _write_settings(sandbox: Sandbox, port: int, database: Path) -> str:
    seed = Seed()
    settings = {
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_SIGNING_SECRET": seed.signing_secret,
        "SLACK_API_URL": sandbox.slack_api_url,
        "GATEWAY_URL": sandbox.gateway_url,
        "GATEWAY_LOGIN": seed.gateway.login,
        "GATEWAY_PASSWORD": seed.gateway.password,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "DATABASE": str(database),
        "LOG_LEVEL": "ERROR",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


@contextmanager
def _free_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        yield probe.getsockname()[1]


async def _start(port: int, *module: str) -> Start:
    """Start a program, measure it, and stop it; it sees no settings of this shell's."""
    started = perf_counter()
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *module), cwd=ROOT, env={}
    )
    try:
        await _until_it_answers(port, program)
        milliseconds = (perf_counter() - started) * 1000
        await asyncio.sleep(REST_SECONDS)
        return Start(milliseconds, _memory_of(program.pid))
    finally:
        if program.returncode is None:
            program.terminate()
        await program.wait()


async def _until_it_answers(port: int, program: asyncio.subprocess.Process) -> None:
    url = f"http://127.0.0.1:{port}/healthz"
    async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient(trust_env=False) as client:
        while program.returncode is None:
            try:
                (await client.get(url)).raise_for_status()
            except httpx.ConnectError:
                await asyncio.sleep(KNOCK_AGAIN_SECONDS)
            else:
                return
    message = "the program ended before it answered"
    raise SystemExit(message)


def _memory_of(pid: int) -> float:
    """Read how many MiB a process holds; 0 where the system doesn't tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s*(\d+) kB", status.read_text() if status.exists() else "")
    return int(found[1]) / 1024 if found else 0.0
