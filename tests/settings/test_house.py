"""What settings mean together: the policy, the rules between them, and what is warned of."""

from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ids import GroupId, UserId
from bot.domain.policy import Policy
from bot.domain.quiet import QuietSpan
from bot.services.tracking import StatusScope
from bot.settings.urls import is_local
from tests.settings.samples import APP_TOKEN, make_settings, refused


def told(policy: Policy) -> str:
    """Tell a policy by what it says: the refusal within it equals nothing but itself."""
    return repr(policy)


def test_the_defaults_are_the_houses() -> None:
    """What nobody set is as the design says."""
    settings = make_settings()
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.gateway_status_scope is StatusScope.ACCOUNT
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database == Path("torpedo.db")
    assert (settings.locale, settings.log_format, settings.log_level) == ("en", "text", "INFO")
    assert told(settings.policy) == told(
        Policy(zone=ZoneInfo("America/Sao_Paulo"), quiet=QuietSpan(time(21), time(8)))
    )


def test_the_policy_is_made_of_the_settings() -> None:
    """The domain gets its rules from here, and only from here."""
    settings = make_settings(
        gateway_timezone="America/Manaus",
        approvers="U111,S222",
        approvals="2",
        approval_hours="48",
        quiet_hours="22-7",
    )
    expected = Policy(
        zone=ZoneInfo("America/Manaus"),
        approvals=2,
        approvers=(UserId("U111"),),
        groups=(GroupId("S222"),),
        approval_hours=48,
        quiet=QuietSpan(time(22), time(7)),
    )
    assert told(settings.policy) == told(expected)
    assert make_settings(self_approval="true").policy.self_approval
    assert make_settings(answers_need_approval="true").policy.answers_need_approval
    assert not make_settings().policy.answers_need_approval
    assert make_settings(quiet_sundays="true").policy.quiet_sundays
    assert not make_settings().policy.quiet_sundays


@pytest.mark.parametrize(
    ("locale", "name"), [("en", "Christmas Day"), ("pt_BR", "Natal"), ("pt-br", "Natal")]
)
def test_national_holidays_are_known_by_name(locale: str, name: str) -> None:
    """In the language of the house; other days have none, and neither has who keeps none."""
    policy = make_settings(quiet_holidays="true", locale=locale).policy
    assert policy.holiday(date(2026, 12, 25)) == name
    assert policy.holiday(date(2027, 12, 25)) == name
    assert policy.holiday(date(2026, 12, 24)) == ""
    assert make_settings(locale=locale).policy.holiday(date(2026, 12, 25)) == ""


def test_one_way_in_is_needed() -> None:
    """An app token or a signing secret; a wrong app token is one problem, not two."""
    neither = "is missing, and so is SLACK_APP_TOKEN: one of the two is needed"
    assert refused(slack_signing_secret=None) == neither
    assert make_settings(slack_signing_secret=None, slack_app_token=APP_TOKEN).slack_app_token
    wrong = refused(slack_signing_secret=None, slack_app_token="hello")
    assert wrong == "doesn't start with xapp-"


def test_approvals_must_be_possible() -> None:
    """Three can't be had of two people; how many a group holds only Slack knows."""
    assert refused(approvers="U111,U222", approvals=3) == "is more than the people in APPROVERS, 2"
    assert make_settings(approvers="U111,S222", approvals=3).approvals == 3
    assert make_settings(approvals=5).approvals == 5
    assert refused(approvals=0) == "is less than 1"
    assert refused(approvals=6) == "is more than 5"


def test_self_approval_goes_with_one_approval() -> None:
    """More than one means others' eyes; counting one's own would make that a lie."""
    assert "APPROVALS above 1" in refused(self_approval="yes", approvals=2)
    assert make_settings(self_approval="yes").self_approval
    assert refused(self_approval="maybe") == "is neither yes nor no"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://[::1]:80",
        "http://192.168.0.7",
        "http://10.1.2.3",
        "http://0.0.0.0:8080",
        "http://gateway",
        "http://torpedo.local",
    ],
)
def test_an_address_nobody_outside_can_call_is_warned_of(url: str) -> None:
    """Replies would never come; with a platform on this network it is as it should be."""
    (warning,) = make_settings(public_url=url).warnings
    assert warning.setting == "PUBLIC_URL"
    assert "can't call it back" in warning.what
    assert is_local(url)
    assert not make_settings(public_url=url, gateway_url="http://127.0.0.1:9/api.ashx").warnings


def test_a_rule_that_shuts_the_approvers_out_is_warned_of() -> None:
    """Where all must approve, none of them can ask; others still can, so it is allowed."""
    (warning,) = make_settings(approvers="U111,U222", approvals=2).warnings
    assert warning.setting == "APPROVALS"
    assert not make_settings(approvers="U111,U222,U333", approvals=2).warnings
    assert not make_settings(approvers="U111", self_approval=True).warnings
    assert not make_settings().warnings


def test_soap_needs_its_address() -> None:
    """The other two get along without."""
    assert "GATEWAY_WSDL is missing" in refused(gateway_door="soap")
    wsdl = "http://sms.example.com/painel/ServiceSms.asmx"
    for choice in ("AUTO", "http", "soap"):
        assert make_settings(gateway_door=choice, gateway_wsdl=wsdl).gateway_door == choice.lower()
    assert make_settings().gateway_door == "auto"


def test_doors_on_two_hosts_are_warned_of() -> None:
    """Status and hold of one door's campaigns are asked at the other."""
    here = make_settings(gateway_wsdl="http://sms.example.com:81/ServiceSms.asmx")
    assert here.warnings == ()
    (warning,) = make_settings(gateway_wsdl="http://other.example.com/ServiceSms.asmx").warnings
    assert (warning.setting, warning.what[:10]) == ("GATEWAY_WSDL", "is on anot")
