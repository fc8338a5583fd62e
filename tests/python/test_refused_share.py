"""A source that changes its format stops the build; a few bad rows never do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from conftest import run_dbt
from nasty import Record, Tables, write_tables

SESSION = {"session_id": "s", "started_at": "2026-03-05T09:00:00Z"}
EVENT = {"event_id": "e1", "session_id": "s", "event_type": "queued",
         "occurred_at": "2026-03-05T09:00:00Z"}

# What an increment asks of the build before it, and where the left-out rows stand.
SELECTED = ("+quarantined_rows", "rebuilt_rows")


def message(number: int, sent_at: str, session_id: str = "s") -> Record:
    return {"message_id": f"m{number}", "session_id": session_id, "sender_type": "customer",
            "sent_at": sent_at}


def tables(bad: int, good: int, unknown: int = 0) -> Tables:
    times = ["05/03/2026 09:01"] * bad + ["2026-03-05T09:01:00Z"] * (good + unknown)
    return {
        "raw_sessions": [SESSION],
        "raw_session_events": [EVENT],
        "raw_messages": [
            message(number, time, "s" if number < bad + good else "nobody knows")
            for number, time in enumerate(times)
        ],
    }


def built(
    folder: Path, data: Tables, *selected: str, **variables: object
) -> tuple[int, str]:
    write_tables(data, folder / "data")
    result = run_dbt(
        "build", folder / "contact_center.duckdb", "--select", "+refused_rows", *selected,
        "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test",
        variables={"data_dir": str(folder / "data"), "adapters": {}, **variables},
    )
    return result.returncode, result.stdout


def test_more_than_a_fifth_of_the_rows(tmp_path: Path) -> None:
    code, said = built(tmp_path, tables(bad=21, good=79))
    assert code != 0
    assert "table raw_messages: 21 of 100 new rows (bad_timestamp 21)" in said
    assert "--accept-quarantine" in said and "By the clock" not in said
    accepted = tmp_path / "accepted"
    assert built(accepted, tables(bad=21, good=79), accept_quarantine=True)[0] == 0


def test_a_fifth_of_the_rows_and_any_number_without_a_session(tmp_path: Path) -> None:
    assert built(tmp_path, tables(bad=20, good=20, unknown=60))[0] == 0


def test_a_clock_that_is_behind_is_named(tmp_path: Path) -> None:
    data = tables(bad=0, good=50)
    data["raw_messages"] = [row | {"ingested_at": "2999-01-01"} for row in data["raw_messages"]]
    code, said = built(tmp_path, data)
    assert code != 0 and "50 of 50 new rows (future_timestamp 50)" in said
    assert f"By the clock of this machine it is {datetime.now(UTC):%Y-}" in said


def test_every_row_of_a_file(tmp_path: Path) -> None:
    data = tables(bad=0, good=300)
    folder = tmp_path / "data" / "raw_messages"
    folder.mkdir(parents=True)
    rows = "".join(f"x{number},s,customer,yesterday\n" for number in range(50))
    (folder / "new.csv").write_text("message_id,session_id,sender_type,sent_at\n" + rows)
    code, said = built(tmp_path, data)
    assert code != 0
    assert "new.csv: 50 of 50 new rows (bad_timestamp 50)" in said


def test_a_small_file_refused_whole_is_named(tmp_path: Path) -> None:
    data = tables(bad=49, good=0)
    data["raw_messages"][0] |= {
        "sent_at": "0001-01-01T00:00:00Z", "ingested_at": "05/03/2026 09:01"
    }
    write_tables(data, tmp_path / "data")
    result = run_dbt(
        "build", tmp_path / "contact_center.duckdb", "--exclude-resource-type", "test",
        "--exclude-resource-type", "unit_test", variables={"data_dir": str(tmp_path / "data")},
    )
    assert result.returncode == 0
    assert "raw_messages.csv' was of use: 49 (bad_timestamp 49)" in result.stdout
    assert "could mean two days, or is before 1970, in 49 row(s), such as" in result.stdout
    assert "raw_messages.sent_at '0001-01-01T00:00:00Z'" in result.stdout
    assert "raw_messages.ingested_at '05/03/2026 09:01'" in result.stdout


def test_what_earlier_builds_left_out_is_counted_and_no_longer_explained(tmp_path: Path) -> None:
    data = tables(bad=2, good=8)
    _, said = built(tmp_path, data, *SELECTED)
    assert "raw_messages              2  bad_timestamp 2\n" in said
    assert "A time can't be read" in said and "earlier builds" not in said
    folder = tmp_path / "data" / "raw_messages"
    folder.mkdir()
    (folder / "later.csv").write_text(
        "message_id,session_id,sender_type,sent_at,visibility\n"
        "m99,s,customer,2026-03-05T09:02:00Z,secret\n"
    )
    _, said = built(tmp_path, data, *SELECTED)
    assert "raw_messages              1  bad_value 1\n" in said
    assert "raw_messages.visibility 'secret'" in said and "A time can't be read" not in said
    assert "Rows of earlier builds that stay in marts.quarantined_rows: 2." in said
    _, said = built(tmp_path, data, *SELECTED)
    assert "Every new row is used." in said and "no place for" not in said
    assert "Rows of earlier builds that stay in marts.quarantined_rows: 3." in said
