"""Logs: one stream, one form, and no secret in any of it."""

import json
import logging
import sys

import structlog

from tests.settings.samples import PASSWORD, Lines, set_up


def test_a_line_of_text_says_when_how_bad_and_what(lines: Lines) -> None:
    """Without a terminal there are no colours, for files and pagers."""
    set_up()
    structlog.get_logger("bot.app").warning("started", port=8080)
    (line,) = lines()
    assert line.split()[1:] == ["[warning", "]", "started", "[bot.app]", "port=8080"]
    assert "\x1b" not in line


def test_a_line_of_json_is_one_object(lines: Lines) -> None:
    """Programs read it; the odd value becomes text, plain ones stay what they are."""
    set_up("json")
    structlog.get_logger("bot.app").info(
        "done", n=2, ratio=0.5, ok=True, nothing=None, what={"a": [b"x"]}, words="çã\n"
    )
    (line,) = lines()
    read = json.loads(line)
    assert read.pop("timestamp").endswith("Z")
    assert read == {
        "event": "done",
        "level": "info",
        "logger": "bot.app",
        "n": 2,
        "ratio": 0.5,
        "ok": True,
        "nothing": None,
        "what": {"a": ["b'x'"]},
        "words": "çã\n",
    }


def test_ctrl_c_is_no_failure(lines: Lines) -> None:
    """It is shown as Python shows it."""
    set_up()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert lines() == ["KeyboardInterrupt"]


def test_strangers_forge_no_lines(lines: Lines) -> None:
    """Line breaks and the terminal's own codes are shown, not obeyed; tracebacks are set in."""
    set_up()
    structlog.get_logger("a").info("oi\n2026 [info] forged\x1b[2J", text="x\r\ny\u202e\x9b")
    structlog.get_logger("a").info("failed", exc_info=ValueError("x\n2026 [info] forged\x1b[2J"))
    first, *block = lines()
    assert first.split("Z ")[1].startswith("[info     ] oi\\n2026 [info] forged\\x1b[2J")
    assert "\\r\\ny\\u202e\\x9b" in first.replace("\\\\", "\\")
    assert block[1:] == ["ValueError: x", "  2026 [info] forged\\x1b[2J"]


def test_libraries_that_tell_too_much_keep_quiet(lines: Lines) -> None:
    """By itself httpx would log whole addresses; Slack's library, at DEBUG, what people wrote."""
    set_up(level="DEBUG")
    for name in ("httpx", "httpcore.connection"):
        logging.getLogger(name).info("%s", name)
        logging.getLogger(name).warning("%s", name)
    logging.getLogger("apscheduler.scheduler").warning("still-under-way")
    logging.getLogger("apscheduler.scheduler").error("apscheduler.scheduler")
    logging.getLogger("slack_sdk.web").debug("a body")
    logging.getLogger("bot.app").debug("kept")
    assert [line.split()[3] for line in lines()] == [
        "httpx",
        "httpcore.connection",
        "apscheduler.scheduler",
        "kept",
    ]


def test_the_servers_lines_are_ours_and_its_access_log_is_off(lines: Lines) -> None:
    """Its own handlers go: they would write a second, uncleaned copy."""
    logging.getLogger("uvicorn").addHandler(logging.StreamHandler(sys.stderr))
    set_up()
    logging.getLogger("uvicorn.error").info("started for %s", PASSWORD)
    logging.getLogger("uvicorn.access").info("GET /c/key 200")
    (line,) = lines()
    assert "started for ***" in line


def test_a_level_holds_for_everything(lines: Lines) -> None:
    """What is below it isn't even put together."""
    set_up(level="ERROR")
    structlog.get_logger().warning("no")
    logging.getLogger("library").warning("no")
    logging.getLogger("httpx").warning("no")
    assert lines() == []
