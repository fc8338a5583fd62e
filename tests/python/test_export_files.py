"""What is in the files of an export: cells, types, encodings; and where they are left."""

import datetime
import errno
import gc
import io
import os
import subprocess
import sys

import duckdb
import pytest
from conftest import ROOT
from exports import FROM, FULL, TO, read_csv, read_parquet, sheet_of

from contact_center import export, export_files
from contact_center.export_files import harmless
from contact_center.export_query import EXPORTED, Column


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+49 30", "-1", "@sum", "\tx", "\rx", "\nx", "\0=1", "  =1", "\u00a0@x", "\ufeff=1",
        "\u200b=1", "＝1+1", "＠x", "\t",
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "a=b", "O'Connor", "'=1", "李小龍", "1-2", "(+49)", "–"])
def test_other_text_stays(text):
    assert harmless(text) == text


def test_cells_and_headers_are_harmless(exported, own_warehouse):
    warehouse = own_warehouse(
        "update marts.dim_agents set agent_name = '=1+cmd|'' /C calc''!A0' "
        "where agent_id = 'us-0001'",
        "update marts.dim_companies set company_name = ' @a, \"b\"' || chr(10) || 'c' "
        "where company_id = 'acme-us'",
        "update marts.column_catalog set label_en = '-Sessions' "
        "where column_name = 'session_count'",
    )
    arguments = ["--agent", "us-0001", "--labels", "en"]
    agent, company = "'=1+cmd|' /C calc'!A0", "' @a, \"b\"\nc"
    [row] = read_csv(exported("agent_analysis", "csv", *arguments, warehouse=warehouse))
    assert {agent, company} <= set(row.values())
    assert "'-Sessions" in row
    sheet = sheet_of(exported("agent_analysis", "xlsx", *arguments, warehouse=warehouse))
    cells = [cell for cell_row in sheet.iter_rows() for cell in cell_row]
    assert {agent, company, "'-Sessions"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    [row] = read_parquet(exported("agent_analysis", "parquet", *arguments, warehouse=warehouse))
    assert {agent[1:], company[1:]} <= set(row.values())


def test_csv_is_utf8_with_mark_and_crlf(exported):
    content = exported("agent_analysis", "csv", "--labels", "zh").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert "坐席" in content.decode("utf-8-sig")
    assert b'"Acme Outfitters, Inc."' in content


def test_xlsx_cells_are_typed(exported):
    sheet = sheet_of(
        exported("agent_analysis", "xlsx", "--mode", "daily", "--labels", "column", days=FULL)
    )
    names = [cell.value for cell in sheet[1]]
    formats = {
        name: {cell.number_format for cell in column if cell.value is not None}
        for name, column in zip(names, sheet.iter_cols(min_row=2), strict=True)
    }
    types = {
        name: {type(cell.value) for cell in column if cell.value is not None}
        for name, column in zip(names, sheet.iter_cols(min_row=2), strict=True)
    }
    assert formats["date_day"] == {"yyyy-mm-dd"}
    assert formats["first_login_at"] == {"yyyy-mm-dd hh:mm:ss"}
    assert formats["busy_seconds"] == formats["avg_session_seconds"] == {"[h]:mm:ss"}
    assert formats["busy_rate"] == {"0.0 %"}
    assert formats["session_count"] == {"#,##0"}
    assert types["date_day"] == types["first_login_at"] == {datetime.datetime}
    assert types["session_count"] == {int}
    assert types["agent_name"] == {str}


def test_xlsx_header_is_frozen_and_filtered(exported):
    sheet = sheet_of(exported("session_analysis", "xlsx", "--mode", "daily"))
    assert sheet.title == "session_analysis_daily"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    widths = [sheet.column_dimensions[name].width for name in ("A", "B", "C", "D")]
    assert all(10 <= width <= 31 for width in widths)


def test_parquet_is_typed(exported):
    path = exported("agent_analysis", "parquet", "--mode", "daily", "--labels", "column")
    types = {
        row[0]: row[1]
        for row in duckdb.sql(f"describe select * from read_parquet('{path}')").fetchall()
    }
    assert types["date_day"] == "DATE"
    assert types["first_login_at"] == "TIMESTAMP"
    assert types["session_count"] == "BIGINT"
    assert types["busy_rate"] == types["busy_seconds"] == "DOUBLE"


def test_output_names_the_format(exported):
    assert sheet_of(exported("session_analysis", "xlsx")).max_row == 4


def test_output_with_another_ending_is_what_the_format_says(exported):
    path = exported("session_analysis", "it's data", "--format", "parquet")
    assert read_parquet(path)


def test_default_output(odd_warehouse, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(export, "ROOT", tmp_path)
    monkeypatch.setenv("CONTACT_CENTER_WAREHOUSE", str(odd_warehouse))
    assert export.main(["session_analysis", "--from", FROM, "--to", TO]) == 0
    path = tmp_path / "exports" / f"session_analysis_{FROM}_{TO}_aggregated.csv"
    assert capsys.readouterr().out == f"{path}: 3 rows\n"
    assert len(read_csv(path)) == 3
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_command_from_another_folder(odd_warehouse, tmp_path):
    result = subprocess.run(
        [
            sys.executable, "-m", "contact_center.export", "agent_analysis",
            "--from", FROM, "--to", TO, "--output", "figures.parquet",
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "scripts"),
            "CONTACT_CENTER_WAREHOUSE": str(odd_warehouse),
            "TZ": "Pacific/Auckland",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""
    assert result.returncode == 0
    assert read_parquet(tmp_path / "figures.parquet")


def test_a_full_disk_is_said_once(odd_warehouse, tmp_path, monkeypatch, capsys):
    """Nothing but the message, and nothing left of the export."""
    class Disk(io.FileIO):
        def write(self, data):
            if self.tell() + len(data) > 4096:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    class Full(export_files.Archive, Disk):
        """Its super() is the disk."""

    also_said = []
    monkeypatch.setattr(export_files, "Archive", Full)
    monkeypatch.setattr(sys, "unraisablehook", also_said.append)
    output = tmp_path / "figures.xlsx"
    assert export.main([
        "agent_analysis", "--from", FROM, "--to", TO, "--warehouse", str(odd_warehouse),
        "--output", str(output),
    ]) == 1
    gc.collect()
    assert capsys.readouterr().err == (
        f"export: can't write '{output}': [Errno 28] No space left on device\n"
    )
    assert also_said == list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_failure_leaves_the_earlier_file(
    odd_warehouse, tmp_path, monkeypatch, capsys, exported, ending
):
    output = exported("session_analysis", ending)
    earlier = output.read_bytes()

    def fail_half_way(connection, columns, path, title):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(export_files.WRITERS, ending, fail_half_way)
    command = ["agent_analysis", "--from", FROM, "--to", TO, "--output", str(output)]
    command.append("--overwrite")
    assert export.main([*command, "--warehouse", str(odd_warehouse)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert output.read_bytes() == earlier
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_warehouse_is_not_changed(exported, own_warehouse):
    warehouse = own_warehouse()
    before = warehouse.read_bytes()
    exported("digital_metrics", "csv", warehouse=warehouse)
    assert warehouse.read_bytes() == before
    assert [path.name for path in warehouse.parent.iterdir()] == [warehouse.name]


def test_json_of_a_bin_without_an_end(tmp_path):
    """The last one of duration_histogram_daily: JSON has no word for it."""
    path = tmp_path / "bins.json"
    with duckdb.connect() as connection:
        connection.execute(
            f"create temp table {EXPORTED} as select cast('inf' as double) as upper_seconds, 2 as n"
        )
        columns = [
            Column("m", name, name, "count", "double") for name in ("upper_seconds", "n")
        ]
        export_files.write_json(connection, columns, path, "bins")
    assert path.read_text() == '[\n{"upper_seconds": null, "n": 2}\n]\n'
