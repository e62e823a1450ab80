"""The ``torpedo`` command. ``python -m bot`` is the same program."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

cli = typer.Typer(
    help="Run SMS campaigns from Slack: one person writes, another approves.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they show locals, and locals hold secrets
)

EnvFile = Annotated[
    Path, typer.Option("--env-file", help="Where settings are read from, besides the environment.")
]


@cli.command()
def run(env_file: EnvFile = Path(".env")) -> None:
    """Run the bot, until Ctrl-C."""
    from bot import terminal  # noqa: PLC0415  each command imports only what it runs

    sys.exit(terminal.run_bot(env_file))


@cli.command()
def check(env_file: EnvFile = Path(".env")) -> None:
    """Say what is missing or wrong in the settings, then try Slack and the platform."""
    from bot import terminal  # noqa: PLC0415

    sys.exit(terminal.run_check(env_file))


@cli.command()
def inbox(
    *,
    read_again: Annotated[
        bool,
        typer.Option(
            "--read-again", help="Read them anew, say after an upgrade. Stop the bot first."
        ),
    ] = False,
    env_file: EnvFile = Path(".env"),
) -> None:
    """List the platform's call-backs that weren't understood; the bot may run meanwhile."""
    from bot import terminal  # noqa: PLC0415

    sys.exit(terminal.run_inbox(env_file, read_again=read_again))


@cli.command()
def demo(
    *,
    tour: Annotated[
        bool, typer.Option(help="Run the whole story unattended and print it.")
    ] = False,
    socket_mode: Annotated[
        bool, typer.Option("--socket", help="Reach Slack by Socket Mode instead of HTTP.")
    ] = False,
    locale: Annotated[
        Literal["en", "pt_BR"], typer.Option(help="The bot's language: en or pt_BR.")
    ] = "en",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The page's port; by itself 8800, or any free one."),
    ] = None,
) -> None:
    """Run the bot against a pretend Slack, platform and phones, with a page to open."""
    from bot import demo as demonstration  # noqa: PLC0415

    if tour:
        from bot.tour import telling  # noqa: PLC0415

        sys.exit(asyncio.run(telling.tell(socket_mode=socket_mode, locale=locale)))
    sys.exit(demonstration.run(socket_mode=socket_mode, locale=locale, port=port))


@cli.command()
def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The page's and the pretend Slack's port.")
    ] = 8800,
    events_url: Annotated[
        str, typer.Option(help="Where your bot takes Slack's requests (not for Socket Mode).")
    ] = "http://127.0.0.1:8080/slack/events",
) -> None:
    """Run only the pretend Slack, platform and phones, to develop against."""
    from bot.demo import run_sandbox  # noqa: PLC0415

    sys.exit(run_sandbox(port=port, events_url=events_url))


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":  # pragma: no cover - tests run it in a process of its own
    main()
