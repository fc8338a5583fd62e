"""A PostgreSQL server of its own for a test: in a folder of its own, ended with it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from contact_center import extensions

# Characters that a URL must not hold as they are, and a quote, which SQL must not.
PASSWORD = "se/cr@t'%1"
PASSWORD_IN_URL = "se%2Fcr%40t'%251"
SECONDS_TO_START = 30


def programs() -> Path | None:
    """The folder of the newest server's programs; Debian keeps them out of the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    on_path = shutil.which("initdb")
    folders = ([Path(on_path).parent] if on_path else []) + folders
    return next((path for path in reversed(folders) if (path / "postgres").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server's empty database; skips the test where none is installed."""
    bin_folder = programs()
    if not bin_folder:
        pytest.skip("needs PostgreSQL's server: apt-get install postgresql")
    # The server refuses to run as root.
    as_user = {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        if as_user:
            shutil.chown(folder, "nobody")
        subprocess.run(
            [
                bin_folder / "initdb", "--pgdata", folder / "data", "--username", "owner",
                "--auth", "scram-sha-256", "--pwfile", folder / "password", "--no-sync",
            ],
            cwd=folder, check=True, capture_output=True, **as_user,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [
                bin_folder / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port),
                "-k", folder, "-c", "fsync=off",
            ],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user,
        )
        url = f"postgresql://owner:{PASSWORD_IN_URL}@127.0.0.1:{port}/postgres"
        try:
            wait_until_it_answers(url)
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@contextmanager
def connection(url: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database attached as `pg`."""
    with duckdb.connect() as connected:
        extensions.load(connected, "postgres_scanner")
        connected.execute(f"attach {extensions.literal(url)} as pg (type postgres)")
        yield connected


def wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with connection(url):
                return
        except duckdb.Error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def as_user(url: str, name: str) -> str:
    """The URL for another user of the same password."""
    return url.replace("//owner:", f"//{name}:")


def execute(url: str, *statements: str) -> None:
    """Runs statements in PostgreSQL's own language."""
    with connection(url) as connected:
        for statement in statements:
            connected.execute("call postgres_execute('pg', ?)", [statement])
