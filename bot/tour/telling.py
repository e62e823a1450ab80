"""The tour: the whole story, unattended, printed as a transcript."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.demo import MANIFEST, demo
from bot.sandbox.server import SandboxOptions
from bot.tour import brake_steps, campaign_steps, trouble_steps
from bot.tour.visitor import ANA, TourError, Visitor


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, and what is done and seen in it; it returns what to print."""

    title: str
    happens: Callable[[Visitor], Awaitable[list[str]]]


async def tell(*, socket_mode: bool = False, locale: str = "en") -> int:
    """Run the story against a fresh sandbox; print it, and return 1 if a step failed."""
    console = Console(highlight=False)
    started = time.monotonic()
    options = SandboxOptions(manifest=MANIFEST, port=0, delivery_delay=0.3)
    async with (
        demo(options, socket_mode=socket_mode, locale=locale) as running,
        httpx.AsyncClient(base_url=running.sandbox.url, timeout=30, trust_env=False) as client,
    ):
        way = "Socket Mode" if socket_mode else "signed HTTP"
        console.print(f"[bold]Torpedo's tour[/] at {running.sandbox.url}, Slack by {way}\n")
        visitor = Visitor(client)
        await visitor.see(ANA, "the bot", lambda state: state["bot"]["connected"])
        await visitor.until_asked("getbalance")
        for number, step in enumerate(STEPS, start=1):
            console.print(f"[bold]{number:2}. {step.title}[/]")
            try:
                lines = await step.happens(visitor)
            except (TourError, httpx.HTTPError) as error:
                console.print(f"    [red]✗ {error}[/]\n")
                console.print(f"[bold red]The tour failed at step {number} of {len(STEPS)}.[/]")
                return 1
            for line in lines:
                console.print(Padding(Text(line), (0, 0, 0, 4)))
            console.print("    [green]✓[/]\n")
    seconds = time.monotonic() - started
    console.print(f"[bold green]{len(STEPS)} steps, all as they should be[/] ({seconds:.0f} s).")
    return 0


STEPS = (
    Step("What is left to spend?", campaign_steps.see_balance),
    Step("A number that isn't one", campaign_steps.see_bad_number),
    Step("A campaign asks for a second pair of eyes", campaign_steps.see_send),
    Step("The wrong person presses Approve", campaign_steps.see_wrong_person),
    Step("The second person approves", campaign_steps.see_approve),
    Step("Delivered, and one number that doesn't exist", campaign_steps.see_delivered),
    Step("A customer answers", campaign_steps.see_reply),
    Step("A colleague answers them", campaign_steps.see_answer),
    Step("The platform says it twice", campaign_steps.see_duplicate),
    Step("A customer wants no more", campaign_steps.see_opt_out),
    Step("A campaign for tomorrow", brake_steps.see_schedule),
    Step("The brake", brake_steps.see_hold),
    Step("Letting go takes two", brake_steps.see_release),
    Step("A no, and why", brake_steps.see_reject),
    Step("First on one's own phone", trouble_steps.see_test),
    Step("Second thoughts", trouble_steps.see_edit),
    Step("The platform's answer is lost", trouble_steps.see_lost),
    Step("A person decides", trouble_steps.see_again),
    Step("A long list is one campaign", trouble_steps.see_many),
    Step("How is it going?", brake_steps.see_status),
)
