"""Erased customers: nowhere in the warehouse, no figure moves, their old rows come in erased."""

from __future__ import annotations

import shutil
import subprocess
from argparse import Namespace
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from contents import contents, query
from nasty import write_tables
from test_pseudonyms import OTTO, UMA, built_plainly, files_with, uncompressed
from untested import build_untested_well

from contact_center import lake
from contact_center.building.former import has_erased
from contact_center.erasing import say_whom_no_row_holds, values


def erase(*arguments: str | Path, said: str | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", ROOT / "scripts" / "erase", *arguments], capture_output=True, text=True,
        check=False, timeout=600, input=said,
    )


def test_one_value_is_no_values() -> None:
    assert [values(count) for count in (1, 2, 1000)] == ["1 value", "2 values", "1,000 values"]


def test_one_customer_is_no_customers(capsys) -> None:
    for customers in (["a"], ["a", "b"], ["a", "b", "c"]):
        say_whom_no_row_holds(customers, held={"c"})
    assert [line.partition(";")[0] for line in capsys.readouterr().out.splitlines()] == [
        "No row holds this customer", "No row holds these customers",
        "No row holds 2 of these 3 customers",
    ]


def places_of(text: str, warehouse: Path) -> list[str]:
    """Every text column of every schema that has it somewhere."""
    found = []
    with lake.open_warehouse(warehouse) as connection:
        columns = connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns "
            "where data_type = 'VARCHAR' and table_catalog = current_database()"
        ).fetchall()
        for schema, table, column in columns:
            if connection.execute(
                f'select 1 from "{schema}"."{table}" where contains("{column}", ?) limit 1', [text]
            ).fetchone():
                found.append(f"{schema}.{table}.{column}")
    assert columns
    return found


