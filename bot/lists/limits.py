"""How much of a file is read, so that any file at all takes 250 MB of memory at most."""

MOST_UNPACKED = 32_000_000
"""Of what a workbook packs, in bytes: 100,000 rows of four columns are about 30 million.

For a moment there are three of it: ours, what the reader is handed, and its own.
"""
MOST_STRINGS = 600_000
"""Texts that a workbook keeps apart from its cells."""
MOST_MEMBERS = 1000
"""Files that a workbook packs."""
MOST_ROWS = 100_000
"""Below the header, counting those with something in them."""
MOST_COLUMNS = 256
MOST_CELLS = 1_500_000
"""Rows times columns: 100,000 rows of fifteen columns."""
