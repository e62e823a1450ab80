"""A file's rows: however they are read, the same people, and nobody lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Number
from bot.domain.numbers import Fault, LeftOut, clean, read_pieces, same_person_key
from bot.domain.sheets import Origin, Row, Sheet, read_sheet
from tests.domain.spellings import cells

tables = st.lists(st.tuples(st.text(max_size=3), cells, st.lists(st.just("x"), max_size=2)))


def make_sheet(table: list[tuple[str, str, list[str]]], size: int) -> Sheet:
    """Make one of three columns, in batches of so many rows, from line 2."""
    rows: list[Row] = [
        (line, [name, cell, *more]) for line, (name, cell, more) in enumerate(table, start=2)
    ]
    return Sheet(
        origin=Origin(column="fone", is_named=True),
        columns=("nome", "fone", "cidade"),
        phone=1,
        batches=[rows[at : at + size] for at in range(0, len(rows), size)],
    )


def read_plainly(table: list[tuple[str, str, list[str]]]) -> tuple[list[object], list[LeftOut]]:
    """Read cell by cell, as the rule says it: a number, or several, or none."""
    taken: list[object] = []
    left_out: list[LeftOut] = []
    seen: set[str] = set()
    for line, (name, cell, more) in enumerate(table, start=2):
        whole = clean(cell)
        alone = [(cell.strip(), whole)]
        pieces = list(read_pieces(cell)) if isinstance(whole, Fault) else alone
        for piece, read in pieces or [("", Fault.BLANK)]:
            if isinstance(read, Fault):
                left_out.append(LeftOut(line, piece[:80], read))
            elif same_person_key(read) in seen:
                left_out.append(LeftOut(line, piece[:80], Fault.DUPLICATE))
            else:
                seen.add(same_person_key(read))
                row = [word.replace("\0", "") for word in [name, cell, *more, ""][:3]]
                taken.append((line, read, row))
    return taken, left_out


@given(tables, st.sampled_from([1, 3, 1000]))
def test_many_at_once_are_read_as_one_by_one(
    table: list[tuple[str, str, list[str]]], size: int
) -> None:
    """The quick way changes nobody's number, line or row, and nobody's reason to be left out."""
    found = read_sheet(make_sheet(table, size)).recipients
    taken = [
        (line, number, list(row))
        for line, number, row in zip(found.lines, found.numbers, found.rows, strict=True)
    ]
    assert (taken, list(found.left_out)) == read_plainly(table)


@given(tables, st.sets(cells.map(clean).filter(lambda read: not isinstance(read, Fault))))
def test_no_row_is_lost_on_the_way_to_the_list(
    table: list[tuple[str, str, list[str]]], unwanted: set[Number]
) -> None:
    """Each line is found among the recipients or the left out, also of who asked for no more."""
    found = read_sheet(make_sheet(table, 1000)).recipients
    left = found.without(frozenset(unwanted))
    lines = {*left.lines, *(one.line for one in left.left_out)}
    assert lines == set(range(2, len(table) + 2))
    assert not unwanted & set(left.numbers)
    assert len(left.numbers) + len(left.left_out) == len(found.numbers) + len(found.left_out)
