"""Phone numbers as lists have them, for Hypothesis."""

from hypothesis import strategies as st

from bot.domain.numbers import DDDS

mobiles = st.builds(
    "{}{}{:08d}".format,
    st.sampled_from(sorted(DDDS)),
    st.sampled_from(["9"]),
    st.integers(min_value=0, max_value=99_999_999),
)
digits = st.text("0123456789", min_size=1, max_size=14)
written = st.builds(
    "{}{:02d}{}{:07d}".format,
    st.sampled_from(["", "+55", "55", "0", "+55 ", "015", "(0"]),
    st.integers(min_value=11, max_value=99),
    st.sampled_from(["2", "3", "5", "6", "7", "8", "9", "91", "97", "99", "81", "31"]),
    st.integers(min_value=0, max_value=9_999_999),
)
"""Of every area that there could be, mobiles and others."""

_FORMS = (
    "{ddd}{head}{tail}",
    "+55 ({ddd}) {head}-{tail}",
    "0xx{ddd} {head}{tail}",
    "0{ddd}{head}{tail}",
    "{ddd}.{head}.{tail}",
    "{ddd}{head}{tail}.0",
    " {ddd}\xa0{head}\u2011{tail}\n",
    "{ddd}" + " " * 60 + "{head}{tail}",
)
few = st.builds(
    lambda form, ddd, head, tail: form.format(ddd=ddd, head=head, tail=tail),
    st.sampled_from(_FORMS),
    st.sampled_from(["31", "55", "20"]),
    st.sampled_from(["99999", "9999", "3333"]),
    st.sampled_from(["0001", "0002"]),
)
"""So few people, spelled in so many ways, that most lists name somebody twice."""
cells = st.one_of(
    few,
    written,
    mobiles,
    st.lists(few, min_size=2, max_size=3).map(" / ".join),
    st.lists(few, max_size=3).map(",".join),
    st.text(max_size=12),
    st.just(""),
)
"""What may stand in a file's column of phone numbers."""
