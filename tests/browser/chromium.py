"""The machine's own Chromium, driven through Playwright; nothing is downloaded for it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
"""A browser calls home by itself; this one has no business there."""


def find_chromium() -> str | None:
    """Find a browser by the names that distributions give it."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@asynccontextmanager
async def open_chromium(executable: str) -> AsyncIterator[Browser]:
    """Start a browser without a window, and end it."""
    # Chromium's own sandbox refuses to run as root, as tests in a container do.
    rootly = ("--no-sandbox",) if os.geteuid() == 0 else ()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable, args=[*QUIET, *rootly]
        )
        try:
            yield browser
        finally:
            await browser.close()
