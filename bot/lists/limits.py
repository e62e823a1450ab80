"""How much of a file is read, so that any file at all takes 250 MB of memory at most."""

MOST_UNPACKED = 64_000_000
"""Of what a workbook packs, in bytes: 100,000 rows of ten columns are about 60 million."""
MOST_MEMBERS = 1000
"""Files that a workbook packs."""
MOST_ROWS = 100_000
"""Below the header, counting those with something in them."""
MOST_COLUMNS = 256
MOST_CELLS = 2_000_000
"""Rows times columns: 100,000 rows of twenty columns."""
