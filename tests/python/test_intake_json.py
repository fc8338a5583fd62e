"""JSON documents as they are read, without dbt: an object a line, an array, side by side or over
many lines, alone or in the receiver's envelope; what is no object is told from what is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import intakes
import pytest
from intakes import REQUIRED
from layouts import write_lacking
from test_intake_adapters import Read, put

CALL = {"SessionId": "a", "Caller": 100, "ServeParticipants": [{"Mail": "mei", "Sequence": 0}]}
ENVELOPE = {
    "received_at": "2026-03-05T02:20:00Z",
    "query": {"action": "cdr", "version": 1},
    "headers": {"X-TCCC-PUSH-UUID": "p-1"},
    "body": CALL,
}
SELECT = "select session_id, caller, serve_participants[1]['Mail'] from documents order by 1"


def read(folder: Path) -> Read:
    return Read("tencent_ccc", folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps(CALL) + "\n"),
        ("a.json", json.dumps(CALL)),
        ("a.json", json.dumps(CALL, indent=2)),
        ("a.json", json.dumps([CALL], indent=2)),
        ("a.jsonl", json.dumps([CALL])),
        ("a.ndjson", "\n\n" + json.dumps(CALL) + "\r\n"),
        ("a.json", json.dumps({"Response": CALL, "RequestId": "r"}, indent=2)),
        ("a.json", json.dumps({"body": {"Response": CALL}})),
        ("a.json", "﻿" + json.dumps(CALL)),
        ("sub.json", json.dumps(ENVELOPE)),
    ],
)
def test_every_form_is_read(tmp_path: Path, name: str, content: str) -> None:
    put(tmp_path / "data", name, content)
    found = read(tmp_path / "data")
    assert not found.problem
    assert found.rows(SELECT) == [("a", "100", "mei")]


def test_objects_side_by_side(tmp_path: Path) -> None:
    put(tmp_path / "data", "a.json", '{"SessionId":"a"}{"SessionId":"b"} {"SessionId":"c"}')
    assert [row[0] for row in read(tmp_path / "data").rows(SELECT)] == ["a", "b", "c"]


def test_packed_files_below_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    put(folder, "a.jsonl.gz", gzip.compress(json.dumps(CALL).encode()))
    put(folder / "day", "b.JSONL.GZ", gzip.compress(json.dumps(CALL | {"SessionId": "b"}).encode()))
    found = read(folder)
    assert found.rows("select session_id, file from documents order by 1") == [
        ("a", str(folder / "a.jsonl.gz")), ("b", str(folder / "day" / "b.JSONL.GZ"))
    ]


def test_the_envelope(tmp_path: Path) -> None:
    put(tmp_path / "data", "a.jsonl", json.dumps(ENVELOPE) + "\n" + json.dumps(CALL))
    assert read(tmp_path / "data").rows("""
        select received_at, query['action'], query['version'], headers['X-TCCC-PUSH-UUID']
        from documents
        order by 1
    """) == [("2026-03-05T02:20:00Z", "cdr", "1", "p-1"), (None, None, None, None)]


def test_lists_of_an_answer(tmp_path: Path) -> None:
    put(tmp_path / "data", "a.json", json.dumps({"Response": {"TelCdrList": [CALL, CALL]}}))
    assert read(tmp_path / "data").rows(
        "select len(tel_cdr_list), tel_cdr_list[2]['SessionId'], session_id from documents"
    ) == [(2, "a", None)]


def test_fields_that_are_spelled_in_two_ways(tmp_path: Path) -> None:
    # As the answer to a call's details and the example of a push spell them.
    details = {"SessionId": "a", "Caller": "1", "StartTimeStamp": 5, "Remark": '"key": 1'}
    keys = [{"key": "1", "label": "x"}]
    pressed = {"SessionId": "b", "StartTimestamp": 6, "PostIVRKeyPressed": keys}
    lines = json.dumps({"query": {}, "body": {"Response": details}}) + "\n" + json.dumps(pressed)
    put(tmp_path / "data", "a.jsonl.gz", gzip.compress(lines.encode()))
    file = str(tmp_path / "data" / "a.jsonl.gz")
    assert read(tmp_path / "data").rows("""
        select session_id, start_timestamp, post_ivr_key_pressed[1]['Label'], file
        from documents
        order by 1
    """) == [("a", "5", None, file), ("b", "6", "x", file)]


def test_a_broken_line_is_a_row_without_a_value(tmp_path: Path) -> None:
    lines = ["{broken", json.dumps(CALL), '"text"', json.dumps(CALL | {"ServeParticipants": "x"})]
    put(tmp_path / "data", "a.jsonl", "\n".join(lines))
    found = read(tmp_path / "data")
    assert not found.problem
    assert found.rows(SELECT + ", 2, 3") == [
        ("a", "100", "mei"), ("a", "100", None), (None, None, None), (None, None, None)
    ]


@pytest.mark.parametrize("content", ['{\n"SessionId": "a"\n', '[{"SessionId": "a"}, {]', "hello"])
def test_a_file_that_is_no_json_is_named(tmp_path: Path, content: str) -> None:
    file = put(tmp_path / "data", "a.json", content)
    assert str(file) in read(tmp_path / "data").problem


def test_other_files_are_named_and_none_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    put(folder, "readme.md", "x")
    assert "holds no file *.json" in read(folder).problem
    put(folder, "a.json", json.dumps(CALL))
    found = read(folder)
    assert "readme.md' wasn't read" in found.remarks
    assert found.rows("select count(*) from documents") == [(1,)]


def test_text_of_another_encoding(tmp_path: Path) -> None:
    put(tmp_path / "data", "a.jsonl", '{"SessionId":"a","Caller":"Jos\xe9"}\n'.encode("latin-1"))
    found = read(tmp_path / "data")
    assert found.rows("select caller from documents") == [("José",)]
    assert "isn't UTF-8" in found.remarks


DEEP = '{"a": ' + "[" * 2000 + "]" * 2000 + "}\n"


def test_what_is_nested_deeper_than_python_reads(tmp_path: Path) -> None:
    put(tmp_path / "data", "a.json", json.dumps(CALL) + "\n" + DEEP)
    put(tmp_path / "data", "b.json", DEEP + json.dumps(CALL))
    assert read(tmp_path / "data").rows("select count(session_id) from documents") == [(2,)]
    folder = write_lacking(REQUIRED, tmp_path / "contract")
    put(folder, "raw_agents.jsonl", DEEP + '{"agent_id": "a1"}')
    found = intakes.Read(folder)
    assert found.rows("select agent_id from raw_agents where agent_id is not null") == [("a1",)]
