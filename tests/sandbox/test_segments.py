"""The platform's own count of segments."""

import pytest
import smsutil
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.segments import count_segments

LETTERS = (
    st.sampled_from("aZ0 @£é€[]~\n") | st.sampled_from("ãçá👍漢") | st.characters(codec="utf-8")
)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ã" * 70, 1),
        ("ã" * 71, 2),
        ("👍" * 35, 1),
        ("ã" + "👍" * 66, 2),
        ("Ç é à", 1),
    ],
)
def test_limits_of_a_segment(text: str, segments: int) -> None:
    """160 or 70 alone, 153 or 67 joined; an escaped letter is never split."""
    assert count_segments(text) == segments


@settings(deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=330))
def test_the_count_agrees_with_an_oracle(text: str) -> None:
    """`smsutil` splits the same text into as many parts."""
    assert count_segments(text) == len(smsutil.split(text).parts)
