"""A disk that takes 2 ms longer for each sync: a small library that is loaded before libc's.

SQLite calls ``fsync`` or ``fdatasync`` in libc; this one stands before both, waits, and hands on.
It is compiled here, where there is a compiler.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

MILLISECONDS: Final = 2.0
SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int late(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    struct timespec pause = {0, %d};
    nanosleep(&pause, 0);
    return real(fd);
}
int fsync(int fd) { return late("fsync", fd); }
int fdatasync(int fd) { return late("fdatasync", fd); }
"""
PROBE = """
import os, sys, time
with open(sys.argv[1], "wb", buffering=0) as file:
    started = time.perf_counter()
    for _ in range(20):
        file.write(b"x")
        os.fsync(file.fileno())
    print((time.perf_counter() - started) / 20 * 1000)
"""


def make_slow_disk(folder: Path) -> dict[str, str] | None:
    """Compile it, and return what a process needs in its environment; ``None`` without gcc.

    Raises ``SystemExit`` when a sync isn't slower with it.
    """
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    source, library = folder / "late.c", folder / "late.so"
    source.write_text(SOURCE % int(MILLISECONDS * 1_000_000))
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)  # noqa: S603 - ours
    environment = {"LD_PRELOAD": str(library)}
    if _sync_milliseconds(folder, environment) < MILLISECONDS:
        message = "the slow disk isn't slow"
        raise SystemExit(message)
    return environment


def _sync_milliseconds(folder: Path, environment: dict[str, str]) -> float:
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", PROBE, str(folder / "probe")],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)
