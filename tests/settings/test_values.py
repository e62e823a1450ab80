"""What each setting takes, and what follows from them together."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.optouts import OptOutWords
from bot.domain.quiet import QuietSpan
from bot.services.tracking import StatusScope
from bot.settings import LogFormat
from tests.settings.samples import APP_TOKEN, BOT_TOKEN, make_settings, refused


@pytest.mark.parametrize(
    ("name", "token", "words"),
    [
        ("slack_bot_token", APP_TOKEN, "belongs in SLACK_APP_TOKEN"),
        ("slack_bot_token", "xoxp-1-2", "a person's token"),
        ("slack_bot_token", "xoxe.xoxb-1-2", "turn token rotation off"),
        ("slack_bot_token", "hello", "doesn't start with xoxb-"),
        ("slack_bot_token", f'"{BOT_TOKEN}"', "doesn't start with xoxb-"),
        ("slack_bot_token", "xoxb-1 -2", "has a space or a line break inside"),
        ("slack_app_token", BOT_TOKEN, "belongs in SLACK_BOT_TOKEN"),
        ("slack_app_token", "hello", "doesn't start with xapp-"),
        ("slack_signing_secret", BOT_TOKEN, "belongs in SLACK_BOT_TOKEN"),
        ("slack_signing_secret", "ab\ncd", "has a space or a line break inside"),
    ],
)
def test_a_token_in_the_wrong_place_is_recognised(name: str, token: str, words: str) -> None:
    """Three secrets, three places: it says which one this is."""
    assert words in refused(**{name: token})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sms.example.com/painel/api.ashx", "starts with http://"),
        ("ftp://sms.example.com", "starts with http://"),
        ("http://", "starts with http://"),
        ("http:///painel", "starts with http://"),
        ("http://h/api.ashx?action=sendsms&lgn=a&pwd=b", "goes on after a ?"),
        ("http://h/api.ashx?", "goes on after a ?"),
        ("http://h/#top", "goes on after a ?"),
        ("http://ana:senha@h/api.ashx", "has a login inside"),
        ("http://@h/api.ashx", "has a login inside"),
        ("http://h:99999/", "isn't an address"),
        ("http://[::1/", "isn't an address"),
        ("http://h/a b", "isn't an address"),
        ("http://h/painel/ServiceSms.asmx", "is the SOAP address"),
    ],
)
def test_an_address_is_only_an_address(url: str, words: str) -> None:
    """An address copied with its credentials would carry them into every log."""
    assert words in refused(gateway_url=url)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("http://h/painel/ServiceSms.asmx", "http://h/painel/ServiceSms.asmx?WSDL"),
        ("http://h/painel/ServiceSms.asmx?wsdl", "http://h/painel/ServiceSms.asmx?wsdl"),
        ("http://h/painel/ServiceSms.asmx?", "http://h/painel/ServiceSms.asmx?WSDL"),
    ],
)
def test_the_wsdl_is_found_from_the_soap_address(typed: str, read: str) -> None:
    """The manual gives the bare one."""
    assert make_settings(gateway_wsdl=typed).gateway_wsdl == read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("http://h/painel/api.ashx", "is the HTTP address"),
        ("h/ServiceSms.asmx", "isn't an address"),
        ("http://a:b@h/ServiceSms.asmx", "has a login inside"),
        ("http://h/ServiceSms.asmx?WSDL#x", "goes on after a #"),
    ],
)
def test_a_wsdls_address_that_cannot_be_one_is_refused(typed: str, words: str) -> None:
    """Most likely it is the other door's."""
    assert words in refused(gateway_wsdl=typed)


def test_an_address_ends_as_it_is_used() -> None:
    """Paths are put behind the public address, method names behind Slack's."""
    settings = make_settings(public_url="https://t.example.com/sms/", slack_api_url="http://h/api")
    assert settings.public_url == "https://t.example.com/sms"
    assert settings.slack_api_url == "http://h/api/"


@pytest.mark.parametrize(
    ("typed", "users", "groups"),
    [
        ("", [], []),
        (" , ", [], []),
        ("U024BE7LH", ["U024BE7LH"], []),
        ("U111, W222,S333,", ["U111", "W222"], ["S333"]),
        (
            "<@U111>,<@W222|ana>,<!subteam^S333>,<!subteam^S444|@a>",
            ["U111", "W222"],
            ["S333", "S444"],
        ),
        ("U111,S333,U111,S333", ["U111"], ["S333"]),
    ],
)
def test_approvers_are_ids_or_mentions(typed: str, users: list[str], groups: list[str]) -> None:
    """As a profile gives them or as Slack mentions them; each counts once."""
    approvers = make_settings(approvers=typed).approvers
    assert (list(approvers.users), list(approvers.groups)) == (users, groups)


