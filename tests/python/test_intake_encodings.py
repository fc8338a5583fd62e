"""Texts in whatever encoding and with whatever line ends they come."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from intakes import REQUIRED, Read, agents, put_agents
from layouts import write_lacking
from test_intake_adapters import Read as ReadAdapter

from contact_center.intake.texts import is_encoding


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    return write_lacking(REQUIRED, tmp_path / "data")


ASKED = (
    "Is '{}' in another encoding? Give its name, such as gb18030, cp950, cp932 or cp1251, as the "
    "variable text_encoding: docs/event_contract.md."
)
NAMES = ["Иванов Пётр", "陈", "Éva Müß", "O’Hara", "plain"]


def agents_csv(names: list[str] = NAMES, end: str = "\n") -> str:
    lines = ["agent_id,agent_name", *(f"a{number},{name}" for number, name in enumerate(names))]
    return end.join(lines) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("packed", [False, True])
def test_unicode_in_every_encoding(encoding: str, packed: bool, folder: Path) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    data = mark + agents_csv().encode(encoding)
    name = "raw_agents.csv.gz" if packed else "raw_agents.csv"
    read = put_agents(folder, gzip.compress(data) if packed else data, name)
    assert agents(read) == NAMES
    assert read.found.remarks == []
    assert read.rows("select distinct source_file from raw_agents") == [(str(folder / name),)]


def test_only_lines_that_are_not_utf_8_are_read_as_windows_1252(folder: Path) -> None:
    lines = [b"agent_id,agent_name", "a0,Zoë".encode(), b"a1,Zo\xeb", b"a2,\x80\x93\x81", b"a3,Bo"]
    read = put_agents(folder, b"\n".join(lines))
    # One of five bytes that Windows-1252 doesn't know is U+FFFD.
    assert agents(read) == ["Zoë", "Zoë", "€“\ufffd", "Bo"]
    path = f"{folder}/raw_agents.csv"
    assert read.found.remarks == [
        f"File '{path}', line 3 isn't UTF-8; it was read as Windows-1252.",
        f"File '{path}', line 4 isn't UTF-8; it was read as Windows-1252.",
        ASKED.format(path),
    ]


def test_lines_that_are_not_utf_8_are_counted(folder: Path) -> None:
    read = put_agents(folder, b"agent_id,agent_name\n" + b"a,\xe9\n" * 50)
    assert len(read.found.remarks) == 21
    assert read.found.remarks[-2].endswith("So have 30 further lines.")


# In GB 18030 the second name's bytes are those of other letters in UTF-8.
CHINESE = ["张伟", "毛伟", "㐂", "plain"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("encoding", "names"), [
    ("gb18030", CHINESE), ("GBK", ["张伟", "毛伟", "欧阳,娜"]), ("big5", ["陳大文", "許功蓋", "|"]),
    ("shift_jis", ["表示", "ソ十"]), ("cp1251", ["Иванов", "Ё"]), ("euc-kr", ["김민준"]),
    # The encodings of Windows have letters that big5, shift_jis and euc-kr lack.
    ("cp950", ["碁"]), ("cp932", ["髙橋", "①"]), ("cp949", ["똠방"]),
])
def test_files_in_a_given_encoding(
    encoding: str, names: list[str], end: str, folder: Path
) -> None:
    data = agents_csv([f'"{name}"' for name in names], end).encode(encoding)
    (folder / "raw_agents.csv").write_bytes(data)
    (folder / "raw_skills.csv").write_text("skill_id,skill_name\ns,Zoë\n", encoding="utf-8")
    read = Read(folder, text_encoding=encoding)
    assert agents(read) == names
    assert read.rows("select skill_name from raw_skills") == [("Zoë",)]
    assert (read.found.problem, read.found.remarks) == (None, [])


def test_lines_of_another_than_the_given_encoding_are_told(folder: Path) -> None:
    lines = [
        b"agent_id,agent_name", "a0,张伟".encode("gb18030"), "a1,€".encode(), b"a2,x\xff",
    ]
    (folder / "raw_agents.csv").write_bytes(b"\n".join(lines))
    read = Read(folder, text_encoding="gb18030")
    assert agents(read) == ["张伟", "€", "x\ufffd"]
    assert read.found.remarks == [
        f"File '{folder}/raw_agents.csv', line {number} isn't gb18030; it was read as UTF-8, or, "
        "if it isn't that either, letters are lost."
        for number in (3, 4)
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "cp1251"])
@pytest.mark.parametrize("text", [
    # A mark, and a line feed within a cell beside CR LF, are why it is written anew.
    "\ufeffagent_id,agent_name\r\na0,毛伟\r\na1,\"x\ny\"\r\na2,Анна\r\n",
    '\ufeff{"agent_id": "a0", "agent_name": "毛伟"}\n'
    '{"agent_id": "a1", "agent_name": "x\\ny"}\n{"agent_id": "a2", "agent_name": "Анна"}\n',
])
def test_a_file_in_utf_8_is_not_read_in_the_given_encoding(
    text: str, encoding: str, folder: Path
) -> None:
    name = "raw_agents.jsonl" if "{" in text else "raw_agents.csv"
    (folder / name).write_bytes(text.encode())
    read = Read(folder, text_encoding=encoding)
    assert agents(read) == ["毛伟", "x\ny", "Анна"]
    assert read.found.remarks == []


@pytest.mark.parametrize("encoding", ["gb18030", "cp1251"])
def test_most_lines_say_whether_a_file_is_in_utf_8(encoding: str, folder: Path) -> None:
    """One text was cut within a letter."""
    names = ["张伟", "Анна", "Иванов"]
    (folder / "raw_agents.csv").write_bytes(agents_csv(names).encode() + b"a9,Z\xe9")
    read = Read(folder, text_encoding=encoding)
    assert agents(read)[:3] == names
    assert read.found.remarks == [
        f"File '{folder}/raw_agents.csv', line 5 isn't UTF-8; it was read as {encoding}, or, if it "
        "isn't that either, letters are lost."
    ]


def test_utf_8_that_is_named_is_as_without_a_name(folder: Path) -> None:
    (folder / "raw_agents.csv").write_bytes("agent_id,agent_name\na,Zoë\n".encode("cp1252"))
    read = Read(folder, text_encoding="utf8")
    assert agents(read) == ["Zoë"]
    assert read.found.remarks[0].endswith("line 2 isn't UTF-8; it was read as Windows-1252.")


def test_queue_log_in_a_given_encoding(tmp_path: Path) -> None:
    line = "1|1.1|售后|Local/8001@毛伟|CONNECT|1\n"
    (tmp_path / "queue_log").write_bytes(line.encode("gbk"))
    read = ReadAdapter("asterisk", tmp_path / "queue_log", text_encoding="gb18030")
    assert read.rows("select queuename, agent from queue_log") == [("售后", "Local/8001@毛伟")]
    assert read.remarks == ""


@pytest.mark.parametrize("name", [
    "no such", "utf-16", "utf-7", "rot13", "hex", "cp037", "iso2022_jp", "hz",
    "a\0b", "punycode",
])
def test_encodings_without_ascii_are_none(name: str, folder: Path) -> None:
    assert not is_encoding(name)
    problem = Read(folder, text_encoding=name).found.problem or ""
    assert problem.startswith(f"Variable text_encoding is '{name}' but must be empty or a name")


def test_an_accent_far_down_is_found(folder: Path) -> None:
    lines = [f"a{number:07},Bo" for number in range(200_000)]
    data = "agent_id,agent_name\n" + "\n".join(lines) + "\nz,"
    assert agents(put_agents(folder, (data + "É\n").encode()))[-1] == "É"
    assert agents(put_agents(folder, data.encode() + b"\xc9\n"))[-1] == "É"


def test_lines_that_end_in_returns_and_are_not_utf_8(folder: Path) -> None:
    # As Excel for Mac once wrote them.
    read = put_agents(folder, agents_csv(["Zo\xeb", "Bo"], "\r").encode("cp1252"))
    assert agents(read) == ["Zo\xeb", "Bo"]
    assert [remark.partition(" isn't")[0] for remark in read.found.remarks] == [
        f"File '{folder}/raw_agents.csv', line 2",
        ASKED.format(f"{folder}/raw_agents.csv"),
    ]


def test_a_return_in_a_long_text(folder: Path) -> None:
    text = "x" * 200_000
    assert agents(put_agents(folder, agents_csv([f"{text}\ry"]).encode())) == [f"{text}\ry"]


def test_a_copy_of_a_file_with_a_long_name(folder: Path) -> None:
    (folder / "raw_agents").mkdir()
    name = f"raw_agents/{'陈' * 83}.csv"
    assert agents(put_agents(folder, agents_csv(["Zo\xeb"]).encode("cp1252"), name)) == ["Zo\xeb"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end: str, folder: Path) -> None:
    assert agents(put_agents(folder, agents_csv(end=end).encode())) == NAMES
    without_the_last = agents_csv(end=end).encode().removesuffix(end.encode())
    assert agents(put_agents(folder, without_the_last)) == NAMES


@pytest.mark.parametrize("first, second", [("\n", "\r\n"), ("\r\n", "\n")])
def test_two_line_ends_in_one_file(first: str, second: str, folder: Path) -> None:
    rows = [f"a{number},n{number}" for number in range(1000)]
    for place in (1, 500, 999):
        head = first.join(["agent_id,agent_name", *rows[:place]])
        text = head + second + first.join(rows[place:])
        assert sorted(agents(put_agents(folder, text.encode()))) == sorted(
            f"n{number}" for number in range(1000)
        )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_carriage_return_within_a_value_stays(end: str, folder: Path) -> None:
    text = end.join(["agent_id,agent_name", "a0,x\ry", 'a1,"q ""u"" \r\n v"', "a2,z", ""])
    assert agents(put_agents(folder, text.encode())) == ["x\ry", 'q "u" \r\n v', "z"]


def test_json_lines_with_a_mark(folder: Path) -> None:
    data = '{"agent_id": "a0", "agent_name": "É"}\r\n{"agent_id": "a1", "agent_name": "陈"}'
    read = put_agents(folder, data.encode("utf-8-sig"), "raw_agents.jsonl")
    assert agents(read) == ["É", "陈"]
