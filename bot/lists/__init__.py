"""The room that reads lists of people out of files, and trusts nothing about them."""

from bot.lists.reading import read_file

__all__ = ["read_file"]
