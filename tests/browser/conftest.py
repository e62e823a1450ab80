"""The demo, running, and a window on its page that notes what goes wrong in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
)

from bot.demo import MANIFEST, demo
from bot.sandbox.server import Sandbox, SandboxOptions
from tests.browser.chromium import NAMES, find_chromium, open_chromium

DESK = ViewportSize(width=1280, height=800)
PATIENCE_MS = 20_000
OPTIONS = SandboxOptions(manifest=MANIFEST, port=0, delivery_delay=0.2)


@dataclass
class Window:
    """The page as somebody sees it, and what its browser saw behind it."""

    page: Page
    sandbox: Sandbox
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """Note every error in the console, and whom the page asks for anything."""
        self.page.on("console", self._note_words)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.context.on("request", self._note_host)

    def _note_words(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def _note_host(self, request: Request) -> None:
        if host := urlsplit(request.url).netloc:  # what a page holds in itself has none
            self.hosts.add(host)

    @property
    def thread(self) -> Locator:
        """The open thread."""
        return self.page.get_by_test_id("thread")

    @property
    def card(self) -> Locator:
        """The first campaign's card, as it stands in the channel."""
        return self.page.locator("#chat").get_by_test_id("message").filter(has_text="#1 ·")

    def field(self, name: str) -> Locator:
        """A field of the open modal, by its block's name."""
        return self.page.locator(f'dialog [data-block-id="{name}"]')

    def phone(self, number: str) -> Locator:
        """The phone with this number."""
        return self.page.get_by_test_id(f"phone-{number}")


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A browser, or a reason why there is none."""
    executable = find_chromium()
    if executable is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")
    async with open_chromium(executable) as browser:
        yield browser


@pytest.fixture
async def window(chromium: Browser) -> AsyncIterator[Window]:
    """A window on a fresh demo, once its bot is there."""
    expect.set_options(timeout=PATIENCE_MS)
    async with demo(OPTIONS) as running:
        page = await chromium.new_page(viewport=DESK, locale="en-GB")
        page.set_default_timeout(PATIENCE_MS)
        opened = Window(page, running.sandbox)
        opened.listen()
        await page.goto(running.sandbox.url)
        await expect(page.get_by_test_id("bot-way")).to_have_text("bot on HTTP")
        yield opened
        await page.close()
