"""What a build says while it runs where nobody watches, and what it says when it failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from conftest import ROOT

from contact_center.building import messages, progress


def event(name: str, **data: object) -> SimpleNamespace:
    return SimpleNamespace(info=SimpleNamespace(name=name), data=SimpleNamespace(**data))


def test_a_line_now_and_then(monkeypatch, capsys) -> None:
    clock = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    node = SimpleNamespace(node_name="fct_sessions")
    with progress.Progress() as bar:
        bar.on_event(event("LogStartLine", total=300, node_info=node))
        for second in range(25):
            clock[0] = float(second)
            bar.on_event(event("NodeFinished", node_info=node))
        bar.on_event(event("JinjaLogInfo", msg="Loaded 14 tables"))
    assert capsys.readouterr().err.splitlines() == [
        "11 of 300 steps after 10 s: fct_sessions", "21 of 300 steps after 20 s: fct_sessions",
    ]
    assert bar.messages == ["Loaded 14 tables"]


def outcome(exception: BaseException | None = None, *results: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(exception=exception, result=SimpleNamespace(results=list(results)))


def test_failures_in_words(tmp_path: Path) -> None:
    assert messages.failure(outcome(KeyboardInterrupt()), tmp_path) == messages.STOPPED
    assert "dbt stopped before" in messages.failure(outcome(), tmp_path)
    node = SimpleNamespace(resource_type="test", name="columns_of_fct_focus", compiled_path="q.sql")
    broken = SimpleNamespace(
        status="error", node=node,
        message="Runtime Error in test columns_of_fct_focus (models/x.yml)\n"
        "  Invalid Input Error: agent_id is NULL in 3 rows\n  LINE 3: where ...",
    )
    said = messages.failure(outcome(None, broken), tmp_path)
    assert "columns_of_fct_focus: Invalid Input Error: agent_id is NULL in 3 rows" in said
    assert "LINE 3" not in said and "nothing was published" in said
    assert "one by one" in messages.failure(outcome(None, broken), tmp_path, "replaced one by one")


def test_work_goes_on_where_nobody_reads_its_words(tmp_path: Path) -> None:
    """As of `./scripts/build | head -1`, which leaves after a line."""
    done = tmp_path / "done"
    program = (
        "import pathlib, sys\n"
        "from contact_center.terminal import worth_doing_unread\n"
        "with worth_doing_unread():\n"
        "    for _ in range(9999):\n"
        "        print('a line')\n"
        "        print('a line', file=sys.stderr)\n"
        f"    pathlib.Path({str(done)!r}).touch()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:
        process.stdout.close()
        assert process.wait(60) == 0
    assert done.exists()
