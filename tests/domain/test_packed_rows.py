"""Rows kept as one text each: what comes out is what went in."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.packed_rows import PackedRows, pack

rows = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.text(max_size=8), min_size=width, max_size=width))
)


@given(rows)
def test_every_cell_comes_back_in_its_place(table: list[list[str]]) -> None:
    """A cell in another's place would fill a text with somebody else's words; a NUL just goes."""
    packed = PackedRows(tuple(pack(table)))
    assert [list(row) for row in packed] == [
        [cell.replace("\0", "") for cell in row] for row in table
    ]
    assert len(packed) == len(table)
    assert list(packed[1:]) == list(packed)[1:]
