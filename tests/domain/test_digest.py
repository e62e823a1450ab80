"""The digest: it changes exactly when the content does."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import seal, short
from bot.domain.ids import Digest, Number
from tests.builders import ACCOUNT, NOON, ONE, TWO

Content = tuple[str, tuple[str, ...], datetime | None, str, str]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.lists(
    st.from_regex(r"[1-9][1-9]9?[6-9][0-9]{7}", fullmatch=True), unique=True, max_size=4
).map(lambda found: tuple(sorted(found)))
times = st.none() | st.datetimes(timezones=st.just(UTC))
contents = st.tuples(texts, numbers, times, texts, st.sampled_from(["http", "soap"]))


def _seal(content: Content) -> Digest:
    text, people, send_at, account, door = content
    return seal(text, map(Number, people), send_at, account=account, door=door)


@given(contents, contents)
def test_the_digest_is_the_same_only_for_the_same_content(one: Content, other: Content) -> None:
    """Text, people, time, account, door: a change to any of them is another campaign."""
    assert (_seal(one) == _seal(other)) is (one == other)


@given(content=contents, is_filled=st.booleans(), is_quiet=st.booleans())
def test_the_digest_is_that_of_plain_json(
    *, content: Content, is_filled: bool, is_quiet: bool
) -> None:
    """It is written by a shorter way, and campaigns that wait keep the digest they were given."""
    text, people, send_at, account, door = content
    when = None if send_at is None else send_at.isoformat()
    own = [f"Oi {at}" for at in range(len(people))] if is_filled else None
    listed = sorted(people) if own is None else sorted(zip(people, own, strict=True))
    facts = [text, listed, when, account, door, *["quiet"] * is_quiet]
    sealed = seal(
        text,
        map(Number, people),
        send_at,
        account=account,
        door=door,
        texts=own,
        quiet=is_quiet,
    )
    assert sealed == hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@given(texts, texts)
def test_letters_cannot_move_between_fields(one: str, other: str) -> None:
    """The end of the text isn't the beginning of the account."""
    whole = seal(one + other, [], None, account="", door="")
    assert (seal(one, [], None, account=other, door="") == whole) is (other == "")


@given(texts, texts)
def test_each_person_is_bound_together_with_their_own_text(one: str, other: str) -> None:
    """Two texts that change places are another campaign; people in another order aren't."""

    def seal_both(*own: tuple[Number, str]) -> Digest:
        people, said = zip(*own, strict=True)
        return seal("{nome}", people, None, account=ACCOUNT, door="http", texts=said)

    found = seal_both((ONE, one), (TWO, other))
    assert seal_both((TWO, other), (ONE, one)) == found
    assert (seal_both((ONE, other), (TWO, one)) == found) is (one == other)
    assert seal("{nome}", [ONE, TWO], None, account=ACCOUNT, door="http") != found


@given(st.permutations([ONE, TWO, Number("1177770003"), Number("11977770004")]))
def test_the_order_of_people_changes_nothing(people: list[Number]) -> None:
    """Everybody gets the same text, whoever is named first."""
    assert seal("oi", people, None, account=ACCOUNT, door="http") == seal(
        "oi", sorted(people), None, account=ACCOUNT, door="http"
    )


@given(st.integers(-14, 14))
def test_the_same_moment_in_another_zone_is_the_same_content(hours: int) -> None:
    """A time is a moment, however its zone writes it."""
    there = NOON.astimezone(timezone(timedelta(hours=hours)))
    assert seal("oi", [ONE], there, account=ACCOUNT, door="http") == seal(
        "oi", [ONE], NOON, account=ACCOUNT, door="http"
    )


def test_a_wish_for_quiet_time_is_part_of_it() -> None:
    """What was approved without one isn't sent with one; without one it is as it always was."""
    plain = seal("oi", [ONE], None, account=ACCOUNT, door="http")
    assert seal("oi", [ONE], None, account=ACCOUNT, door="http", quiet=True) != plain
    assert seal("oi", [ONE], None, account=ACCOUNT, door="http", quiet=False) == plain


def test_a_digest_is_shown_in_two_short_groups() -> None:
    """People compare eight letters, not sixty-four."""
    digest = seal("oi", [ONE], None, account=ACCOUNT, door="http")
    assert len(digest) == 64
    assert short(digest).split("·") == [digest[:4], digest[4:8]]
