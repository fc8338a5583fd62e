"""Foreign files as they are read, without dbt: what can't be read is named, and what can is read in
every encoding and with every line end."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest

from contact_center.intake import (
    DATABASE,
    InputError,
    Places,
    adapters,
    amazon_connect,
    reading,
)

SAMPLES = Path(__file__).parent / "samples"
CSV_HEADER = "time,callid,queuename,agent,event,data1,data2,data3,data4,data5\n"
CALL = "1730000000|1.1|sales|NONE|ENTERQUEUE||600|1\n"
WHOLE = '{"ContactId":"a"}\n'


class Read:
    """What intake makes of an adapter's place."""

    def __init__(self, adapter: str, place: Path, text_encoding: str = "") -> None:
        self.adapter = adapter
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        places = Places(adapters={adapter: str(place)}, text_encoding=text_encoding)
        aside = place.parent / f"{place.name} aside"
        self.found = reading.read(self.connection, places, None, aside, is_build=True)
        reading.show(self.connection, places, self.found)

    @property
    def problem(self) -> str:
        return self.found.problem or ""

    @property
    def remarks(self) -> str:
        return "\n".join(self.found.remarks)

    def rows(self, sql: str) -> list[tuple]:
        self.connection.execute(f"use {DATABASE}.raw_{self.adapter}")
        return self.connection.execute(sql).fetchall()


def put(folder: Path, name: str, content: bytes | str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize("adapter", ["asterisk", "bank_calls", "twitter_support", "amazon_connect"])
def test_samples_are_read_and_their_inputs_are_there(adapter: str) -> None:
    read = Read(adapter, SAMPLES / adapter)
    assert not read.problem
    [(feed, name)] = read.found.inputs
    assert feed == adapter
    assert read.rows(f"select count(*) > 5 from {name}") == [(True,)]


# --- asterisk -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, content, complaint",
    [
        ("queue_log.csv", CSV_HEADER.replace(",", ";"), "lacks time, callid, queuename"),
        ("queue_log.csv", CSV_HEADER.replace("event,", ""), "lacks event. The adapter"),
        ("queue_log.1.bz2", b"BZh9", "is packed in a way that can't be read"),
        ("queues.csv", CSV_HEADER, "holds no file queue_log*"),
        ("queue_log.gz", b"no gzip", "can't be read"),
        ("queue_log.gz", gzip.compress(b"", mtime=0)[:10] + b"\xff" * 20, "can't be read"),
    ],
)
def test_queue_log_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes | str, complaint: str
) -> None:
    put(tmp_path / "data", name, content)
    assert complaint in Read("asterisk", tmp_path / "data").problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_queue_log_in_every_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    lines = [f"173000000{number}|1.{number}|sales|{name}|CONNECT|1|2|3" for number, name in
             enumerate(["Иванов Пётр", "Agent/Élodie", "陈"])]
    put(tmp_path / "data", "queue_log", end.join([*lines, ""]).encode(encoding))
    read = Read("asterisk", tmp_path / "data")
    assert (read.problem, read.remarks) == ("", "")
    assert read.rows("select agent, data3 from queue_log order by callid") == [
        ("Иванов Пётр", "3"), ("Agent/Élodie", "3"), ("陈", "3"),
    ]


def test_queue_log_of_which_some_lines_are_not_utf_8(tmp_path: Path) -> None:
    lines = ["1|1.1|q|Jos\u00e9|CONNECT|1".encode(), "2|1.2|q|Jos\u00e9|CONNECT|1".encode("cp1252")]
    put(tmp_path / "data", "queue_log", b"\n".join(lines))
    read = Read("asterisk", tmp_path / "data")
    assert read.rows("select distinct agent from queue_log") == [("José",)]
    assert "queue_log', line 2 isn't UTF-8" in read.remarks
    assert "line 1" not in read.remarks


