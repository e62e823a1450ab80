"""Take ``docs/demo.png`` anew: ``.venv/bin/python -m docs.screenshot``, from the project's root.

It plays a short story in the demo, looks at it as Bruno in a real Chromium, and keeps what he sees.
"""  # noqa: INP001  a script beside the pages it draws for, not a package

import asyncio
import re
import sys
from pathlib import Path

import httpx
from playwright.async_api import Page, ViewportSize, expect

from bot.demo import MANIFEST, demo
from bot.sandbox.server import SandboxOptions
from bot.tour.seeing import CHANNEL, Json, card_of, plain, thread_with
from bot.tour.visitor import ANA, BRUNO, Visitor
from tests.browser.chromium import find_chromium, open_chromium

PICTURE = Path(__file__).with_name("demo.png")
SIZE = ViewportSize(width=1280, height=800)
OPTIONS = SandboxOptions(manifest=MANIFEST, port=0, delivery_delay=6)
"""Slow enough to be caught in the middle: a batch of phones each 1.2 s."""

TEXT = "Natal Aurora: panetone com 20% OFF até sexta. Responda SIM!"
PEOPLE = [f"3199{990_0001 + 37 * each}" for each in range(241)]
GONE = [f"3198{each}0000" for each in range(881, 888)]
NUMBERS = [*PEOPLE[:9], *GONE, *PEOPLE[9:]]
ANSWERS = ("SIM! Pode ser dois?", "Tem sem frutas? 🙏", "Quero, passo na sexta 😋")
LAST = "SIM! Vocês entregam?"
MOSTLY = re.compile(r"1[5-9]\d delivered")


async def main() -> int:
    """Play, look, keep; returns the exit code."""
    executable = find_chromium()
    if executable is None:
        sys.stderr.write("No Chromium was found: install one, then try again.\n")
        return 1
    async with (
        demo(OPTIONS) as running,
        open_chromium(executable) as browser,
        httpx.AsyncClient(base_url=running.sandbox.url, timeout=30, trust_env=False) as client,
    ):
        visitor = Visitor(client)
        card = await _play(visitor)
        page = await browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB")
        await page.goto(
            f"{running.sandbox.url}#person={BRUNO}&channel={CHANNEL}&thread={card['ts']}"
        )
        await _keep(page, visitor)
        await page.close()
    return 0


async def _play(visitor: Visitor) -> Json:
    """Let a campaign run until most of its phones have it and some answer; returns its card."""
    await visitor.see(ANA, "the bot", lambda state: state["bot"]["connected"])
    await visitor.until_asked("getbalance")
    await visitor.type(ANA, "Panetones chegaram! Segue o SMS.")
    await visitor.type(ANA, f"/sms-send {','.join(NUMBERS)} {TEXT}")
    await visitor.press(BRUNO, "campaign.approve", campaign=1)
    await visitor.see(ANA, "the first SMS", lambda state: state["phones"] or None)
    for number, answer in zip(PEOPLE, ANSWERS, strict=False):
        await _answer(visitor, number, answer)
    return await visitor.see(ANA, "most of them", _running_card)


async def _answer(visitor: Visitor, number: str, words: str) -> None:
    await visitor.do("answer", number=number, text=words)
    await visitor.see(ANA, words, lambda state: thread_with(state, 1, words))


def _running_card(state: Json) -> Json | None:
    card = card_of(state, 1)
    return card if card is not None and MOSTLY.search(plain(card)) else None


async def _keep(page: Page, visitor: Visitor) -> None:
    """Let the newest phone answer, and take the picture before the next ones ring."""
    await expect(page.get_by_test_id("thread")).to_contain_text(ANSWERS[-1])
    number = (await visitor.state(BRUNO))["phones"][0]["number"]
    await visitor.do("answer", number=number, text=LAST)
    await expect(page.get_by_test_id(f"phone-{number}")).to_contain_text(LAST)
    await page.screenshot(path=PICTURE, animations="disabled")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
