"""The bot as a process of its own: started, asked whether it is up, and killed."""

import asyncio
import signal
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
START_SECONDS = 30.0
STOP_SECONDS = 60.0
LAST_WORDS = 600
UP = b"torpedo is up"


class BotEnded(Exception):
    """It ended by itself, or didn't come up; its log says why."""


class BotProcess:
    """``python -m bot run`` with these settings and none of this shell's; it logs to a file.

    Attributes:
        is_up: whether it has said so since it was last started, and lives.
        starts: how often it was started.
        kills: how often it was killed.
    """

    def __init__(self, settings: dict[str, str], *, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._url = settings["PUBLIC_URL"]
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._has_spoken = asyncio.Event()
        self.log = folder / "bot.log"
        self.is_up = False
        self.starts = 0
        self.kills = 0

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """Its number, while there is a process."""
        return self._process.pid if self._process and self.is_running else None

    async def begin(self) -> None:
        """Start it, and don't wait for it.

        It works in the folder of its database, where no ``.env`` of anybody's lies about.
        """
        self._has_spoken = asyncio.Event()
        self.starts += 1
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=self._folder,
            env={"PYTHONPATH": str(ROOT), **self._settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.create_task(self._read(self._process.stdout, self._has_spoken))

    async def until_up(self) -> None:
        """Wait until it answers at ``/healthz``.

        Raises:
            BotEnded: it ended, or took too long.
        """
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._has_spoken.wait()
                async with httpx.AsyncClient(trust_env=False) as web:
                    (await web.get(f"{self._url}/healthz")).raise_for_status()
        except (TimeoutError, httpx.HTTPError) as error:
            said = self.log.read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:]
            message = f"the bot didn't come up; it last said: {said}"
            raise BotEnded(message) from error
        self.is_up = True

    async def start(self) -> None:
        """Start it, and wait until it is up."""
        await self.begin()
        await self.until_up()

    async def kill(self) -> None:
        """End it as a power cut does: it gets to do nothing more."""
        self.kills += 1
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it in order, if it runs."""
        if self.is_running:
            await self._end(signal.SIGTERM)

    async def _end(self, sign: signal.Signals) -> None:
        self.is_up = False
        if self._process is None or self._reading is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(sign)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reading

    async def _read(self, lines: asyncio.StreamReader | None, spoken: asyncio.Event) -> None:
        """Keep what it says, and note when it says that it is up; its end is noted, too."""
        with self.log.open("ab", buffering=0) as kept:
            while lines is not None and (line := await lines.readline()):
                kept.write(line)
                if UP in line:
                    spoken.set()
            spoken.set()
