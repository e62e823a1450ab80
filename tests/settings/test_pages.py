"""The pages that tell about settings stay true."""

from pathlib import Path

import pytest

from bot.settings import Settings, env_example, load, renew, settings_table
from bot.settings.pages import DOCS, EXAMPLE, with_table
from tests.settings.samples import RIGHT

ROOT = Path(__file__).parents[2]
HOW = 'it is out of date; renew it: .venv/bin/python -c "from bot.settings import renew; renew()"'


def test_the_page_on_settings_is_true() -> None:
    """A table written by hand would be wrong by the second change."""
    page = (ROOT / DOCS).read_text(encoding="utf-8")
    assert page == with_table(page), f"{DOCS}: {HOW}"


def test_the_example_is_true() -> None:
    """It is what people start from."""
    assert (ROOT / EXAMPLE).read_text(encoding="utf-8") == env_example(), f"{EXAMPLE}: {HOW}"


def test_every_setting_is_told_with_its_default() -> None:
    """Name, default, what it is: one row each."""
    rows = settings_table().splitlines()[2:]
    assert len(rows) == len(Settings.model_fields)
    assert any(row.startswith("| `QUIET_HOURS` | `21:00-08:00` | When") for row in rows)
    assert any(row.startswith("| `SELF_APPROVAL` | `false` | ") for row in rows)
    assert any(row.startswith("| `GATEWAY_LOGIN` | **required** | ") for row in rows)
    assert any(row.startswith("| `APPROVERS` |  | ") for row in rows)
    assert all(row.count("|") == 4 for row in rows)


def test_the_example_is_a_file_that_can_be_read(
    bare_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each default in it, made live, is the setting's own default."""
    live = [line.removeprefix("# ") for line in env_example().splitlines()]
    assigned = [line for line in live if line.partition("=")[0].lower() in Settings.model_fields]
    path = bare_place / ".env"
    path.write_text("\n".join(assigned), encoding="utf-8")
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    assert load(path).model_dump() == load(None).model_dump()
    assert len(assigned) == len(Settings.model_fields)


def test_pages_are_renewed_in_place(tmp_path: Path) -> None:
    """The words round the table are people's, and stay."""
    page = (ROOT / DOCS).read_text(encoding="utf-8")
    (tmp_path / DOCS).parent.mkdir()
    (tmp_path / DOCS).write_text(page.replace("`PORT`", "`PROT`"), encoding="utf-8")
    renew(tmp_path)
    assert (tmp_path / DOCS).read_text(encoding="utf-8") == page
    assert (tmp_path / EXAMPLE).read_text(encoding="utf-8") == env_example()


def test_a_page_without_its_marks_is_refused() -> None:
    """Better than to write the table where it doesn't belong."""
    with pytest.raises(ValueError, match="lost the marks"):
        with_table("# Settings\n")