def without_customers(warehouse: Path) -> dict:
    """Every mart, with a number in place of each customer, in the order of their sessions."""
    customers = query(
        warehouse,
        "select distinct on (customer_id) customer_id, session_id from marts.fct_sessions "
        "where customer_id is not null order by customer_id, session_id",
    )
    numbers = {
        customer: f"customer {number}" for number, (customer, _) in enumerate(
            sorted(customers, key=lambda row: row[1])
        )
    }

    def numbered(value: object) -> object:
        if isinstance(value, str):
            for customer, number in numbers.items():
                value = value.replace(customer, number)
        return value

    return {
        relation: {
            tuple((column, numbered(value)) for column, value in row): count
            for row, count in rows.items()
        }
        for relation, rows in contents(warehouse).items()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return built_plainly(tmp_path_factory)


def test_no_log_and_no_artefact_names_a_customer(built: Path) -> None:
    """Of a build without pseudonyms, which has rows to complain of."""
    work = built / ".cc.duckdb.building"
    assert "raw_messages" in (work / "said.txt").read_text()
    assert len(list(work.rglob("*.*"))) > 10
    assert files_with((UMA, OTTO), work) == []


@pytest.fixture(scope="module")
def erased(built: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("erased")
    uncompressed(built / "cc.duckdb", folder / "cc.duckdb")
    assert files_with((UMA,), folder) == [("cc.duckdb", UMA)], "it can be found"
    # As Windows saves a file.
    result = erase("--from", "-", "--warehouse", folder / "cc.duckdb", said=f"\ufeff{UMA}\r\n-\r\n")
    assert result.returncode == 0, result.stderr
    assert "No row holds 1 of these 2 customers" in result.stdout
    assert "staging.checked_sessions.customer_id: 3 values replaced" in result.stdout
    assert UMA not in result.stdout + result.stderr
    return folder


def test_the_id_is_nowhere(built: Path, erased: Path, tmp_path: Path) -> None:
    warehouse = erased / "cc.duckdb"
    assert len(places_of(UMA, built / "cc.duckdb")) > 5
    assert places_of(UMA, warehouse) == []
    uncompressed(warehouse, tmp_path / "look.duckdb")
    assert files_with((UMA,), erased) + files_with((UMA,), tmp_path) == []
    assert ("look.duckdb", OTTO) in files_with((OTTO,), tmp_path), "nobody else is erased"


def test_no_figure_moves(built: Path, erased: Path) -> None:
    assert without_customers(erased / "cc.duckdb") == without_customers(built / "cc.duckdb")


def test_the_file_is_kept_as_a_build_keeps_it(built: Path, erased: Path) -> None:
    storage = "select tags['storage_version'] from duckdb_databases() where database_name = 'cc'"
    assert query(erased / "cc.duckdb", storage) == query(built / "cc.duckdb", storage)


def test_old_rows_come_in_erased(built: Path, erased: Path, tmp_path: Path) -> None:
    """Read again from the same files, and in new rows of the same customer."""
    warehouse = Path(shutil.copy(erased / "cc.duckdb", tmp_path / "cc.duckdb"))
    [(stands_for,)] = query(
        warehouse, "select customer_id from marts.fct_sessions where session_id = 's1'"
    )
    data = tmp_path / "data"
    shutil.copytree(built / "data", data)
    more = {"raw_sessions": [
        {"session_id": "s9", "customer_id": UMA, "started_at": "2026-03-05T12:00:00Z"},
    ]}
    write_tables(more, tmp_path / "more")
    build_untested_well("--data", tmp_path / "more", "--warehouse", warehouse)
    of_uma = "select session_id from marts.fct_sessions " \
        f"where customer_id = '{stands_for}' order by 1"
    assert query(warehouse, of_uma) == [("s1",), ("s2",), ("s9",)]
    assert places_of(UMA, warehouse) == []

    build_untested_well("--data", data, "--warehouse", warehouse, "--full-refresh")
    assert query(warehouse, of_uma) == [("s1",), ("s2",)]
    assert places_of(UMA, warehouse) == []


def test_a_lake_forgets_its_earlier_states(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "lake"
    build_untested_well("--target", "ducklake", "--data", built / "data", "--warehouse", place)
    before = without_customers(place)
    assert files_with((UMA,), place), "the catalogue knows the least and the greatest of each file"
    result = erase("--customer", UMA, "--warehouse", place)
    assert result.returncode == 0, result.stderr
    assert "expired" in result.stdout
    assert places_of(UMA, place) == []
    assert files_with((UMA,), place) == []
    parquet = [str(path) for path in (place / "data").rglob("*.parquet")]
    with duckdb.connect() as connection:
        for path in parquet:
            columns = [name for name, kind, *_ in connection.execute(
                f"describe from read_parquet('{path}')").fetchall() if kind == "VARCHAR"]
            for column in columns:
                assert not connection.execute(
                    f"select 1 from read_parquet('{path}') where contains(\"{column}\", ?)", [UMA]
                ).fetchone(), (path, column)
    assert without_customers(place) == before


def test_a_catalogue_forgets_before_it_is_published(tmp_path: Path) -> None:
    """Whoever reads it at once neither finds what is gone nor stops that it goes."""
    place = tmp_path / "lake"
    (tmp_path / "work").mkdir()
    for customer, keeps in ((UMA, True), ("erased", False)):
        of_customer(place, customer, keeps)
        assert (UMA.encode() in (place / lake.CATALOGUE).read_bytes()) is keeps


@pytest.mark.parametrize(("step", "customer"), [("replace", UMA), ("sync", "erased")])
def test_a_lake_reads_wherever_its_erasure_breaks(step, customer, tmp_path, monkeypatch) -> None:
    place, of_lake = tmp_path / "lake", "select customer_id from t"
    (tmp_path / "work").mkdir()
    of_customer(place, UMA)

    def fail(path: Path, *_: object) -> None:
        # Of the folder, once the catalogue is in place.
        if step == "replace" or path == place:
            raise OSError("the machine stops")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="the machine stops"):
        patched.setattr(lake.os if step == "replace" else lake, step, fail)
        of_customer(place, "erased", keep_earlier=False)
    assert query(place, of_lake) == [(customer,)]
    # The next one deletes what was left.
    of_customer(place, "erased", keep_earlier=False)
    assert query(place, of_lake) == [("erased",)]
    assert len(list((place / "data").rglob("*.parquet"))) == 1


def test_files_that_can_not_be_deleted_are_told(tmp_path, monkeypatch) -> None:
    place = tmp_path / "lake"
    (tmp_path / "work").mkdir()
    of_customer(place, UMA)
    unlink = Path.unlink

    def fail(path: Path, **given: bool) -> None:
        if path.suffix == ".parquet":
            raise PermissionError(1, "Operation not permitted", str(path))
        unlink(path, **given)

    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(lake.LakeError, match="is published, but files of earlier states"):
        of_customer(place, "erased", keep_earlier=False)


def of_customer(place: Path, customer: str, keep_earlier: bool = True) -> None:
    """Publishes a lake with one row."""
    catalogue = lake.start(place, place.parent / "work")
    with lake.writing(catalogue, place) as connection:
        connection.execute(f"create or replace table t as select '{customer}' as customer_id")
    lake.publish(catalogue, place, keep_earlier)


def test_an_adapters_customers_stay_erased(tmp_path: Path) -> None:
    """The system's own files name the caller still, and every build reads them again."""
    warehouse = tmp_path / "cc.duckdb"
    adapter = ("--adapter", f"asterisk={ROOT / 'tests/python/samples/asterisk'}", "--warehouse",
               warehouse, "--var", "asterisk_time_zone=Europe/Berlin")
    build_untested_well(*adapter)
    before = without_customers(warehouse)
    assert any(place.startswith("adapters.") for place in places_of("600111", warehouse))
    assert erase("--customer", "600111", "--warehouse", warehouse).returncode == 0
    assert places_of("600111", warehouse) == []
    build_untested_well(*adapter)
    assert places_of("600111", warehouse) == []
    assert without_customers(warehouse) == before


def test_whom_a_file_of_any_name_has_forgotten_is_known(tmp_path: Path) -> None:
    warehouse = tmp_path / 'a"b.duckdb'
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema staging")
        connection.execute(
            "create table staging.erased_customers as "
            "select 'key'::blob as erasure_key, 'hmac' as id_hmac, 'erased-1' as pseudonym"
        )
    assert has_erased(Namespace(target="duckdb", warehouse=warehouse))


def test_a_file_of_ids_that_names_nobody_or_is_not_text(tmp_path: Path) -> None:
    warehouse, ids = tmp_path / "cc.duckdb", tmp_path / "ids.txt"
    duckdb.connect(str(warehouse)).close()
    for file, words in (b"\r\n", "names nobody"), (b"M\xfcller\n", "isn't UTF-8"):
        ids.write_bytes(file)
        result = erase("--from", ids, "--warehouse", warehouse)
        assert result.returncode == 1 and words in result.stderr, result.stderr


@pytest.mark.parametrize(("arguments", "words"), [
    ((), "nobody is named"), (("--from", "none.txt"), "isn't a file that is there"),
    (("--customer", "x", "--warehouse", "none.duckdb"), "isn't there"),
])
def test_wrong_arguments(arguments: tuple[str, ...], words: str) -> None:
    result = erase(*arguments)
    assert result.returncode == 2
    assert words in result.stderr
