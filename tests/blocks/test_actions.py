"""What a button carries comes back as it was, or not at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CampaignId, PartId
from handlers.blocks.actions import PartPress, Press, read_part_press, read_press
from tests.blocks.random_views import digests
from tests.blocks.views import CAMPAIGN, DIGEST

presses = st.builds(
    Press,
    st.integers(1, 10**18 - 1).map(CampaignId),
    st.integers(1, 10**9 - 1),
    digests,
    st.none() | st.integers(1, 10**10).map(lambda at: datetime.fromtimestamp(at, tz=UTC)),
)
part_presses = st.builds(
    PartPress,
    st.integers(1, 10**18 - 1).map(CampaignId),
    st.integers(1, 10**18 - 1).map(PartId),
    st.integers(0, 10**9 - 1),
)


@given(presses)
def test_a_press_survives_its_button(press: Press) -> None:
    """An approval is for exactly what the card showed, so nothing may change on the way."""
    assert read_press(press.encode()) == press
    assert len(press.encode()) <= 2000


@pytest.mark.parametrize(
    "value",
    [
        "",
        "42",
        "42.1",
        f"42.1.{DIGEST[:-1]}",
        f"42.1.{DIGEST}0",
        f"0.1.{DIGEST}",
        f"-1.1.{DIGEST}",
        f"42.1.{DIGEST.upper()}",
        f"42.1.{DIGEST}\n",
        f"٤٢.1.{DIGEST}",
        f"{'9' * 40}.1.{DIGEST}",
        f"42.1.{DIGEST}@",
        f"42.1.{DIGEST}@0",
        f"42.1.{DIGEST}@{'9' * 12}",
    ],
)
def test_garbage_is_no_press(value: str) -> None:
    """A value that we didn't write is refused before anybody acts on it."""
    with pytest.raises(ValueError, match="not a button's value"):
        read_press(value)


@given(st.text())
def test_any_text_is_a_press_or_refused(value: str) -> None:
    """No value makes it fall over."""
    try:
        assert read_press(value).encode() == value
    except ValueError:
        assert value != Press(CAMPAIGN.id, 1, DIGEST).encode()


@given(part_presses)
def test_a_press_about_a_part_survives_its_button(press: PartPress) -> None:
    """A decision is about one try of one part, so nothing may change on the way."""
    assert read_part_press(press.encode()) == press
    assert PartPress(CampaignId(42), PartId(7), 0).encode() == "42.7.0"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "42",
        "42.7",
        "42.7.",
        "0.7.0",
        "42.0.0",
        "42.7.-1",
        "42.7.00",
        "42.7.0\n",
        " 42.7.0",
        "٤٢.7.0",
        f"42.7.{'9' * 10}",
        f"42.7.0.{DIGEST}",
        f"42.1.{DIGEST}",
    ],
)
def test_garbage_is_no_press_about_a_part(value: str) -> None:
    """A value that we didn't write is refused before anybody acts on it."""
    with pytest.raises(ValueError, match="not a part's button value"):
        read_part_press(value)


@given(st.text())
def test_any_text_is_a_press_about_a_part_or_refused(value: str) -> None:
    """No value makes it fall over."""
    try:
        assert read_part_press(value).encode() == value
    except ValueError:
        assert value != "42.7.0"
