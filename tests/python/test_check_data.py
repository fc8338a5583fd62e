"""./scripts/check-data: what it says of folders whose faults are known, without a build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from contact_center import check_data
from contact_center.terminal import share

GOLDEN = Path(__file__).parent / "golden" / "data"


def said_of(folder: Path, capsys: pytest.CaptureFixture) -> tuple[int, str, str]:
    status = check_data.main([str(folder)])
    return status, *capsys.readouterr()


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw_sessions.csv").write_text(
        "session_id,started_at,customer_id\ns1,2026-03-05T09:00:00Z,c1\ns2,2026-03-05T10:00:00Z,\n"
    )
    (tmp_path / "raw_session_events.csv").write_text(
        "event_id,session_id,timestamp,event_type\n"
        + "".join(f"e{number},s1,2026-03-05T09:00:00Z,queued\n" for number in range(5))
    )
    (tmp_path / "raw_messages.csv").write_text(
        "message_id,session_id,sent_at,sender_type\n"
        "m1,s1,2026-03-05T09:00:00Z,customer\nm2,s1,soon,customer\n,s1,soon,customer\n"
        "m4,s1,2026-03-05T09:00:00Z,visitor\nm5,s9,2026-03-05T09:00:00Z,customer\n"
    )
    (tmp_path / "raw_evaluation.csv").write_text("evaluation_id\nv1\n")
    return tmp_path


def test_what_is_wrong_is_said(folder: Path, capsys: pytest.CaptureFixture) -> None:
    status, said, _ = said_of(folder, capsys)
    lines = said.splitlines()
    assert status == 0
    assert f"{'raw_messages':24} {1:>8} {5:>14}" in lines
    assert "  in part: customer_id 50.0%" in lines
    assert "no column occurred_at (required) and a column timestamp" in said
    assert "raw_evaluation.csv' is not read. It looks like raw_evaluations" in said
    assert "raw_session_events missing_timestamp: 5" in lines
    # Of five rows the first three.
    assert [line for line in lines if '"event_id"' in line] == [
        f'  raw_session_events.csv: {{"event_id": "e{number}", "session_id": "s1", '
        '"event_type": "queued"}' for number in range(3)
    ]
    for reason in ("missing_key: 1", "bad_timestamp: 1", "bad_value: 1", "unknown_session: 1"):
        assert f"raw_messages {reason}" in lines
    assert "  raw_messages.csv: message_id m5 of session s9" in lines


def test_the_value_to_blame_is_named(folder: Path, capsys: pytest.CaptureFixture) -> None:
    """The row is cut off before it, or holds it among ten others."""
    (folder / "raw_sessions.csv").write_text(
        "session_id,contact_type,direction,started_at\n"
        + f"s1,{'x' * 300},Inbound,2026-03-05T09:00:00Z\n" * 2
        + "s2,,sideways,2026-03-05T09:00:00Z\ns3,,inbound,05/03/2026\ns4,,inbound,1970-01-01\n"
    )
    lines = said_of(folder, capsys)[1].splitlines()
    refused = {
        line: lines[number + 1] for number, line in enumerate(lines)
        if line.startswith(("raw_sessions bad", "raw_messages bad"))
    }
    assert refused == {
        "raw_sessions bad_value: 3": "  direction 'Inbound' and 2 more",
        "raw_sessions bad_timestamp: 2": "  started_at '1970-01-01' and 1 more",
        "raw_messages bad_timestamp: 1": "  sent_at 'soon'",
        "raw_messages bad_value: 1": "  sender_type 'visitor'",
    }


def test_a_value_to_blame_is_one_line(folder: Path, capsys: pytest.CaptureFixture) -> None:
    """Whatever a shift of columns has brought there."""
    (folder / "raw_messages.csv").write_text(
        "message_id,session_id,sent_at,sender_type\n"
        f'm1,s1,2026-03-05T09:00:00Z,"Good\nday \u00a0\x1b[31m{"!" * 90}"\n', encoding="utf-8"
    )
    said = said_of(folder, capsys)[1]
    assert f"\n  sender_type 'Good\\nday \\xa0\\x1b[31m{'!' * 45}' ...\n" in said


def test_what_only_some_rows_need_is_named(folder: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / "raw_session_events.csv").write_text(
        "event_id,session_id,occurred_at,event_type,agent_id,outcome\n" + "".join(
            f"e{number},s1,2026-03-05T09:00:00Z,{row}\n" for number, row in enumerate([
                "accepted,,", "offered,,", "offer_ended,a1,refused", "bot_ended,,solved", ",,",
                "queued,,solved", "bot_ended,,",
            ])
        )
    )
    lines = said_of(folder, capsys)[1].splitlines()
    first = lines.index("raw_session_events bad_value: 5") + 1
    assert lines[first:first + 3] == [
        "  agent_id is missing and 1 more", "  outcome 'solved' and 1 more",
        "  event_type is missing",
    ]


@pytest.mark.parametrize(("bad", "good", "stops"), [
    (10, 40, False), (11, 39, True), (49, 0, False), (50, 0, True),
])
def test_too_many_bad_rows_would_stop_a_build(
    tmp_path: Path, capsys: pytest.CaptureFixture, bad: int, good: int, stops: bool
) -> None:
    (tmp_path / "raw_sessions.csv").write_text("session_id,started_at\n" + "".join(
        f"s{number},{'soon' if number < bad else '2026-03-05T09:00:00Z'}\n"
        for number in range(bad + good)
    ))
    (tmp_path / "raw_session_events.csv").write_text("event_id\n")
    status, said, _ = said_of(tmp_path, capsys)
    assert ("A build stops at raw_sessions:" in said) == stops
    assert status == (1 if stops else 0)


def test_one_file_of_nothing_but_bad_rows_would_stop_a_build(
    folder: Path, capsys: pytest.CaptureFixture
) -> None:
    (folder / "raw_messages").mkdir()
    for name, rows, value in (("good", 1000, "2026-03-05T09:00:00Z"), ("bad", 50, "soon")):
        (folder / "raw_messages" / f"{name}.csv").write_text(
            "message_id,session_id,sent_at,sender_type\n"
            + "".join(f"{name}{row},s1,{value},agent\n" for row in range(rows))
        )
    assert "A build stops at raw_messages:" in said_of(folder, capsys)[1]


def test_what_is_filled_in_part_is_never_100_per_cent() -> None:
    assert [share(count, 5000) for count in (4999, 5, 1)] == ["99.9%", "0.1%", "0.0%"]


def test_nothing_is_wrong_with_the_golden_data(capsys: pytest.CaptureFixture) -> None:
    status, said, _ = said_of(GOLDEN, capsys)
    assert status == 0
    assert said.endswith("\nNone.\n")
    assert "To be looked at" not in said


def test_what_cannot_be_read_is_named(folder: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / "raw_agents.csv").write_bytes(b"")
    status, said, complaint = said_of(folder, capsys)
    assert (status, said) == (1, "")
    assert str(folder / "raw_agents.csv") in complaint


def test_who_reads_may_stop_reading() -> None:
    ended = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" "$1" | head -n 1', ROOT / "scripts" / "check-data",
         GOLDEN], capture_output=True, text=True, check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_machine_may_speak_another_language(folder: Path) -> None:
    """One in which a byte is a letter, so that not every text can be read or written."""
    place = folder.rename(folder.with_name("Dätä 海"))
    ended = subprocess.run(
        ["bash", ROOT / "scripts" / "check-data", place], capture_output=True, check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    )
    assert ended.returncode == 0 and "Dätä 海" in ended.stdout.decode(), ended.stderr


def test_it_needs_no_dbt(folder: Path) -> None:
    before = {name for name in sys.modules if name.startswith("dbt")}
    check_data.main([str(folder)])
    assert {name for name in sys.modules if name.startswith("dbt")} == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        check_data.main([str(tmp_path / "none")])
    assert ended.value.code == 2