def test_queue_log_with_both_line_ends_and_a_return_within(tmp_path: Path) -> None:
    did = "1730000001|1.1|NONE|NONE|DID|600\r\n"
    within = "1730000002|1.2|sales|Ann\rLee|CONNECT|1\n"
    put(tmp_path / "data", "queue_log", CALL * 3000 + did + CALL * 3000 + within + "3|1|q|x")
    read = Read("asterisk", tmp_path / "data")
    assert read.rows("select count(*), count_if(event = 'ENTERQUEUE') from queue_log") == [
        (6003, 6000),
    ]
    assert read.rows("select data1 from queue_log where event = 'DID'") == [("600",)]
    assert read.rows("select agent from queue_log where callid = '1.2'") == [("Ann Lee",)]
    assert read.remarks == (
        f"File '{tmp_path}/data/queue_log', line 6003 has too few fields or too many and was read "
        "as far as it goes."
    )


def test_empty_queue_logs_have_no_rows_and_are_named_where_nothing_else_is_there(
    tmp_path: Path,
) -> None:
    put(tmp_path / "data", "queue_log", b"")
    read = Read("asterisk", tmp_path / "data")
    assert not read.problem
    assert read.rows("select count(*) from queue_log") == [(0,)]
    assert "holds a line: there are no calls" in read.remarks
    put(tmp_path / "data", "queue_log.1", CALL)
    read = Read("asterisk", tmp_path / "data")
    assert (read.remarks, read.rows("select count(*) from queue_log")) == ("", [(1,)])


# --- simple CSV files -----------------------------------------------------------------------


def test_files_are_found_by_name_packed_or_not(tmp_path: Path) -> None:
    """Two systems' files side by side, one of them packed, in a folder with an awkward name."""
    folder = tmp_path / "it's [all] here"
    sample = SAMPLES / "twitter_support" / "twitter_support_sample.csv"
    put(folder, "twitter_support_1.csv.gz", gzip.compress(sample.read_bytes()))
    shutil.copy(SAMPLES / "bank_calls" / "bank_calls_sample.csv", folder)
    put(
        folder, "twitter_support_2.csv",
        "text,IN_RESPONSE_TO_TWEET_ID,tweet_id,author_id,inbound,created_at\r\n"
        '"two ""lines"",\r\n\r\nand more",1.0,90,115,True,Tue Oct 31 22:20:00 +0000 2017\r\n',
    )
    rows = Read("twitter_support", folder).rows("from tweets")
    assert len(rows) == 23
    assert ("90", "115", "True", "Tue Oct 31 22:20:00 +0000 2017", "1.0") in rows


def test_the_place_may_be_a_file(tmp_path: Path) -> None:
    file = shutil.copy(SAMPLES / "bank_calls" / "bank_calls_sample.csv", tmp_path / "august.csv")
    assert Read("bank_calls", Path(file)).rows("select count(*) from calls") == [(16,)]


@pytest.mark.parametrize("adapter", ["bank_calls", "twitter_support"])
def test_folder_without_a_file_is_named(tmp_path: Path, adapter: str) -> None:
    put(tmp_path / "nothing of theirs", "other.csv", "a\n1\n")
    assert (
        f"Data folder '{tmp_path / 'nothing of theirs'}' holds no file {adapter}*.csv or .csv.gz"
    ) in Read(adapter, tmp_path / "nothing of theirs").problem


def test_a_source_of_several_tables_is_named() -> None:
    with pytest.raises(InputError, match="desk_log_sources.yml names 18 tables"):
        adapters.only_table("desk_log", adapters.tables("chatwoot"))


def test_missing_column_is_named(tmp_path: Path) -> None:
    file = put(tmp_path / "data", "bank_calls.csv", "call_id,date,outcome\n1,1999-08-01,AGENT\n")
    assert f"File '{file}' lacks vru+line, customer_id, type, vru_entry" in Read(
        "bank_calls", tmp_path / "data"
    ).problem


