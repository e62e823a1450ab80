"""A card that changed is seen by somebody before people see it."""

import pytest

from tests.blocks.golden_cards import CARDS, FOLDER, NOTICES, draw


@pytest.mark.parametrize("name", [*CARDS, *NOTICES])
def test_card_is_as_it_was_agreed(name: str) -> None:
    """Block by block. A wanted change is written down with ``golden_cards``."""
    assert draw(name) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def test_no_file_is_left_over() -> None:
    """A card that is no longer drawn has no file."""
    assert {path.stem for path in FOLDER.iterdir()} == {*CARDS, *NOTICES}
