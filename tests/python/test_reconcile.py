"""The command reconcile: what it prints, how it ends, what it says of a wrong file."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil

import duckdb
import pytest
from conftest import ROOT

from contact_center import export, reconcile
from contact_center.export_query import LABEL_COLUMNS, modes_of_families
from contact_center.reconciling import UsageError
from contact_center.reconciling.published import Published

DAY = "2026-03-05"
HEADER = "figure_id,date_day,agent_id,value"


@pytest.fixture
def run(odd_warehouse, tmp_path, capsys):
    """Gives the exit status, and what was printed and said."""

    def run(*lines: str, header: str = HEADER, name: str = "contract", options=(), **of_text):
        vendor = tmp_path / "vendor.csv"
        vendor.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        status = reconcile.main([
            name, "--vendor", str(vendor), "--warehouse", str(odd_warehouse), *options,
        ])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture(scope="module")
def ours(odd_warehouse):
    def ours(sql: str):
        with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchone()

    return ours


def test_equal(run, ours) -> None:
    [count, agent_sessions] = ours(f"""
        select (select sum(session_count) from marts.session_analysis_daily
                where date_day = '{DAY}'),
            (select session_count from marts.agent_analysis_daily
             where date_day = '{DAY}' and agent_id = 'us-0001')
    """)
    status, out, _ = run(f"S1,{DAY},,{count}", f"A9,{DAY},us-0001,{agent_sessions}")
    assert status == 0
    assert out.splitlines()[-1] == "2 equal, 0 explained, 0 unexplained"


def test_a_ratio_with_its_halves(run, ours) -> None:
    numerator, denominator = ours(f"""
        select sum(queue_seconds), sum(human_session_count) from marts.session_analysis_daily
        where date_day = '{DAY}'
    """)
    status, out, _ = run(
        f"S6,{DAY},,{numerator / denominator:.2f}", options=["--format", "json"]
    )
    [found] = json.loads(out)
    assert status == 0 and found["verdict"] == "equal"
    assert (found["numerator"], found["denominator"]) == (pytest.approx(numerator), denominator)


def test_a_rate_leaves_out_a_feed_that_doesnt_measure_it(
    odd_warehouse, tmp_path, capsys
) -> None:
    """Acme has a feed of its own, without messages: its sessions are neither above A19's line nor
    below it, in ours and in what a reason makes of it."""
    warehouse = tmp_path / "feeds.duckdb"
    shutil.copyfile(odd_warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("""
            update marts.agent_analysis_daily set unreplied_session_count = null
            where company_id = 'acme-us';
            insert into staging.measured_tables
            select * replace ('silent' as feed, false as has_messages) from staging.measured_tables;
            update intermediate.agent_companies set feed = 'silent' where company_id = 'acme-us'
        """)
        days = connection.execute("""
            select date_day, sum(unreplied_session_count) as unreplied, sum(digital_session_count),
                sum(session_count)
            from marts.agent_analysis_daily where company_id != 'acme-us'
            group by 1 having unreplied > 0 and sum(digital_session_count) < sum(session_count)
            order by 1 limit 3
        """).fetchall()
    found = []
    for of_all in (False, True):
        vendor = tmp_path / "vendor.csv"
        vendor.write_text("figure_id,date_day,value\n" + "".join(
            f"A19,{day},{unreplied / (sessions if of_all else digital)}\n"
            for day, unreplied, digital, sessions in days
        ), encoding="utf-8")
        reconcile.main([
            "contract", "--vendor", str(vendor), "--warehouse", str(warehouse), "--format", "json",
        ])
        found.append([
            (one["denominator"], one["reasons"]) for one in json.loads(capsys.readouterr().out)
        ])
    assert found == [
        [(digital, reasons) for _, _, digital, _ in days] for reasons in ([], ["of_all_channels"])
    ]


def test_explained_with_its_sessions(run, ours) -> None:
    [lines] = ours("""
        select list('S1,' || day || ',,' || count) from (
            select cast(started_at as date) as day, count(*) as count from marts.fct_sessions
            where company_id = 'acme-us' and started_at between '2026-03-04' and '2026-03-12'
            group by 1 order by 1
        )
    """)
    status, out, _ = run(*lines, options=["--company", "acme-us"])
    assert status == 0
    assert "days are days of UTC" in out and "another day in UTC" in out


def test_unexplained(run) -> None:
    status, out, _ = run(f"S1,{DAY},,123456", options=["--sessions", "2"])
    assert status == 1
    lines = out.splitlines()
    assert "unexplained" in lines[1] and "no known reason" in lines[1]
    assert lines[4].strip().startswith("... and ")
    assert lines[-1] == "0 equal, 0 explained, 1 unexplained"


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_formats(run, form: str) -> None:
    status, out, _ = run(f"S1,{DAY},,123456", f"A1,{DAY},us-0001,0", options=["--format", form])
    assert status == 1
    if form == "markdown":
        assert out.startswith("| figure | day |") and "123,456" in out
        return
    found = json.loads(out) if form == "json" else list(csv.DictReader(io.StringIO(out)))
    assert [row["figure_id"] for row in found] == ["S1", "A1"]
    assert [row["verdict"] for row in found] == ["unexplained", "unexplained"]
    assert float(found[0]["difference"]) + float(found[0]["ours"]) == 123456
    assert found[1]["ours"].endswith("Z")
    assert found[0]["sessions"]


def test_a_report_is_read_as_its_own_mart_names_figures(run, ours) -> None:
    """Agents and digital contacts have figures of these names too."""
    count, response, seconds = ours(f"""
        select
            sum(session_count),
            sum(first_response_seconds) / sum(first_response_session_count),
            sum(first_response_seconds)
        from marts.session_analysis_daily where date_day = '{DAY}'
    """)
    header = 'Date,Sessions,Average first response time,"First response time, sum"'
    status, out, _ = run(
        f"{DAY},{count},{response},{seconds}", header=header, options=["--format", "csv"]
    )
    assert [row["figure_id"] for row in csv.DictReader(io.StringIO(out))] == [
        "S1", "S8", "session_analysis_daily.first_response_seconds"
    ]
    assert status == 0


def test_every_export_of_days_is_equal_to_itself(odd_warehouse, tmp_path, capsys) -> None:
    """Whatever its labels, and where it is split by more than figures are compared by."""
    with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
        marts = [
            (family, mode) for family, modes in modes_of_families(connection).items()
            for mode in modes if mode != "aggregated"
        ]
    given = ["--warehouse", str(odd_warehouse), "--company", "acme-us"]
    for number, (family, mode) in enumerate(marts):
        file = str(tmp_path / f"{family}_{mode}.csv")
        labels = list(LABEL_COLUMNS)[number % len(LABEL_COLUMNS)]
        assert export.main([
            family, "--mode", mode, "--from", DAY, "--to", DAY, "--labels", labels,
            "--output", file, *given,
        ]) == 0
        capsys.readouterr()
        status = reconcile.main(["contract", "--vendor", file, *given])
        said = capsys.readouterr()
        assert status == 0, (family, mode, labels, said)
        assert said.out.splitlines()[-1].endswith(" equal, 0 explained, 0 unexplained")


def test_a_wrong_line_of_an_export_is_told(odd_warehouse, tmp_path, capsys) -> None:
    given = ["--warehouse", str(odd_warehouse), "--company"]
    file = tmp_path / "tags.csv"
    assert export.main([
        "tag_metrics", "--from", DAY, "--to", DAY, "--labels", "column", "--output", str(file),
        *given, "acme-us",
    ]) == 0
    command = ["contract", "--vendor", str(file), *given]
    assert reconcile.main([*command, "harbour"]) == 2
    assert "no row is of the companies asked for: harbour" in capsys.readouterr().err
    header, line, *more = file.read_text(encoding="utf-8-sig").splitlines()
    wrong = ",".join(["x" if cell == "1" else cell for cell in line.split(",")])
    file.write_text("\n".join([header, wrong, *more]), encoding="utf-8")
    assert reconcile.main([*command, "acme-us"]) == 2
    assert "line 2" in capsys.readouterr().err


def test_only_some_days(run) -> None:
    status, out, _ = run(
        "S1,2026-03-05,,1", "S1,2026-03-06,,1", "S1,2026-03-07,,1",
        options=["--from", "2026-03-06", "--to", "2026-03-06", "--format", "csv"],
    )
    assert [row["date_day"] for row in csv.DictReader(io.StringIO(out))] == ["2026-03-06"]


def test_a_vendors_name_of_an_agent(run, ours) -> None:
    [name] = ours("select agent_name from marts.dim_agents where agent_id = 'us-0001'")
    _, out, _ = run(f"A9,{DAY},{name},1", options=["--format", "csv"])
    [row] = csv.DictReader(io.StringIO(out))
    assert row["agent_id"] == "us-0001"


def test_surveys_are_compared_by_their_kind(run, ours) -> None:
    day, score = ours("""
        select date_day, 100 * sum(promoter_count - detractor_count) / sum(survey_response_count)
        from marts.survey_metrics_daily where kind = 'nps'
        group by date_day having count(*) > 1 order by date_day limit 1
    """)
    assert run(f"V5.nps,{day},,{score}")[0] == 0
    status, _, err = run(f"V5,{day},,{score}")
    assert status == 2 and "did you mean V5.ces" in err


def test_ids_of_a_feed_among_several(odd_warehouse) -> None:
    published = Published(odd_warehouse, "tencent_ccc", [])
    published.names["agent_id"] = {
        "tencent_ccc:7": "Mei", "genesys_cloud:7": "Tom", "genesys_cloud:8": "Ana", "x:9": "Ana",
    }
    assert published.find_id("agent_id", "7") == "tencent_ccc:7"
    assert published.find_id("agent_id", "genesys_cloud:7") == "genesys_cloud:7"
    assert published.find_id("agent_id", "tom") == "genesys_cloud:7"
    with pytest.raises(UsageError, match="may be genesys_cloud:8 or x:9"):
        published.find_id("agent_id", "Ana")
    published.ids_of_companies = lambda _: {"x:9"}
    assert published.find_id("agent_id", "Ana") == "x:9"
    with pytest.raises(UsageError, match="no agent '8'; did you mean genesys_cloud:8"):
        published.find_id("agent_id", "8")


def test_by_skill_and_channel(run, ours) -> None:
    skill, channel, count = ours(f"""
        select skill_id, channel_id, sum(queued_leg_count) from marts.queue_metrics_daily
        where date_day = '{DAY}' group by all order by all limit 1
    """)
    status, out, _ = run(
        f"Q1,{DAY},{skill},{channel},{count}", header="figure_id,date_day,skill_id,channel_id,value"
    )
    assert status == 0, out


def test_the_documentations_example(run) -> None:
    page = (ROOT / "docs" / "reconcile.md").read_text(encoding="utf-8")
    lines = re.search(r"cat screen.csv\n(.+?)\n\$", page, re.DOTALL)[1].splitlines()
    status, out, _ = run(
        *lines[1:], header=lines[0], options=["--company", "acme-us", "--format", "json"]
    )
    found = json.loads(out)
    assert status == 1
    assert [one["reasons"] for one in found] == [
        [], ["utc_day"], ["utc_day"], ["pooled_mean"], ["only_last_agent"], ["only_last_agent"], [],
    ]
    for one in found:
        assert all(part["session_id"] in page for part in one["sessions"][:1])


def test_agents_whom_the_vendor_doesnt_list(run) -> None:
    _, out, _ = run(f"A9,{DAY},us-0001,1", options=["--company", "acme-us"])
    [line] = [line for line in out.splitlines() if line.startswith("Ours alone")]
    assert f"A9 {DAY} us-0002 5" in line and "us-0001" not in line


def test_a_figure_without_reasons_is_compared_too(run, ours) -> None:
    day, agent, seconds = ours("""
        select date_day, agent_id, state_seconds from marts.agent_state_reasons_daily
        where reason is not null order by all limit 1
    """)
    figure = "agent_state_reasons_daily.state_seconds"
    status, out, _ = run(f"{figure},{day},{agent},{seconds + 60_000}")
    assert status == 1 and "no reasons are known for this figure" in out


def test_nought_where_there_is_nothing(run, ours) -> None:
    """An average of no session: the vendor writes 0."""
    day, agent = ours("""
        select date_day, agent_id from marts.agent_analysis_daily
        where session_count = 0 and evaluated_session_count = 0 order by all limit 1
    """)
    status, out, _ = run(f"A24,{day},{agent},0", f"A26,{day},{agent},", f"A9,{day},{agent},0")
    assert status == 0
    assert "the vendor writes 0 where there is nothing to measure" in out
    assert out.splitlines()[-1] == "2 equal, 1 explained, 0 unexplained"


@pytest.mark.parametrize(("line", "words"), [
    (f"S11,{DAY},,1", "line 2: there is no figure 'S11'; did you mean S1"),
    (f"S5,{DAY},,1", "did you mean S5.1"),
    (f"A9,{DAY},us-001,1", "line 2: we know no agent 'us-001'; did you mean us-0001"),
    ("S1,2024-01-01,,1", "line 2: 2024-01-01 is out of range: the warehouse has no S1 but from"),
    (f"S1,{DAY},,many", "line 2: 'many' is neither a number nor a duration"),
    (f"S1,{DAY},us-0001,1", r"S1 \(Sessions\) isn't kept by agent"),
    (f"session_analysis_daily.company_id,{DAY},,1", "line 2: .* is no figure: its unit is text"),
    (f"sla_metrics_daily.sla_met_rate,{DAY},,1", "has no total of several rows"),
])
def test_a_wrong_line(run, line: str, words: str) -> None:
    status, out, err = run(line)
    assert status == 2 and out == ""
    assert err.startswith("reconcile: ") and "Traceback" not in err
    assert re.search(words, err), err


def test_one_figure_said_twice(run) -> None:
    status, out, err = run(f"S1,{DAY},,1", f"S1,{DAY},,1", f"S1,{DAY},,2")
    assert status == 2 and out == ""
    assert f"line 2 says S1 of {DAY} is 1, and line 4 that it is 2" in err


@pytest.mark.parametrize(("options", "words"), [
    (["nowhere", "--vendor", "x"], "there is no system 'nowhere'"),
    (["contract", "--vendor", "/nowhere.csv"], "isn't a file that is there"),
    (["contract"], "--vendor"),
    (["contract", "--vendor", __file__, "--zone", "Mars"], "no zone's name"),
    (["contract", "--vendor", __file__, "--zone", "Asia"], "no zone's name"),
    (["contract", "--vendor", __file__, "--from", "2026-03-06", "--to", "2026-03-05"], "is after"),
    (["contract", "--vendor", __file__, "--from", "yesterday"], "not a date"),
])
def test_a_wrong_command(options: list[str], words: str, capsys) -> None:
    assert reconcile.main(options) == 2
    assert words in capsys.readouterr().err


def test_no_warehouse(tmp_path, capsys) -> None:
    vendor = tmp_path / "vendor.csv"
    vendor.write_text(f"{HEADER}\nS1,{DAY},,1\n")
    nowhere = tmp_path / "nowhere.duckdb"
    assert reconcile.main(["contract", "--vendor", str(vendor), "--warehouse", str(nowhere)]) == 2
    assert "there is no warehouse" in capsys.readouterr().err
