"""What a check says of Slack: the tokens, what was granted, and the approvers."""

from pathlib import Path

import pytest

from bot.checking.slack import SCOPES
from tests.settings.samples import APP_TOKEN, BOT_TOKEN
from tests.settings.services import Answer, PretendServices, found, slack

MANIFEST = Path(__file__).parents[2] / "manifest.yml"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("invalid_auth", "Slack does not know SLACK_BOT_TOKEN: copy it again"),
        ("token_revoked", "Slack no longer takes SLACK_BOT_TOKEN: install the app"),
        ("account_inactive", "Slack no longer takes SLACK_BOT_TOKEN: install the app"),
        ("not_allowed_token_type", "SLACK_BOT_TOKEN is another kind of token"),
        ("a_new_one", "Slack says a_new_one to SLACK_BOT_TOKEN"),
    ],
)
async def test_a_token_that_slack_refuses_is_explained(
    services: PretendServices, code: str, words: str
) -> None:
    """Then nothing else is asked of Slack: it would only say the same."""
    services.says("/api/auth.test", slack(error=code))
    settings = services.settings(approvers="U111")
    ((ok, said),) = await found(settings, "Slack")
    assert not ok
    assert said.startswith(words)
    assert not services.asked_of("/api/users.info")


@pytest.mark.parametrize(
    "answer",
    [
        Answer("<html>hello</html>", "text/html"),
        Answer("hello", "text/plain"),
        Answer("{", "application/json"),
        Answer("[]", "application/json"),
        Answer('"hello"', "application/json"),
        Answer("null", "application/json"),
        Answer("", "application/json", 502),
    ],
)
async def test_what_is_no_slack_is_told(services: PretendServices, answer: Answer) -> None:
    """A proxy's page, or the wrong address."""
    services.says("/api/auth.test", answer)
    ((ok, words),) = await found(services.settings(), "Slack")
    assert not ok
    assert words.startswith("nothing that answers like Slack")


async def test_a_limit_of_slack_is_waited_out(services: PretendServices) -> None:
    """Many approvers are many questions; Slack says how long to wait."""
    limited = Answer('{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "0"})
    services.says("/api/auth.test", limited, slack(team="Loja", user="torpedo"))
    assert await found(services.settings(), "Slack") == [(True, "@torpedo in the workspace Loja")]
    services.says("/api/auth.test", limited)
    ((ok, words),) = await found(services.settings(), "Slack")
    assert not ok
    assert words == "Slack was asked too often: check again in a minute"


async def test_a_permission_that_is_missing_is_named(services: PretendServices) -> None:
    """With what it is for and where to add it."""
    granted = [one for one in SCOPES if one not in {"usergroups:read", "groups:read"}]
    services.says("/api/auth.test", slack(scopes=", ".join(granted)))
    ((ok, words),) = await found(services.settings(), "Permissions")
    assert not ok
    assert words.startswith(
        "Slack did not grant usergroups:read (user groups in APPROVERS), groups:read (who is in a"
        " private channel): add them at OAuth & Permissions > Scopes"
    )


async def test_permissions_that_slack_does_not_tell_are_not_taken_for_granted(
    services: PretendServices,
) -> None:
    """Silence is no permission."""
    services.says("/api/auth.test", slack(scopes=None))
    ((ok, _),) = await found(services.settings(), "Permissions")
    assert not ok


async def test_socket_mode_is_tried_with_its_own_token(services: PretendServices) -> None:
    """Each token is tried where it is used."""
    settings = services.settings(slack_app_token=APP_TOKEN)
    assert await found(settings, "Socket Mode") == [(True, "Slack opens a connection")]
    (opened,) = services.asked_of("/api/apps.connections.open")
    (tested,) = services.asked_of("/api/auth.test")
    assert opened["authorization"] == f"bearer {APP_TOKEN}".lower()
    assert tested["authorization"] == f"bearer {BOT_TOKEN}".lower()


async def test_an_app_token_without_its_permission_is_told(services: PretendServices) -> None:
    """The one scope it needs has to be chosen when it is made."""
    refusal = slack(error="missing_scope", needed="connections:write")
    services.says("/api/apps.connections.open", refusal)
    ((ok, words),) = await found(services.settings(slack_app_token=APP_TOKEN), "Socket Mode")
    assert not ok
    assert words == "SLACK_APP_TOKEN was made without the permission connections:write: add it"


async def test_approvers_are_counted(services: PretendServices) -> None:
    """A person who is also in a group is one person."""
    services.says("/api/users.info", slack(user={"id": "U111"}))
    services.says("/api/usergroups.users.list", slack(users=["U111", "U222"]))
    settings = services.settings(approvers="U111,S111", approvals=2)
    words = "APPROVERS stands for 2 people; a campaign needs {}"
    assert await found(settings, "Approvers") == [(True, words.format(2))]
    settings = services.settings(approvers="U111,S111", approvals=3)
    assert await found(settings, "Approvers") == [(False, words.format(3))]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (slack(error="user_not_found"), "there is no U111 in this workspace: mend APPROVERS"),
        (slack(user={"deleted": True}), "U111 in APPROVERS is deactivated"),
        (slack(user={"is_bot": True}), "U111 in APPROVERS is a bot"),
        (slack(user={"is_restricted": True}), "U111 in APPROVERS is a guest"),
        (slack(user={"is_stranger": True}), "U111 in APPROVERS is of another workspace"),
        (
            slack(error="missing_scope", needed="users:read"),
            "SLACK_BOT_TOKEN was made without the permission users:read: add it",
        ),
    ],
)
async def test_an_approver_who_cannot_approve_is_told(
    services: PretendServices, answer: Answer, words: str
) -> None:
    """Found now, and not when a campaign waits for somebody who left."""
    services.says("/api/users.info", answer)
    settings = services.settings(approvers="U111", self_approval=True)
    assert await found(settings, "Approvers") == [(False, words)]


async def test_the_same_trouble_is_told_once(services: PretendServices) -> None:
    """Ten approvers and one missing permission are one thing to mend."""
    services.says("/api/users.info", slack(error="missing_scope", needed="users:read"))
    assert len(await found(services.settings(approvers="U111,U222,U333"), "Approvers")) == 1


async def test_a_group_that_holds_nobody_is_told(services: PretendServices) -> None:
    """Unknown or empty, nobody in it can approve."""
    settings = services.settings(approvers="S111")
    services.says("/api/usergroups.users.list", slack(users=[]))
    empty = "the user group S111 in APPROVERS is empty"
    assert await found(settings, "Approvers") == [(False, empty)]
    services.says("/api/usergroups.users.list", slack(error="no_such_subteam"))
    unknown = "there is no S111 in this workspace: mend APPROVERS"
    assert await found(settings, "Approvers") == [(False, unknown)]
