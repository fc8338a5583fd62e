"""Empty files, names that nearly fit, ids as floats and words for nothing."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest
from intakes import REQUIRED, Read, agents, put_agents
from layouts import write_lacking

from contact_center.building.arguments import parse
from contact_center.intake import contract


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    return write_lacking(REQUIRED, tmp_path / "data")


# Of a file that gzip packed some bytes in the middle are others.
DAMAGED = gzip.compress(bytes(range(256)), mtime=0)
DAMAGED = DAMAGED[:12] + b"\xff" * 20 + DAMAGED[32:]


# --- empty files, and what nearly fits ------------------------------------------------------


@pytest.mark.parametrize("name", ["raw_messages.csv", "raw_session_events.csv"])
@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\r\n"])
def test_an_empty_file_stops_the_build(name: str, data: bytes, folder: Path) -> None:
    (folder / name).write_bytes(data)
    problem = Read(folder).found.problem
    assert problem and str(folder / name) in problem
    assert "is empty: it has no header line" in problem
    assert ("isn't measured" in problem) == (name == "raw_messages.csv"), "the other is required"


def test_of_an_empty_file_beside_others_its_table_is_measured(folder: Path) -> None:
    (folder / "raw_messages").mkdir()
    (folder / "raw_messages" / "monday.csv").write_text("message_id\n")
    (folder / "raw_messages" / "tuesday.csv").write_text("")
    problem = Read(folder).found.problem
    assert problem and "tuesday.csv' is empty" in problem and "isn't measured" not in problem


def test_an_empty_parquet_file_stops_the_build(folder: Path) -> None:
    (folder / "raw_agents.parquet").write_bytes(b"")
    assert str(folder / "raw_agents.parquet") in (Read(folder).found.problem or "")


def test_a_header_alone_is_no_fault(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,agent_name")
    assert (read.found.problem, read.found.remarks) == (None, [])
    assert agents(read) == []


def test_empty_json_lines_are_named_where_nothing_else_is_there(folder: Path) -> None:
    read = put_agents(folder, b"", "raw_agents.jsonl")
    [remark] = read.found.remarks
    assert "raw_agents.jsonl' has no rows, and raw_agents has no other file" in remark
    assert put_agents(folder, b"agent_id\na1\n").found.remarks == []


def test_columns_that_nearly_fit_are_named(folder: Path) -> None:
    (folder / "raw_session_events.csv").write_text(
        "event_id,SessionId,timestamp,event_type,comment\ne1,s1,2026-03-05T09:00:00Z,queued,x\n"
    )
    (folder / "raw_messages.csv").write_text(
        "message_id,session_id,sent_at,sender_type,sender\nm1,s1,2026-03-05T09:00:00Z,agent,a1\n"
    )
    said = "\n".join(Read(folder).found.remarks)
    assert (
        "raw_session_events.csv' has no column occurred_at (required) and a column timestamp that "
        "isn't in the contract"
    ) in said
    assert "has no column session_id (required) and a column SessionId" in said.replace(
        "sessionid", "SessionId"
    )
    assert "raw_messages.csv' has no column sender_id and a column sender that isn't" in said
    assert "comment" not in said


def test_names_in_json_lines_that_nearly_fit_are_named(folder: Path) -> None:
    lines = b'{"agent_id": "a1", "name": "Ann"}\n{"agentId": "a2", "x": 1}\n'
    read = put_agents(folder, lines, "raw_agents.jsonl")
    said = read.found.remarks
    assert len(said) == 1
    assert "raw_agents.jsonl' has no column agent_name and a column name that isn't" in said[0]
    (folder / "raw_agents.jsonl").write_bytes(b'{"agentId": "a2"}\n')
    assert "has no column agent_id (required) and a column agentId" in Read(folder).found.remarks[0]


def test_tables_that_nearly_fit_are_named(folder: Path) -> None:
    for name in ("raw_message.csv", "Raw_Evaluations.csv", "skills.parquet", "notes.txt", "x.csv"):
        (folder / name).write_text("a\n")
    (folder / "raw_tag_event").mkdir()
    said = Read(folder).found.remarks
    assert len(said) == 4
    for name, table in (
        ("raw_message.csv", "raw_messages"), ("Raw_Evaluations.csv", "raw_evaluations"),
        ("skills.parquet", "raw_skills"), ("raw_tag_event", "raw_tag_events"),
    ):
        remark = f"'{folder / name}' is not read. It looks like {table}: if it is, call it so."
        assert remark in said


@pytest.mark.parametrize(
    "name, todo",
    [
        ("raw_agents.xlsx", "Save it as CSV in UTF-8"), ("raw_agents.json", "jq -c '.[]'"),
        ("raw_agents.csv.zst", "Unpack it, or pack it with gzip"), ("raw_agents.zip", "Unpack it"),
    ],
)
def test_other_formats_are_refused_with_what_to_do(name: str, todo: str, folder: Path) -> None:
    (folder / name).write_bytes(b"[]")
    problem = Read(folder).found.problem
    assert problem and str(folder / name) in problem and todo in problem
    # Beside what is read it is a copy, say.
    beside = put_agents(folder, b"agent_id\na1\n")
    assert beside.found.problem is None
    assert todo in beside.found.remarks[0]


@pytest.mark.parametrize(
    "data, name, said",
    [
        # As a spreadsheet of many languages saves it, with decimal commas.
        ("\ufeffagent_id;agent_name\r\na1;4,5\r\na2;Bo\r\n".encode(), "raw_agents.csv",
         ["has semicolons between its values, where commas are needed"]),
        (b"agent_id;agent_name\na1;Ann\n", "raw_agents.csv", ["has semicolons between"]),
        (b"agent_id\tagent_name\na1\tAnn\n", "raw_agents.csv", ["has tabs between"]),
        (b"agent_id,agent_name\na1,Ann\na2,Bo,more\na3\n", "raw_agents.csv",
         ["lines 3, 4 aren't whole", "the header (2)"]),
        (b'agent_id,agent_name\na1,Ann\na2,"Bo\n', "raw_agents.csv", ["line 3 isn't whole"]),
        # Packed without the time of day: workers of pytest collect the same names.
        (gzip.compress(b"agent_id\na1\n", mtime=0), "raw_agents.csv", ["is packed by gzip", ".gz"]),
        (gzip.compress(b'{"agent_id": 1}\n', mtime=0), "raw_agents.jsonl", ["is packed by gzip"]),
        (b"PK\x03\x04\x14\x00", "raw_agents.csv", ["is a spreadsheet or a zip"]),
        (b"agent_id\na1\n", "raw_agents.parquet", ["is no whole Parquet file"]),
        (b"", "raw_agents.parquet", ["is no whole Parquet file"]),
        (b"agent_id\na1\n", "raw_agents.parquet.gz", ["is no whole Parquet file"]),
        (DAMAGED, "raw_agents.csv.gz", ["can't be read: Error -3"]),
        (b'{"agent_id": 1}\n["Ann"]\n', "raw_agents.jsonl", [", line 2 isn't one whole"]),
        (b'{"agent_id": 1}\n{"agent_name":', "raw_agents.jsonl", [", line 2 isn't one whole"]),
        (b"agent_id\n" + b"a" * 17_000_000 + b"\n", "raw_agents.csv", [", line 2 has a record of"]),
    ],
)
def test_why_a_file_cannot_be_read_is_said(
    data: bytes, name: str, said: list[str], folder: Path
) -> None:
    problem = put_agents(folder, data, name).found.problem or ""
    assert problem.startswith(f"File '{folder / name}'")
    assert all(words in problem for words in said)
    # What a reader's settings are is nobody's matter, and what a line says stays in the file.
    assert not any(words in problem for words in ("strict_mode", "LINE", "Bo", "Ann", "a2"))


def test_a_column_that_is_there_twice_is_named(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,agent_name,Agent_Name\na1,Ann,Bo\n")
    [remark] = read.found.remarks
    assert "has the column agent_name more than once; the first is read." in remark
    assert agents(read) == ["Ann"]
    assert put_agents(folder, b"agent_id,agent_name,agent_name_1\na1,A,B\n").found.remarks == []


def test_a_folder_with_a_files_name_is_named(folder: Path) -> None:
    (folder / "raw_messages.csv").mkdir()
    (folder / "raw_messages.csv" / "part-0.csv").write_text("message_id\nm1\n")
    [remark] = Read(folder).found.remarks
    assert remark.endswith("is a folder that is not read. If it is raw_messages, call it so.")


def test_what_a_required_table_is_called_instead_is_said(folder: Path) -> None:
    (folder / "raw_sessions.csv").rename(folder / "raw_session.csv")
    problem = Read(folder).found.problem or ""
    assert "lacks the required table raw_sessions" in problem
    assert f"'{folder / 'raw_session.csv'}' is not read. It looks like raw_sessions" in problem
    assert "raw_session_events" not in problem


def test_files_of_another_system_alone_are_told_of_its_adapter(tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text("1709632800|1.1|sales|NONE|ENTERQUEUE||600|1\n")
    assert "need its adapter: --adapter NAME" in (Read(tmp_path).found.problem or "")


def test_an_array_in_a_file_of_lines_is_refused_with_what_to_do(folder: Path) -> None:
    array = b'[\n {"agent_id": "a1"},\n {"agent_id": "a2"}\n]\n'
    read = put_agents(folder, array, "raw_agents.jsonl")
    assert "is one JSON array" in (read.found.problem or "")


def test_a_link_that_leads_nowhere_is_named(folder: Path) -> None:
    (folder / "raw_agents.csv").symlink_to(folder / "gone.csv")
    read = Read(folder)
    assert read.found.problem is None
    assert "raw_agents.csv' is a link to" in read.found.remarks[0]
    for target in ("gone", "latest"):
        (folder / "latest").unlink(missing_ok=True)
        (folder / "latest").symlink_to(target)
        said = f"latest' is a link to '{target}', which isn't there"
        assert said in Read(folder).found.remarks[0]


def test_a_link_to_nothing_that_is_no_tables_refuses_no_build(folder: Path) -> None:
    assert all(name.startswith("raw_") for name in contract.tables())
    (folder / "notes").mkdir()
    for place in (folder, folder / "notes"):
        (place / "latest").symlink_to("gone")
    arguments = ["--data", str(folder), "--warehouse", str(folder.parent / "cc.duckdb")]
    assert parse(arguments).data == folder
    # Any file may be an adapter's.
    with pytest.raises(SystemExit):
        parse([*arguments, "--adapter", "amazon_connect"])


# --- ids as floats, and words for nothing ---------------------------------------------------


def ids(read: Read) -> list[tuple]:
    return read.rows("select agent_id, company_id from raw_agents order by all nulls last")


def test_whole_numbers_written_as_floats(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,company_id\n3.0,1.0\n4,1.5\n,2.0\n12,\n")
    # 1.5 is none, so 1.0 may be more than 1.
    assert ids(read) == [("12", None), ("3", "1.0"), ("4", "1.5"), (None, "2.0")]


def test_one_float_far_down_is_found(folder: Path) -> None:
    rows = "".join(f"{number},7\n" for number in range(100_000))
    read = put_agents(folder, f"agent_id,company_id\n{rows}7.0,8.0\n".encode())
    assert read.rows("select count(*) from raw_agents where agent_id = '7'") == [(2,)]
    assert read.rows("select distinct company_id from raw_agents order by all") == [("7",), ("8",)]


def test_each_file_is_told_by_itself(folder: Path) -> None:
    (folder / "raw_agents").mkdir()
    (folder / "raw_agents" / "1.csv").write_text("agent_id,company_id\n3.0,5.0\n")
    (folder / "raw_agents" / "2.csv").write_text("agent_id,company_id\nv3.0,5.0\n")
    (folder / "raw_agents" / "3.jsonl").write_text('{"agent_id": 4.0, "company_id": 5}\n')
    assert ids(Read(folder)) == [("3", "5"), ("4", "5"), ("v3.0", "5")]


def test_parquet_of_floats(folder: Path) -> None:
    file = folder / "raw_agents.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select * from (values (3.0::double, 1.5::double, 'NaN'::double), (null, 2, 4)) "
            f"as rows (agent_id, company_id, agent_name)) to '{file}' (format parquet)"
        )
    assert ids(Read(folder)) == [("3", "1.5"), (None, "2.0")]


def test_words_for_nothing_in_ids(folder: Path) -> None:
    header = "session_id,started_at,customer_id,campaign_id\n"
    sessions = folder / "raw_sessions.csv"
    sql = "select customer_id, campaign_id from raw_sessions order by all nulls last"
    # Where NULL stands for nothing, None and nan do too.
    sessions.write_text(header + "s1,2026-03-05,NULL,None\ns2,\\N,77,nan\n")
    assert Read(folder).rows(sql) == [("77", None), (None, None)]
    # A customer may be called None.
    sessions.write_text(header + "s1,2026-03-05,None,nan\ns2,,77,c\n")
    assert Read(folder).rows(sql) == [("77", "c"), ("None", "nan")]
