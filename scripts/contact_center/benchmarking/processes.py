"""Runs what is measured in processes of its own: how long they took, and how much memory."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from .. import ROOT
from . import BenchmarkError

# Of the words of a command that failed; the rest stands in its log.
LAST_LINES = 15
# ru_maxrss is in bytes on macOS, in kilobytes elsewhere.
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Measurement:
    """One run: the time by the clock on the wall, and the most memory that was resident."""

    seconds: float
    peak_bytes: int


def measured(command: list[str | Path], log: Path, **environment: str) -> Measurement:
    """Runs a command, from the start of its process to its end."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        words = log.read_text(errors="replace").strip().splitlines()[-LAST_LINES:]
        name = shlex.join(str(word) for word in command)
        raise BenchmarkError(
            "\n".join([f"this ended with {process.returncode}: {name}", "Its last words:", *words])
        )
    return Measurement(seconds, usage.ru_maxrss * MAXRSS_UNIT)


def apart(function: Callable, *arguments):
    """What a function gives in a fresh process, so that this one stays small.

    The system begins to count a child's peak memory at its parent's, so that a parent with data in
    memory would make every measurement after it look bigger.
    """
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
            return executor.submit(function, *arguments).result()
    except BrokenProcessPool:
        raise BenchmarkError(
            f"the process of {function.__name__} was killed, most likely for want of memory"
        ) from None


def own_peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT
