"""The ``torpedo`` command. ``python -m bot`` is the same program."""

import asyncio
import sys
from pathlib import Path

import click

from bot.lean import share_one_heap, without

ENV_FILE = click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    default=Path(".env"),
    show_default=True,
    help="Where settings are read from, besides the environment.",
)
PORT = click.IntRange(0, 65535)


@click.group(no_args_is_help=True, context_settings={"max_content_width": 100})
def cli() -> None:
    """Run SMS campaigns from Slack: one person writes, another approves."""


@cli.command()
@ENV_FILE
def run(env_file: Path) -> None:
    """Run the bot, until Ctrl-C."""
    share_one_heap()
    with without():
        from bot import app, terminal  # noqa: PLC0415  each command imports only what it runs

    sys.exit(terminal.run_bot(env_file, app.run))


@cli.command()
@ENV_FILE
def check(env_file: Path) -> None:
    """Say what is missing or wrong in the settings, then try Slack and the platform."""
    from bot import terminal  # noqa: PLC0415

    sys.exit(terminal.run_check(env_file))


@cli.command()
@click.option(
    "--read-again",
    is_flag=True,
    help="Read them anew, say after an upgrade. Stop the bot first.",
)
@ENV_FILE
def inbox(*, read_again: bool, env_file: Path) -> None:
    """List the platform's call-backs that weren't understood; the bot may run meanwhile."""
    from bot import terminal  # noqa: PLC0415

    sys.exit(terminal.run_inbox(env_file, read_again=read_again))


@cli.group(invoke_without_command=True)
@ENV_FILE
@click.pass_context
def optouts(context: click.Context, env_file: Path) -> None:
    """Show the opt-out list, and change it; the bot may run meanwhile."""
    context.obj = env_file
    if context.invoked_subcommand is None:
        context.invoke(list_optouts)


@optouts.command("list")
@click.pass_obj
def list_optouts(env_file: Path) -> None:
    """Say how many are on it, and name the newest."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(env_file, commands.list_them))


NUMBERS = click.argument("numbers", nargs=-1, required=True)


@optouts.command("add")
@NUMBERS
@click.pass_obj
def add_optouts(env_file: Path, numbers: tuple[str, ...]) -> None:
    """Put NUMBERS (DDD and number, like 31999990001) on it: they get nothing more."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(env_file, lambda settings: commands.add(settings, numbers)))


@optouts.command("remove")
@NUMBERS
@click.pass_obj
def remove_optouts(env_file: Path, numbers: tuple[str, ...]) -> None:
    """Take NUMBERS off it: campaigns reach them again."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(env_file, lambda settings: commands.remove(settings, numbers)))


@optouts.command("export")
@click.argument("file")
@click.pass_obj
def export_optouts(env_file: Path, file: str) -> None:
    """Write the whole list as CSV to FILE; - is standard output."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(env_file, lambda settings: commands.export_to(settings, file)))


@optouts.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_optouts(env_file: Path, file: Path) -> None:
    """Put the numbers of FILE (a CSV or a plain list) on it; say which lines were left out."""
    from bot import terminal  # noqa: PLC0415
    from bot.optouts import commands  # noqa: PLC0415

    sys.exit(terminal.run_optouts(env_file, lambda settings: commands.import_from(settings, file)))


@cli.command()
@click.option("--tour", is_flag=True, help="Run the whole story unattended and print it.")
@click.option(
    "--socket", "socket_mode", is_flag=True, help="Reach Slack by Socket Mode instead of HTTP."
)
@click.option(
    "--locale",
    type=click.Choice(["en", "pt_BR"]),
    default="en",
    show_default=True,
    help="The bot's language.",
)
@click.option("--port", type=PORT, help="The page's port; by itself 8800, or any free one.")
def demo(*, tour: bool, socket_mode: bool, locale: str, port: int | None) -> None:
    """Run the bot against a pretend Slack, platform and phones, with a page to open."""
    if tour:
        from bot.tour import telling  # noqa: PLC0415

        sys.exit(asyncio.run(telling.tell(socket_mode=socket_mode, locale=locale)))
    from bot import demo as demonstration  # noqa: PLC0415

    sys.exit(demonstration.run(socket_mode=socket_mode, locale=locale, port=port))


@cli.command()
@click.option(
    "--port",
    type=PORT,
    default=8800,
    show_default=True,
    help="The page's and the pretend Slack's port.",
)
@click.option(
    "--events-url",
    default="http://127.0.0.1:8080/slack/events",
    show_default=True,
    help="Where your bot takes Slack's requests (not for Socket Mode).",
)
def sandbox(port: int, events_url: str) -> None:
    """Run only the pretend Slack, platform and phones, to develop against."""
    from bot.demo import run_sandbox  # noqa: PLC0415

    sys.exit(run_sandbox(port=port, events_url=events_url))


def main() -> None:
    """Run the command line."""
    cli(prog_name="torpedo")


if __name__ == "__main__":  # pragma: no cover - tests run it in a process of its own
    main()
