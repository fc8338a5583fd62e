"""What builds on Spark need around the cluster, without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from contact_center import spark, spark_cluster, spark_input
from contact_center.building import variables
from contact_center.intake import InputError
from contact_center.intake import __main__ as command
from contact_center.intake.spark import files_of


def test_each_file_has_its_own_and_no_copy_stays(tmp_path: Path) -> None:
    data, made = tmp_path / "data", tmp_path / "made"
    for name in ("a/b", "a_b", "c"):
        file = data / "raw_agents" / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        # Not UTF-8, so that a copy is read.
        file.write_bytes(f"agent_id,agent_name\n{name},Zo\xeb\n".encode("latin-1"))
    for _ in range(2):
        spark_input.as_parquet(data, made)
        assert len(list((made / "raw_agents").iterdir())) == 3
        with duckdb.connect() as connection:
            rows = connection.sql(f"select agent_id from '{made}/*/*.parquet' order by all")
            assert rows.fetchall() == [("a/b",), ("a_b",), ("c",)]
    assert (made / "raw_agents" / "raw_agents_c.csv.parquet").exists()


def test_another_encoding_is_read_anew(tmp_path: Path) -> None:
    file, made = tmp_path / "data" / "raw_agents.csv", tmp_path / "made"
    file.parent.mkdir()
    file.write_bytes("agent_id,agent_name\na,张伟\n".encode("gbk"))
    for encoding, name in ("", "ÕÅÎ°"), ("GB18030", "张伟"):
        spark_input.as_parquet(file.parent, made, encoding)
        with duckdb.connect() as connection:
            rows = connection.sql(f"select agent_name from '{made}/*/*.parquet'").fetchall()
        assert rows == [(name,)]


def test_the_encoding_is_that_of_the_project_s_file_too(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text("vars: {text_encoding: gb18030}")
    monkeypatch.setattr(variables, "ROOT", tmp_path)
    assert variables.text_encoding({}) == "gb18030"
    # A number to YAML, and a name of Windows-1251.
    assert variables.text_encoding({"text_encoding": 1251}) == "1251"
    with pytest.raises(InputError, match="Variable text_encoding is 'utf-16' but must be"):
        spark_input.as_parquet(tmp_path, tmp_path / "made", "utf-16")


@pytest.mark.parametrize(("folder", "path"), [
    ("/data/x", "file:/data/x"), ("/data/x/data", "file:/data/x/data"),
    ("s3a://data/data", "s3a://data/data"), ("data", "file:/home/data"),
])
def test_a_file_s_name_is_that_within_the_folder(folder: str, path: str) -> None:
    listing = [(f"{path}/raw_agents/data/a.parquet", 1, None)]
    cursor = SimpleNamespace(execute=lambda sql: None, fetchall=lambda: listing)
    assert [file.name for file in files_of(cursor, folder)] == ["raw_agents/data/a.parquet"]


def test_a_cluster_that_cannot_be_reached(monkeypatch, capsys) -> None:
    class TransportError(Exception):
        """As Thrift's is."""

    def connect(**_: object) -> None:
        raise TransportError("Could not connect")

    hive = SimpleNamespace(connect=connect)
    monkeypatch.setitem(sys.modules, "pyhive", SimpleNamespace(hive=hive))
    monkeypatch.setitem(os.environ, spark.HOST, "nowhere")
    assert command.main(["--vars", "{data_dir: /data}"]) == 1
    assert "intake: the Thrift server nowhere:10000 can't be reached" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        command.main(["--vars", "{data_dir: ["])
    assert ended.value.code == 2


def test_a_quote_in_the_folder_of_the_demo(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(spark, "rows", lambda sql: asked.append(sql) or [])
    spark.check_demo(Path("/it's"))
    assert asked[0].endswith(r"folder <> '/it\'s'")


def test_what_is_left_of_a_cluster_ends_before_another_begins(tmp_path, monkeypatch) -> None:
    """Of its processes only those of Spark, for ids are given anew: as macOS tells them too."""
    processes = {
        name: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", name])
        for name in ("spark", "another")
    }
    ids = {name: process.pid for name, process in processes.items()}
    try:
        assert [spark_cluster.is_alive_by_ps(pid) for pid in ids.values()] == [True, False]
        (tmp_path / "cluster.json").write_text(json.dumps({"processes": ids}))
        monkeypatch.setattr(spark_cluster, "find_java", lambda: Path("/java/bin/java"))
        monkeypatch.setattr(spark_cluster, "free_ports", lambda _: exit("it begins"))
        with pytest.raises(SystemExit, match="it begins"):
            spark_cluster.start(tmp_path)
        assert processes["another"].poll() is None
        assert not spark_cluster.is_alive_by_ps(ids["spark"])
        assert not (tmp_path / "cluster.json").exists()
    finally:
        for process in processes.values():
            process.kill()
            process.wait()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="macOS has no /proc")
def test_a_process_that_ends_while_it_is_looked_at(monkeypatch) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    def open_and_end(*arguments: object, **options: object) -> object:
        file = open(*arguments, **options)
        process.kill()
        process.wait()
        return file

    monkeypatch.setattr(spark_cluster, "open", open_and_end, raising=False)
    assert not spark_cluster.is_alive(process.pid)
    # It was alive, and has ended since.
    told = [False, True]
    monkeypatch.setattr(spark_cluster, "is_alive", lambda _: told.pop() if told else False)
    spark_cluster.end({"ended": process.pid})
