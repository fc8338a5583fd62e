"""The second file for readers of figures; and URLs, which no list of processes shows."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from contents import query
from test_build import build

from contact_center import build as build_module
from contact_center import places
from contact_center import publish_marts as publishing
from contact_center.building import BuildError, NotUnderstood
from contact_center.building.arguments import parse
from contact_center.publish_marts import copy_relation, publish_marts

URL = "postgresql://reader:secret-word@127.0.0.1:1/chatwoot"


def test_a_new_file_has_no_more_rights_than_the_warehouse(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(publishing, "copy_relation", rights_are_of_the_owner_alone)
    warehouse, target = tmp_path / "cc.duckdb", tmp_path / "figures.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts; create table marts.facts as select 1 as one")
    for rights in (0o600, 0o640):
        warehouse.chmod(rights)
        target.unlink(missing_ok=True)
        publish_marts(warehouse, target, [])
        assert target.stat().st_mode & 0o777 == rights


def test_the_warehouse_by_another_name_is_not_replaced(tmp_path: Path) -> None:
    """As Cc.duckdb is to some disks; known before a build, or first after it."""
    warehouse, target = tmp_path / "cc.duckdb", tmp_path / "other.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts; create table marts.facts as select 1 as one")
    target.hardlink_to(warehouse)
    with pytest.raises(NotUnderstood) as refused:
        parse(["--warehouse", str(warehouse), "--publish-marts", str(target)])
    assert "another file than the warehouse" in refused.value.message
    with pytest.raises(BuildError, match="another file than the warehouse"):
        publish_marts(warehouse, target, [])
    assert target.samefile(warehouse)


def test_views_of_ones_own_come_along(tmp_path: Path) -> None:
    """Whatever they are called: a person has made them in the warehouse, which builds keep."""
    warehouse, target = tmp_path / "warehouse.duckdb", tmp_path / "marts.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("""
            create schema marts;
            create view marts."my ""view" as select 1 as "a b", 'c' as customer_id;
            comment on view marts."my ""view" is 'mine';
            comment on column marts."my ""view"."a b" is 'one';
        """)
    publish_marts(warehouse, target, ["customer"])
    with duckdb.connect(str(target)) as connection:
        assert connection.execute(
            "select table_name, column_name, comment from duckdb_columns()"
            " where schema_name = 'marts'"
        ).fetchall() == [('my "view', "a b", "one")]
        assert connection.execute(
            "select comment from duckdb_tables() where schema_name = 'marts'"
        ).fetchall() == [("mine",)]


def rights_are_of_the_owner_alone(connection, *rest) -> None:
    """Until the file is whole."""
    [(part,)] = connection.execute(
        "select path from duckdb_databases() where database_name = 'figures'"
    ).fetchall()
    assert Path(part).stat().st_mode & 0o077 == 0
    copy_relation(connection, *rest)


@pytest.mark.parametrize("without", [[], ["customer"]])
def test_the_marts_alone(without: list[str], demo_warehouse: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "figures.duckdb"
    target.write_bytes(b"")
    publish_marts(demo_warehouse, target, without)
    schemas = query(target, "select distinct schema_name from duckdb_tables()")
    assert schemas == [("marts",)]
    count = "select count(*), sum(session_count) from marts.session_analysis_daily"
    assert query(target, count) == query(demo_warehouse, count)
    views = "select count(*) from marts.restatements"
    assert query(target, views) == [(0,)]
    columns = {name for (name,) in query(
        target, "select distinct column_name from information_schema.columns"
    )}
    assert ("customer_id" in columns, "row_text" in columns) == (not without, not without)
    call = "select count(*) from marts.session_analysis('2026-03-09', '2026-03-15')"
    assert query(target, call) == query(demo_warehouse, call)
    if without:
        # Distinct customers can't be counted without customers.
        said = capsys.readouterr().out
        assert "Left out there" in said and "agent_analysis" in said
        with pytest.raises(duckdb.Error):
            query(target, "from marts.agent_analysis('2026-03-09', '2026-03-15')")
    assert [path.name for path in tmp_path.iterdir()] == ["figures.duckdb"]


@pytest.mark.parametrize(("arguments", "words"), [
    (("--without", "customer"), "--publish-marts names"),
    (("--publish-marts", "none/there.duckdb"), "isn't there"),
    (("--publish-marts", "README.md"), "no DuckDB file"),
])
def test_wrong_arguments(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    result = build(*arguments, "--warehouse", tmp_path / "cc.duckdb")
    assert result.returncode == 2
    assert words in result.stderr


@pytest.mark.parametrize("arguments", [
    ["--adapter", "chatwoot", "--database", URL],
    ["--adapter", "chatwoot", f"--database={URL}"],
    ["--adapter", f"chatwoot={URL}"],
    [f"--adapter=chatwoot={URL}"],
])
def test_a_url_leaves_the_command_line_at_once(
    arguments: list[str], monkeypatch, tmp_path: Path
) -> None:
    began: list[list[str]] = []

    def begin(program: str, words: list[str]) -> None:
        began.append(words)
        raise SystemExit

    monkeypatch.setattr(os, "execv", begin)
    # Set first, so that what the command sets is gone with the test.
    monkeypatch.setenv(places.environment_variable("chatwoot"), "")
    monkeypatch.delenv(places.environment_variable("chatwoot"))
    rest = ["--warehouse", str(tmp_path / "cc.duckdb"), "--", "--threads", "1"]
    with pytest.raises(SystemExit):
        build_module.main([*arguments, *rest])
    [words] = began
    assert not [word for word in words if "secret" in word]
    assert words[-5:] == rest
    assert os.environ[places.environment_variable("chatwoot")] == URL
    # What begins anew understands what is left.
    options = build_module.parse(words[3:])
    assert options.adapters == {"chatwoot": URL}
    assert places.without_urls(words[3:]) == words[3:]
    monkeypatch.delenv(places.environment_variable("chatwoot"))


@pytest.mark.parametrize(("arguments", "words"), [
    (["--data", URL], "--data is a folder; give a database by --adapter NAME --database URL"),
    (["--adapter", "chatwoot", "--data", URL], "--data is a folder"),
    (["--adapter", URL], "--adapter 'postgresql://...' isn't one of amazon_connect, "),
    (["--publish-marts", f"/{URL}'s"], "--publish-marts: the folder '/postgresql://..."),
    (["--warehouse", URL], "--warehouse is a file, of a DuckLake a folder"),
    (["--data", URL.replace("ql", "ql+psycopg2")], "--data 'postgresql+psycopg2://...' isn't"),
    (["--data", URL.replace("postgresql", "mysql")], "--data 'mysql://...' isn't there"),
    (["--target", URL], "invalid choice: 'postgresql://...'"),
    ([f"--daten={URL}"], "unrecognized arguments: --daten=postgresql://..."),
    (["--adapter", "chatwoot", "--database", "x"], "postgresql://user:password@host:port/dbname"),
])
def test_a_url_that_is_refused_is_not_repeated(
    arguments: list[str], words: str, tmp_path: Path, capsys
) -> None:
    status = build_module.main(["--warehouse", str(tmp_path / "cc"), *arguments, "--json"])
    said = capsys.readouterr()
    assert status == 2
    for text in (said.out, said.err):
        assert words in text and "secret" not in text
