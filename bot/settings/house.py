"""The settings as the program uses them: the rules between them, and what follows from them."""

from typing import Any

from pydantic import ConfigDict, SecretStr, ValidationInfo, field_validator, model_validator

from bot.domain.policy import Policy
from bot.domain.quiet import no_holiday
from bot.gateway.doors import DoorChoice
from bot.settings.fields import Fields
from bot.settings.holidays import NationalHolidays
from bot.settings.problems import Problem, explain
from bot.settings.urls import is_local, read_host
from bot.settings.values import Approvers


class Settings(Fields):
    """Every setting, checked. It takes what it is given and reads nothing: ``load`` reads."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True
    )

    @property
    def policy(self) -> Policy:
        """The rules of the house, as the domain takes them."""
        return Policy(
            zone=self.gateway_timezone,
            approvals=self.approvals,
            approvers=self.approvers.users,
            groups=self.approvers.groups,
            self_approval=self.self_approval,
            approval_hours=self.approval_hours,
            quiet=self.quiet_hours,
            quiet_sundays=self.quiet_sundays,
            holiday=NationalHolidays(self.locale) if self.quiet_holidays else no_holiday,
            answers_need_approval=self.answers_need_approval,
            repeat_hours=self.repeat_hours,
            opt_out_words=self.opt_out_words,
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must never show; the login stands apart, as it may be a mere word."""
        every = (
            self.slack_bot_token,
            self.slack_app_token,
            self.slack_signing_secret,
            self.gateway_password,
        )
        return tuple(one.get_secret_value() for one in every if one is not None)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is allowed, yet seldom meant."""
        return tuple(self._find_unreachable() + self._find_strangers() + self._find_stuck())

    def _find_unreachable(self) -> list[Problem]:
        if not is_local(self.public_url) or is_local(self.gateway_url):
            return []
        what = "is an address of this network: the SMS platform can't call it back from outside"
        return [explain("public_url", what, type(self).model_fields)]

    def _find_strangers(self) -> list[Problem]:
        wsdl = self.gateway_wsdl
        if wsdl is None or read_host(wsdl) == read_host(self.gateway_url):
            return []
        what = "is on another host than GATEWAY_URL: both have to be the same platform's"
        return [explain("gateway_wsdl", what, type(self).model_fields)]

    def _find_stuck(self) -> list[Problem]:
        people = len(self.approvers.users)
        everyone = people == self.approvals and not self.approvers.groups
        if not everyone or self.self_approval:
            return []
        what = "needs everybody in APPROVERS: what one of them asks for can never be approved"
        return [explain("approvals", what, type(self).model_fields)]

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Read ``PORT=`` as not set; quiet hours alone mean something when they are empty.

        A password keeps the spaces round it: they may be its own.
        """
        tidy = {name: _trim(name, value) for name, value in given.items()}
        return {name: value for name, value in tidy.items() if value != ""}

    @field_validator("slack_signing_secret")
    @classmethod
    def _check_slack_can_come_in(
        cls, secret: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if secret is None and info.data.get("slack_app_token", "a wrong one") is None:
            what = "is missing, and so is SLACK_APP_TOKEN: one of the two is needed"
            raise ValueError(what)
        return secret

    @field_validator("gateway_door")
    @classmethod
    def _check_soap_has_an_address(cls, choice: DoorChoice, info: ValidationInfo) -> DoorChoice:
        if choice is DoorChoice.SOAP and info.data.get("gateway_wsdl", "a wrong one") is None:
            what = "is soap, and GATEWAY_WSDL is missing: it says where that is"
            raise ValueError(what)
        return choice

    @field_validator("approvals")
    @classmethod
    def _check_enough_approvers(cls, approvals: int, info: ValidationInfo) -> int:
        named = info.data.get("approvers", Approvers())
        if named.users and not named.groups and approvals > len(named.users):
            what = f"is more than the people in APPROVERS, {len(named.users)}"
            raise ValueError(what)
        return approvals

    @field_validator("self_approval")
    @classmethod
    def _check_one_rule(cls, allowed: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - pydantic hands it over by place
        if allowed and info.data.get("approvals", 1) > 1:
            what = "can't go with APPROVALS above 1, which asks for other people's eyes"
            raise ValueError(what)
        return allowed


def _trim(name: str, value: object) -> object:
    if not isinstance(value, str) or name == "gateway_password":
        return value
    return value.strip() or ("off" if name == "quiet_hours" else "")
