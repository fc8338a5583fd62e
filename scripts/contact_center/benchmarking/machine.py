"""What the page says of the machine, so that others can tell what its figures are worth."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from .. import ROOT


def memory_limit() -> str:
    """What DuckDB may use, as profiles/profiles.yml has it."""
    return os.environ.get("CONTACT_CENTER_MEMORY", "5500MB")


def describe_machine() -> dict[str, str]:
    return {
        "processor": processor(),
        "cores": str(core_count()),
        "memory": f"{memory_bytes() / 2**30:.1f} GiB",
        "system": system(),
        "Python": platform.python_version(),
        "DuckDB": version("duckdb"),
        "dbt": f"{version('dbt-core')} with dbt-duckdb {version('dbt-duckdb')}",
        "memory that DuckDB may use": memory_limit(),
        "commit": commit(),
    }


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    if platform.system() == "Darwin":
        return output_of(["sysctl", "-n", "machdep.cpu.brand_string"]) or platform.machine()
    return platform.processor() or platform.machine()


def core_count() -> int:
    """The cores that this process may use, which on a shared machine aren't all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def system() -> str:
    kernel = f"{platform.system()} {platform.release()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {kernel}"
    except (OSError, KeyError):
        return kernel


def commit() -> str:
    """The project's commit, and whether files differ from it."""
    head = output_of(["git", "rev-parse", "--short", "HEAD"])
    if not head:
        return "unknown"
    changed = output_of(["git", "status", "--porcelain", "--untracked-files=no"])
    return f"{head} with changes" if changed else head


def output_of(command: list[str]) -> str:
    try:
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""
