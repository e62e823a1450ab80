"""What can be set: each setting's type, default, and where its value is had.

The descriptions are what people read: in ``docs/settings.md``, in ``.env.example``, and beside
every problem. They keep to ASCII and carry no mark-up, since terminals show them too.
"""

from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr

from bot.domain.optouts import BUILT_IN, OptOutWords
from bot.domain.quiet import QuietSpan
from bot.gateway.doors import DoorChoice
from bot.services.tracking import StatusScope
from bot.settings import tokens, urls, values
from bot.settings.values import Approvers


class LogFormat(StrEnum):
    """How a log line is written: for people, or for programs."""

    TEXT = "text"
    JSON = "json"


LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Locale = Literal["en", "pt_BR"]


class Fields(BaseModel):
    """Every setting by itself.

    A setting that a rule compares with others stands after those: pydantic hands its check what
    is already known to be right, so that one round finds every problem.
    """

    slack_bot_token: Annotated[SecretStr, AfterValidator(tokens.read_bot_token)] = Field(
        description="The bot token (xoxb-...). From api.slack.com/apps > your app > OAuth &"
        " Permissions > Bot User OAuth Token, once the app is installed."
    )
    slack_app_token: Annotated[SecretStr, AfterValidator(tokens.read_app_token)] | None = Field(
        default=None,
        description="The app token (xapp-...), for Socket Mode. From Basic Information > App-Level"
        " Tokens, with the scope connections:write. Without one, Slack calls PUBLIC_URL.",
    )
    slack_signing_secret: (
        Annotated[SecretStr, AfterValidator(tokens.read_signing_secret)] | None
    ) = Field(
        default=None,
        description="Proves that a request comes from Slack. From Basic Information > App"
        " Credentials > Signing Secret. Needed where there is no SLACK_APP_TOKEN.",
    )
    slack_api_url: Annotated[str, AfterValidator(urls.read_api_url)] = Field(
        default="https://slack.com/api/",
        description="Slack's Web API. Leave it, unless the Slack is a pretend one.",
    )
    gateway_url: Annotated[str, AfterValidator(urls.read_gateway_url)] = Field(
        description="The SMS platform's HTTP address, such as http://HOST/painel/api.ashx. From"
        " the platform's API manual."
    )
    gateway_login: SecretStr = Field(
        description="The login of the platform's API user. From whoever made that user there."
    )
    gateway_password: SecretStr = Field(description="The password of the same API user.")
    gateway_timezone: ZoneInfo = Field(
        default=ZoneInfo("America/Sao_Paulo"),
        description="The time zone in which the platform reads and tells times.",
    )
    gateway_wsdl: Annotated[str, AfterValidator(urls.read_wsdl_url)] | None = Field(
        default=None,
        description="The SMS platform's SOAP address, such as"
        " http://HOST/painel/ServiceSms.asmx?WSDL. With it, thousands of people go in one request"
        " instead of one for every 150. From the platform's API manual.",
    )
    gateway_door: Annotated[DoorChoice, BeforeValidator(values.read_lower)] = Field(
        default=DoorChoice.AUTO,
        description="Which way campaigns go to the platform: auto (HTTP while a list fits one"
        " address, SOAP beyond that where GATEWAY_WSDL is set), http or soap.",
    )
    gateway_max_url_bytes: int = Field(
        default=2000,
        ge=400,
        le=8000,
        description="The longest address the platform takes, 400 to 8000 bytes. The higher, the"
        " more numbers in one request.",
    )
    gateway_timeout: float = Field(
        default=30,
        ge=1,
        le=120,
        description="How many seconds the platform may take for one answer, 1 to 120. Better too"
        " long: what went out and had no answer in time is of unknown fate, and a person has to"
        " settle it.",
    )
    gateway_status_scope: Annotated[StatusScope, BeforeValidator(values.read_lower)] = Field(
        default=StatusScope.ACCOUNT,
        description="Whether the platform answers one getstatus a minute for the whole account or"
        " for each campaign: account or campaign. In doubt, account.",
    )
    public_url: Annotated[str, AfterValidator(urls.read_url)] = Field(
        description="Where the SMS platform (and Slack, without SLACK_APP_TOKEN) reaches Torpedo,"
        " such as https://torpedo.example.com. From whoever runs your proxy or tunnel."
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address to listen on. 0.0.0.0, as in a container, for all there are.",
    )
    port: int = Field(
        default=8080, ge=0, le=65535, description="The port to listen on. 0 for any free one."
    )
    database: Annotated[Path, BeforeValidator(values.read_path)] = Field(
        default=Path("torpedo.db"),
        description="The file that holds everything; made where there is none. Back it up.",
    )
    approvers: Annotated[Approvers, BeforeValidator(values.read_approvers)] = Field(
        default=Approvers(),
        description="Who may approve: ids of people (U...) and user groups (S...), with commas"
        " between. From a profile in Slack > three dots > Copy member ID. Empty for any full"
        " member of the channel.",
    )
    approvals: int = Field(
        default=1, ge=1, le=5, description="How many people must approve a campaign, 1 to 5."
    )
    self_approval: bool = Field(
        default=False,
        description="Whether people may approve what they asked for themselves: true or false.",
    )
    approval_hours: int = Field(
        default=24,
        ge=1,
        le=720,
        description="How many hours a campaign waits for approval before it expires, 1 to 720.",
    )
    answers_need_approval: bool = Field(
        default=False,
        description="Whether an answer to one customer's reply is approved like a campaign: true or"
        " false. With false, whoever writes it sends it.",
    )
    repeat_hours: int = Field(
        default=24,
        ge=0,
        le=720,
        description="How many hours back a campaign is held against others: nearly the same text to"
        " many of the same people is said on the card, and approving it asks once more. 0 to 720; 0"
        " for never.",
    )
    opt_out_words: Annotated[OptOutWords, BeforeValidator(values.read_opt_out_words)] = Field(
        default=BUILT_IN,
        description="Words or short phrases that opt customers out when they are a whole"
        " reply, with commas between, such as REMOVER,NAO QUERO. SAIR, PARE, PARAR, STOP and"
        " CANCELAR always do.",
    )
    quiet_hours: Annotated[QuietSpan | None, BeforeValidator(values.read_quiet_hours)] = Field(
        default=QuietSpan(time(21), time(8)),
        description="When nothing is sent, by the clocks of GATEWAY_TIMEZONE, unless an approver"
        " allows it. off for never.",
    )
    quiet_sundays: bool = Field(
        default=False, description="Whether Sundays are quiet, too, the whole day: true or false."
    )
    quiet_holidays: bool = Field(
        default=False,
        description="Whether Brazil's national holidays are quiet, too, the whole day: true or"
        " false.",
    )
    locale: Annotated[Locale, BeforeValidator(values.read_locale)] = Field(
        default="en", description="The language Torpedo speaks in Slack: en or pt_BR."
    )
    log_format: Annotated[LogFormat, BeforeValidator(values.read_lower)] = Field(
        default=LogFormat.TEXT, description="How logs are written: text, or json for programs."
    )
    log_level: Annotated[LogLevel, BeforeValidator(values.read_upper)] = Field(
        default="INFO", description="What is logged: DEBUG, INFO, WARNING or ERROR, and worse."
    )
