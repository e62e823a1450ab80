"""``torpedo check``: asks Slack and the SMS platform whether the settings work, in plain words."""

from bot.checking.findings import Finding
from bot.checking.report import render_findings, render_problems
from bot.checking.rounds import check

__all__ = ["Finding", "check", "render_findings", "render_problems"]