def test_too_many_values_and_an_open_quote_are_reported(tmp_path: Path) -> None:
    put(
        tmp_path / "data", "twitter_support.csv",
        "tweet_id,author_id,inbound,created_at,in_response_to_tweet_id\n"
        "1,115,True,Tue Oct 31 22:00:00 +0000 2017,,more\n"
        '2,"115,True,Tue Oct 31 22:00:00 +0000 2017,\n',
    )
    read = Read("twitter_support", tmp_path / "data")
    assert "line 2 has too few values" in read.remarks
    assert read.remarks.count("has too few values") == 2
    assert read.rows("select tweet_id from tweets order by all") == [("1",), ("2",)]


def test_csv_lines_that_are_not_whole_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    header = "tweet_id,author_id,inbound,created_at,in_response_to_tweet_id,text\r\n"
    rows = "1,Éva,True,t,,x\r\n2,b\n3,c,False,t,1,y,z"
    put(tmp_path / "data", "twitter_support.csv", header + rows)
    read = Read("twitter_support", tmp_path / "data")
    assert read.rows("select tweet_id, author_id, inbound from tweets order by all") == [
        ("1", "Éva", "True"), ("2", "b", None), ("3", "c", "False"),
    ]
    assert "line 3 has too few values" in read.remarks
    assert "line 4 has too few values, too many" in read.remarks


def test_columns_without_a_name_do_not_move_the_others(tmp_path: Path) -> None:
    header = ",tweet_id,author_id,inbound,,created_at,in_response_to_tweet_id\n"
    put(tmp_path / "data", "twitter_support.csv", header + "0,1,a,True,,t,7\n")
    read = Read("twitter_support", tmp_path / "data")
    assert read.rows("select * from tweets") == [("1", "a", "True", "t", "7")]


# --- amazon_connect -------------------------------------------------------------------------


def test_records_in_every_encoding_and_with_every_line_end(tmp_path: Path) -> None:
    put(tmp_path / "data", "latin", '{"ContactId":"a"}\n{"Name":"Zürich"}\n'.encode("cp1252"))
    put(tmp_path / "data", "two", '{"ContactId":"b"}'.encode("utf-16"))
    put(tmp_path / "data", "returns", '{"ContactId":\r"c"}\r\n{"ContactId":"d"}\n')
    read = Read("amazon_connect", tmp_path / "data")
    lines = "select parse_filename(file), line from lines where line <> '' order by all"
    assert read.rows(lines) == [
        ("latin", '{"ContactId":"a"}'), ("latin", '{"Name":"Zürich"}'),
        ("returns", '{"ContactId": "c"}'), ("returns", '{"ContactId":"d"}'),
        ("two", '{"ContactId":"b"}'),
    ]
    assert read.remarks.count("isn't UTF-8") == 1


def test_a_line_that_is_too_long_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As long as a chunk of the file at least: shorter ones are no matter.
    monkeypatch.setattr(amazon_connect, "LONGEST_LINE", 5 << 20)
    line = b'{"ContactId":"b","x":"' + b"x" * (6 << 20) + b'"}\n'
    put(tmp_path / "data", "file", WHOLE.encode() + line + WHOLE.encode())
    read = Read("amazon_connect", tmp_path / "data")
    assert read.rows("select count(*), max(length(line)) < 100 from lines") == [(2, True)]
    assert "file', line 2 is longer than 128 MiB and was left out" in read.remarks


# --- chatwoot -------------------------------------------------------------------------------


@pytest.fixture()
def chatwoot(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES / "chatwoot", tmp_path / "chatwoot")
    return tmp_path / "chatwoot"


def test_chatwoot_tables_that_cannot_be_read_are_named(chatwoot: Path) -> None:
    file = chatwoot / "messages.csv"
    text = file.read_text()
    file.write_text(text.replace(",", ";"))
    problem = Read("chatwoot", chatwoot).problem
    assert f"File '{file}' lacks id, conversation_id, message_type" in problem
    file.write_text(text.replace("message_type", "kind", 1))
    problem = Read("chatwoot", chatwoot).problem
    assert f"File '{file}' lacks message_type. Of the table messages" in problem
    assert "with these names and commas between values" in problem
    file.write_text("")
    problem = Read("chatwoot", chatwoot).problem
    assert f"File '{file}' is empty. So psql leaves it where the user may not read" in problem
    file.unlink()
    problem = Read("chatwoot", chatwoot).problem
    assert f"Data folder '{chatwoot}' holds neither a file messages.csv" in problem


