"""The rows of ``getstatus``: 13 fields a message, and whatever else may come."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.receipts import Receipt
from bot.gateway.status_rows import StatusRow, StatusRows, read_rows

ZONE = ZoneInfo("America/Sao_Paulo")


def row(
    *,
    number: str = "31999990001",
    word: str = "ENVIADO COM SUCESSO",
    text: str = "Feliz Natal",
    queued: str = "2026-12-24 15:59:58",
    delivered: str = "2026-12-24 16:00:05",
) -> str:
    """Write a row as the platform does."""
    return f'9001;x;{queued};x;{delivered};x;"{word}";x;x;VIVO;"{number}";x;{text}'


def test_a_row_is_read_by_the_places_of_its_fields() -> None:
    """Where both times, the status, the carrier, the number and the text stand; times in UTC."""
    assert read_rows(row(), ZONE) == StatusRows(
        (
            StatusRow(
                number=read_rows(row(), ZONE).rows[0].number,
                raw_number="31999990001",
                word="ENVIADO COM SUCESSO",
                receipt=Receipt.DELIVERED,
                carrier="VIVO",
                queued_at=datetime(2026, 12, 24, 18, 59, 58, tzinfo=UTC),
                delivered_at=datetime(2026, 12, 24, 19, 0, 5, tzinfo=UTC),
                text="Feliz Natal",
            ),
        ),
        0,
    )
    assert read_rows(row(number="55 31 99999-0001"), ZONE).rows[0].number == "31999990001"


def test_a_word_never_seen_is_kept() -> None:
    """It stays unknown, and somebody may look at it."""
    (read,) = read_rows(row(word="EM ROTA"), ZONE).rows
    assert (read.receipt, read.word) == (Receipt.UNKNOWN, "EM ROTA")


def test_a_number_that_is_no_mobile_keeps_its_row() -> None:
    """The row is still about somebody; who, a person can read."""
    (read,) = read_rows(row(number="12125551234"), ZONE).rows
    assert (read.number, read.raw_number) == (None, "12125551234")


def test_a_message_may_hold_separators_quotes_and_line_breaks() -> None:
    """It is the last field, and a person's own words."""
    said = [
        read.text
        for read in read_rows(
            "\r\n".join(
                [
                    row(text="a;b;c"),
                    row(text='"a;b\r\n\r\nc ""d"""'),
                    row(text='tela de 5" ;)'),
                ]
            ),
            ZONE,
        ).rows
    ]
    assert said == ["a;b;c", 'a;b\n\nc "d"', 'tela de 5" ;)']


def test_a_stray_quote_does_not_swallow_the_rows_after_it() -> None:
    """A hundred people must not lose their status because one text begins with a quote."""
    read = read_rows("\n".join([row(text='"oi'), row(number="31999990002")]), ZONE)
    assert [one.raw_number for one in read.rows] == ["31999990001", "31999990002"]


def test_unreadable_rows_are_counted() -> None:
    """Headings, short lines and rows about nobody are skipped, and the rest is kept."""
    read = read_rows(
        "\n".join(["id;a;b", row(), "", "1;2;3", row(number=""), ";" * 12, row()]), ZONE
    )
    assert (len(read.rows), read.skipped) == (2, 4)


def test_no_time_is_no_time() -> None:
    """Empty, impossible, or the year 1 that .NET writes for none."""
    for written in ("", "0001-01-01 00:00:00", "2026-02-30 10:00:00", "ontem"):
        (read,) = read_rows(row(queued=written, delivered=written), ZONE).rows
        assert (read.queued_at, read.delivered_at) == (None, None)


def test_a_brazilian_time_is_read_too() -> None:
    """The manual shows its own shape for call-backs only; the server's may be the country's."""
    (read,) = read_rows(row(delivered="24/12/2026 16:00:05"), ZONE).rows
    assert read.delivered_at == datetime(2026, 12, 24, 19, 0, 5, tzinfo=UTC)


def test_a_field_larger_than_the_csv_reader_takes_is_still_read() -> None:
    """Whatever limits a reader has must not raise here."""
    (read,) = read_rows(row(text="a" * 200_000), ZONE).rows
    assert len(read.text) == 200_000


def test_nothing_is_no_row() -> None:
    """A campaign that has just been taken has none yet."""
    assert read_rows("", ZONE) == StatusRows((), 0)


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.text(alphabet='";\r\n\x00a1', max_size=60), max_size=6).map("\n".join),
        st.lists(st.builds(lambda text: row(text=text), st.text(max_size=30)), max_size=4).map(
            "\n".join
        ),
    )
)
def test_any_text_can_be_read(text: str) -> None:
    """Tracking one campaign must not stop at another's oddity."""
    read = read_rows(text, ZONE)
    assert len(read.rows) + read.skipped <= text.count("\n") + 1
