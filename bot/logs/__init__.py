"""Logging: one stream for the program and its libraries, with every secret taken out."""

from bot.logs.cleaning import Cleaner
from bot.logs.stream import configure_logs

__all__ = ["Cleaner", "configure_logs"]