@pytest.mark.parametrize("typed", ["@ana", "U111,C333", "U111 W222", "u111", "U1"])
def test_an_approver_of_another_shape_is_refused(typed: str) -> None:
    """A name, a channel, or small letters would quietly approve nothing."""
    assert "neither a person's id" in refused(approvers=typed)


def test_the_wrong_approver_is_told_by_its_place() -> None:
    """Its own words might be a secret; its number is enough to find it."""
    assert "an entry, number 2," in refused(approvers="U111,,ana,U222")


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("21:00-08:00", QuietSpan(time(21), time(8))),
        ("22-7", QuietSpan(time(22), time(7))),
        ("12:30 – 13:45", QuietSpan(time(12, 30), time(13, 45))),
        ("off", None),
        ("OFF", None),
        ("none", None),
        ("", None),
        ("  ", None),
    ],
)
def test_quiet_hours_are_two_times_or_none(typed: str, span: QuietSpan | None) -> None:
    """As people write them."""
    assert make_settings(quiet_hours=typed).quiet_hours == span


@pytest.mark.parametrize("typed", ["night", "21:00", "24:00-08:00", "21:60-08:00", "21-", "٢١-٠٨"])
def test_quiet_hours_of_no_known_shape_are_refused(typed: str) -> None:
    """Taken for none, they would wake people."""
    assert refused(quiet_hours=typed) == "isn't two times of day such as 21:00-08:00, nor off"


def test_quiet_hours_of_no_length_are_refused() -> None:
    """The whole day or never: nobody can tell which was meant."""
    assert "at the same time" in refused(quiet_hours="08:00-8")


@given(start=st.times(), end=st.times())
def test_a_span_reads_back(start: time, end: time) -> None:
    """Any two minutes of the day that differ are taken as they are."""
    first, second = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    if first != second:
        settings = make_settings(quiet_hours=f"{first:%H:%M}-{second:%H:%M}")
        assert settings.quiet_hours == QuietSpan(first, second)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        (" , ", ()),
        ("REMOVER", ("REMOVER",)),
        ("Remover, não quero,,tchau, Remover", ("Remover", "não quero", "tchau")),
    ],
)
def test_opt_out_words_are_a_list(typed: str, words: tuple[str, ...]) -> None:
    """Phrases, too; each counts once."""
    assert make_settings(opt_out_words=typed).policy.opt_out_words == OptOutWords(words)


def test_an_opt_out_word_of_signs_alone_is_refused() -> None:
    """Replies are compared by letters and digits, so it would never be met."""
    assert refused(opt_out_words="TCHAU, ..., !") == (
        "has an entry, number 2, without a letter or a digit"
    )


def test_spelling_is_forgiven_where_it_is_clear() -> None:
    """Capitals and hyphens tell nobody anything here."""
    settings = make_settings(
        locale="pt-br", log_format="JSON", log_level="debug", gateway_status_scope="Campaign"
    )
    assert settings.locale == "pt_BR"
    assert settings.log_format is LogFormat.JSON
    assert settings.log_level == "DEBUG"
    assert settings.gateway_status_scope is StatusScope.CAMPAIGN


def test_seconds_may_be_broken() -> None:
    """And are whole where nothing is said."""
    assert make_settings(gateway_timeout="2.5").gateway_timeout == 2.5
    assert make_settings().gateway_timeout == 30


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("gateway_timezone", "Brasilia", "isn't a time zone"),
        ("gateway_timezone", "America", "isn't a time zone"),
        ("gateway_timezone", "../../etc/passwd", "isn't a time zone"),
        ("gateway_timezone", "a\0b", "isn't a time zone"),
        ("gateway_status_scope", "both", "isn't one of"),
        ("gateway_max_url_bytes", "399", "is less than 400"),
        ("gateway_timeout", "0.5", "is less than 1"),
        ("gateway_timeout", "120.5", "is more than 120"),
        ("gateway_timeout", "nan", "is more than 120"),
        ("gateway_timeout", "30 s", "isn't a number"),
        ("port", "65536", "is more than 65535"),
        ("port", "-1", "is less than 0"),
        ("port", "8080.5", "isn't a whole number"),
        ("port", "9" * 5000, "is too large"),
        ("approval_hours", "0", "is less than 1"),
        ("database", "sqlite:///torpedo.db", "is an address"),
        ("log_level", "LOUD", "isn't one of"),
    ],
)
def test_a_value_out_of_bounds_is_told(name: str, value: str, words: str) -> None:
    """The words say what would do."""
    said = refused(**{name: value})
    assert words in said
    assert ".0" not in said
