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


OPTOUTS = typer.Typer(help="Show the opt-out list, and change it; the bot may run meanwhile.")
cli.add_typer(OPTOUTS, name="optouts", invoke_without_command=True)

Numbers = Annotated[list[str], typer.Argument(help="DDD and number, like 31999990001.")]


@OPTOUTS.callback()
def optouts(context: typer.Context, env_file: EnvFile = Path(".env")) -> None:
    """Show the opt-out list, and change it; the bot may run meanwhile."""
    context.obj = env_file
    if context.invoked_subcommand is None:
        list_optouts(context)


@OPTOUTS.command("list")
def list_optouts(context: typer.Context) -> None:
    """Say how many are on it, and name the newest."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(context.obj, commands.list_them))


@OPTOUTS.command("add")
def add_optouts(context: typer.Context, numbers: Numbers) -> None:
    """Put numbers on it: they get nothing more."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(context.obj, lambda settings: commands.add(settings, numbers)))


@OPTOUTS.command("remove")
def remove_optouts(context: typer.Context, numbers: Numbers) -> None:
    """Take numbers off it: campaigns reach them again."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(context.obj, lambda settings: commands.remove(settings, numbers)))


@OPTOUTS.command("export")
def export_optouts(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Where to; - for standard output.")],
) -> None:
    """Write the whole list as CSV."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(context.obj, lambda settings: commands.export_to(settings, file)))


@OPTOUTS.command("import")
def import_optouts(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV or a plain list of numbers.")],
) -> None:
    """Put a file's numbers on it, and say which lines were left out."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(
        terminal.run_optouts(context.obj, lambda settings: commands.import_from(settings, file))
    )


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
