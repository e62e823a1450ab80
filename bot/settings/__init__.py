"""Settings: what can be set, where each value is had, and every problem told at once."""

from bot.settings.fields import LogFormat
from bot.settings.house import Settings
from bot.settings.loading import load
from bot.settings.pages import env_example, renew, settings_table
from bot.settings.problems import Problem, WrongSettings

__all__ = [
    "LogFormat",
    "Problem",
    "Settings",
    "WrongSettings",
    "env_example",
    "load",
    "renew",
    "settings_table",
]
