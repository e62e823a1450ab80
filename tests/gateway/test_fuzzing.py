"""A short run of the fuzzer, and a look at whether it would notice."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from bot.gateway.callbacks import Reading
from tests.gateway.calling_back import DELIVERY, read
from tests.gateway.reading_rules import check_reading

RUNS = 20_000
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris isn't made for this machine"
)
def test_no_input_that_the_fuzzer_finds_breaks_the_reader(tmp_path: Path) -> None:
    """None raises, none is lost. It goes where coverage leads it, which chance alone doesn't."""
    command = [sys.executable, "-m", "tests.gateway.fuzzing", str(RUNS), str(tmp_path)]
    fuzzed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - ours
    assert fuzzed.returncode == 0, fuzzed.stderr[-3000:]
    assert f"Done {RUNS} runs" in fuzzed.stderr
    assert "Instrumenting bot.gateway.callbacks" in fuzzed.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        Reading((), ()),
        Reading((), (" ",)),
        Reading((), ("\ud83d",)),
    ],
    ids=["lost", "nothing to show", "can't be stored"],
)
def test_the_rules_catch_a_reader_that_breaks_them(wrong: Reading) -> None:
    """A rule that nothing can break would be none."""
    check_reading(DELIVERY.encode(), read(body=DELIVERY))
    with pytest.raises((AssertionError, UnicodeEncodeError)):
        check_reading(DELIVERY.encode(), wrong)