def test_reporting_events_are_needed_where_a_conversation_is_resolved(chatwoot: Path) -> None:
    (chatwoot / "reporting_events.csv").unlink()
    assert "conversation 1 is resolved" in Read("chatwoot", chatwoot).problem
    file = chatwoot / "conversations.csv"
    lines = [line for line in file.read_text().splitlines() if line.split(",")[3] != "1"]
    file.write_text("\n".join(lines))
    assert not Read("chatwoot", chatwoot).problem
    file.write_text("\n".join(lines).replace("status", "state"))
    assert "or has no status" in Read("chatwoot", chatwoot).problem


def test_a_tagging_without_the_names_of_tags_is_not_there(chatwoot: Path) -> None:
    assert ("chatwoot", "taggings") in Read("chatwoot", chatwoot).found.inputs
    (chatwoot / "tags.csv").unlink()
    assert ("chatwoot", "taggings") not in Read("chatwoot", chatwoot).found.inputs


@pytest.mark.parametrize(("gone", "table"), [
    ("inboxes", "working_hours"), ("applied_slas", "sla_policies"),
])
def test_hours_and_promises_of_nobody_are_not_there(chatwoot: Path, gone: str, table: str) -> None:
    assert ("chatwoot", table) in Read("chatwoot", chatwoot).found.inputs
    (chatwoot / f"{gone}.csv").unlink()
    assert ("chatwoot", table) not in Read("chatwoot", chatwoot).found.inputs


def test_tables_that_an_older_chatwoot_lacks(chatwoot: Path) -> None:
    # What psql leaves behind of a table that isn't there.
    (chatwoot / "captain_inboxes.csv").write_text("")
    found = Read("chatwoot", chatwoot).found.inputs
    assert ("chatwoot", "captain_inboxes") not in found
    assert ("chatwoot", "agent_bot_inboxes") in found
    (chatwoot / "captain_inboxes.csv").write_text("id;inbox_id;created_at\n")
    assert "lacks inbox_id, created_at. Of the table" in Read("chatwoot", chatwoot).problem


@pytest.mark.parametrize("word", ["NULL", "\\N"])
def test_the_word_for_nothing_is_empty_in_every_column_of_chatwoot(
    chatwoot: Path, word: str
) -> None:
    sql = "select * from conversations order by all"
    due = Read("chatwoot", chatwoot).rows(sql)
    file = chatwoot / "conversations.csv"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (from read_csv('{file}', all_varchar = true)) to '{file}' "
            f"(format csv, header, nullstr '{word}')"
        )
    assert word in file.read_text()
    assert Read("chatwoot", chatwoot).rows(sql) == due
    users = chatwoot / "users.csv"
    users.write_text("id,name,updated_at\n1,None,\n2,NULL,NULL\n")
    assert Read("chatwoot", chatwoot).rows("select id, name from users order by id") == [
        ("1", "None"), ("2", None),
    ]


@pytest.mark.parametrize("kind", ["struct(rule bigint)", "map(varchar, bigint)"])
def test_attributes_that_parquet_holds_as_values_are_json(chatwoot: Path, kind: str) -> None:
    file = chatwoot / "messages.csv"
    header = file.read_text().partition("\n")[0].split(",")
    listed = ", ".join(f"null as {name}" for name in header if name != "content_attributes")
    file.unlink()
    with duckdb.connect() as connection:
        connection.execute(f"""
            copy (
                select cast(cast(said as json) as {kind}) as content_attributes, {listed}
                from (values ('{{"rule": 3}}'), ('{{"rule": null}}'), (null)) as attributes (said)
            ) to '{file.with_suffix(".parquet")}'
        """)
    sql = "select content_attributes from messages order by content_attributes nulls last"
    assert Read("chatwoot", chatwoot).rows(sql) == [
        ('{"rule":3}',), ('{"rule":null}',), (None,),
    ]
