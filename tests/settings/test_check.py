"""``torpedo check``: plain words for whatever is wrong, from the services themselves."""

import os
from pathlib import Path

import pytest
import yaml

from bot.checking import Finding, check
from bot.checking.slack import SCOPES
from tests.settings.samples import APP_TOKEN, PASSWORD
from tests.settings.services import Answer, PretendServices, found, platform, slack

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def test_the_scopes_are_those_of_the_manifest() -> None:
    """What the app asks for is what is checked."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert list(SCOPES) == manifest["oauth_config"]["scopes"]["bot"]


async def test_settings_that_work_are_found_well(services: PretendServices) -> None:
    """Who we are, what was granted, how Slack comes in, the credit, the file."""
    assert await check(services.settings()) == [
        Finding("Slack", ok=True, words="@torpedo in the workspace Loja da Ana"),
        Finding("Permissions", ok=True, words="Slack granted all that Torpedo needs"),
        Finding(
            "Requests over HTTP",
            ok=True,
            words="Slack will call https://torpedo.example.com/slack/events: the app's settings"
            " must say so too",
        ),
        Finding("Approvers", ok=True, words="any full member of a campaign's channel"),
        Finding("SMS platform", ok=True, words="it knows the login; credit left: 1,234.5"),
        Finding("Database", ok=True, words="torpedo.db, to be made"),
    ]
    (asked,) = services.asked_of("/painel/api.ashx")
    assert asked["action"] == "getbalance"
    assert asked["pwd"] == PASSWORD


async def test_services_that_are_away_are_told(unused_tcp_port: int) -> None:
    """Nothing listens: both say so, and neither raises."""
    settings = PretendServices(port=unused_tcp_port).settings(slack_app_token=APP_TOKEN)
    wrong = {one.name: one.words for one in await check(settings) if not one.ok}
    assert set(wrong) == {"Slack", "Socket Mode", "SMS platform"}
    assert wrong["SMS platform"].startswith("nothing that answers like the platform is at http://")


@pytest.mark.parametrize(
    ("answer", "ok", "words"),
    [
        (
            platform(status=0, msg="FALHA AO REALIZAR LOGIN"),
            False,
            "it does not know the login: mend GATEWAY_LOGIN or GATEWAY_PASSWORD",
        ),
        (
            platform(status=0, msg=f"CONTA BLOQUEADA {PASSWORD}"),
            False,
            "it said no, in these words: CONTA BLOQUEADA ***",
        ),
        (
            platform(status=0, msg="AGUARDE 1 MINUTO"),
            True,
            (
                "it is there, and was asked less than a minute ago, perhaps by Torpedo itself; to"
                " see the credit, check again in a minute"
            ),
        ),
        (platform(data="99"), True, "it knows the login; credit left: 99"),
    ],
)
async def test_the_platforms_words_are_explained(
    services: PretendServices,
    answer: Answer,
    ok: bool,  # noqa: FBT001 - a table
    words: str,
) -> None:
    """A question too many is no fault; a refusal says what to mend; nothing echoes."""
    services.says("/painel/api.ashx", answer)
    assert await found(services.settings(), "SMS platform") == [(ok, words)]


async def test_the_database_is_a_file(services: PretendServices, bare_place: Path) -> None:
    """The bot makes it where there is none, and the folders that are missing."""
    (bare_place / "here").write_bytes(b"")
    for path, ok, words in [
        ("here", True, "here"),
        ("nowhere/torpedo.db", True, "nowhere/torpedo.db, to be made"),
        (".", False, ". is a folder: DATABASE takes a file"),
    ]:
        assert await found(services.settings(database=path), "Database") == [(ok, words)]


async def test_the_database_must_be_writable(services: PretendServices, bare_place: Path) -> None:
    """A file that somebody else left; whoever is root may write it all the same."""
    path = bare_place / "theirs.db"
    path.touch(mode=0o400)
    ((ok, _),) = await found(services.settings(database=str(path)), "Database")
    assert ok is (os.geteuid() == 0)


async def test_what_is_seldom_meant_is_pointed_out(services: PretendServices) -> None:
    """It is no mistake, so it stops nobody."""
    services.says("/api/users.info", slack(user={"id": "U111"}))
    (finding,) = [one for one in await check(services.settings(approvers="U111")) if one.careful]
    assert finding.ok
    assert finding.name == "APPROVALS"
