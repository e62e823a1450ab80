"""Fuzzing the reader of call-backs: inputs that reach new branches are bred from one another.

``python -m tests.gateway.fuzzing RUNS FOLDER`` tries so many; an input that breaks a rule ends it
with an error and is kept in the folder. The same number gives the same inputs.
"""

import sys
from pathlib import Path
from urllib.parse import quote

import atheris

with atheris.instrument_imports(include=["bot.gateway"]):
    from tests.gateway.calling_back import DELIVERY, REPLY, read

from tests.gateway.reading_rules import check_reading

CONTENT_TYPES = (
    "",
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
)
SEPARATOR = b"\x00\x00"
"""Parts query and body in an input, whose first byte chooses the content type."""
SEEDS = (
    b"\x01" + SEPARATOR + f"data_callback={quote(REPLY)}&data_callback={DELIVERY}".encode(),
    b"\x00" + f"data_callback={quote(REPLY)}".encode() + SEPARATOR,
    b"\x00" + SEPARATOR + f"{DELIVERY}\r\n{REPLY}\nlixo".encode("cp1252"),
    b"\x02" + SEPARATOR + b'[{"Data_Callback": ["' + DELIVERY.encode() + b'"]}]',
    b"\x03" + SEPARATOR + b'--x\r\nname="data_callback"\r\n\r\n' + REPLY.encode() + b"\r\n--x--",
)


def try_one(octets: bytes) -> None:
    """Read an input; raises when a rule is broken."""
    query, _, body = octets[1:].partition(SEPARATOR)
    kind = octets[0] if octets else 0
    check_reading(body, read(query, body, CONTENT_TYPES[kind % len(CONTENT_TYPES)]))


def main(runs: int, folder: Path) -> None:
    """Try so many inputs."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS):
        (corpus / str(number)).write_bytes(seed)
    options = [f"-runs={runs}", "-seed=1", "-max_len=600", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
