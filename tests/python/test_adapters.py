"""The adapters: small files of each shape with figures worked out by hand, and, where they are
there, the public data sets with the totals that must come out of them exactly."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from conftest import ROOT, run_dbt

SAMPLES = Path(__file__).parent / "samples"
REAL_DATA = Path(os.environ.get("CONTACT_CENTER_REAL_DATA") or ROOT.parent / "shared" / "data")
READ_HERE = "+fct_sessions +fct_agent_contacts +fct_queue_legs +quarantined_rows +feed_quality"
MODELS_ONLY = ("--exclude-resource-type", "unit_test")
ADAPTERS = sorted(path.name for path in (ROOT / "models" / "adapters").iterdir() if path.is_dir())

Query = Callable[[str], list[tuple]]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, build_warehouse) -> Callable[[str, Path], Query]:
    """Builds an adapter on files once and gives a function that queries the outcome."""
    built: dict[tuple[str, Path], Path] = {}

    def build(adapter: str, data_dir: Path) -> Query:
        if (adapter, data_dir) not in built:
            built[adapter, data_dir] = build_warehouse(
                tmp_path_factory.mktemp(adapter),
                adapters={adapter: data_dir}, select=READ_HERE,
            )

        def query(sql: str) -> list[tuple]:
            with duckdb.connect(str(built[adapter, data_dir]), read_only=True) as connection:
                connection.execute("set TimeZone = 'UTC'")
                connection.execute("use marts")
                return connection.execute(sql).fetchall()

        return query

    return build


def real_data(name: str) -> Path:
    files = sorted(REAL_DATA.glob(name))
    if not files:
        pytest.skip(f"no {name} in {REAL_DATA}; CONTACT_CENTER_REAL_DATA names another folder")
    return REAL_DATA


BANK_TOTALS = """
    select
        count(*),
        count_if(is_accepted),
        (select count(*) from fct_queue_legs where outcome = 'abandoned'),
        count_if(
            not is_accepted and is_closed
            and session_id not in (select session_id from fct_queue_legs)
        ),
        count_if(is_accepted and queue_seconds <= 20),
        sum(queue_seconds) filter (where is_accepted),
        sum(session_seconds)
    from fct_sessions
"""

TWITTER_TOTALS = """
    select
        count(*),
        count(first_response_seconds),
        round(avg(first_response_seconds), 2),
        median(first_response_seconds)
    from fct_sessions
"""

LEFT_OUT = "select table_name, reason, count(*) from quarantined_rows group by all order by all"

KEPT = """
    select table_name, raw_row_count, accepted_row_count, duplicate_row_count
    from feed_quality
    where is_measured and table_name in ('raw_sessions', 'raw_session_events', 'raw_messages')
    order by table_name
"""


# The sample's lines, in the file's order (times of day of Israel, 3 h ahead of UTC in August):
#
# line, call  outcome                        queue  session  what it shows
# AA0101, 1   answered by AVI                30     100      service starts 2 s before queue's end
# AA0102, 1   answered by SHARON             20     0        call_id repeats; no service, nobody
# AA0101, 2   answered by unknown            0      6        never queued, NO_SERVER
# AA0103, 3   abandoned                      55              HANG with service seconds
# AA0103, 4   hung up in the menu
# AA0103, 5   hung up in the menu                            q_start, but no q_time
# AA0104, 6   -                                              PHANTOM
# AA0105, 7   answered by SHARON             100    120      queue crosses midnight
# AA0106, 8   answered by SHARON             0      60       while she serves the one before
# AA0107, 9   answered by AVI                130    61       queue starts before the menu's entry
# AA0101, 10  abandoned                      5,400           the clock goes back meanwhile
# AA0101, 11  answered by AVI                0      30       the clock goes forward in the menu
# AA0101, 2   -                                              the same line again
# AA0108, 12  unknown                                        outcome LOST: no such event
# AA0108, 13  -                                              entry can't be read
# AA0108, 14  unknown                                        the line breaks off after q_time
class TestBankCalls:
    @pytest.fixture()
    def query(self, warehouse) -> Query:
        return warehouse("bank_calls", SAMPLES / "bank_calls")

    def test_totals(self, query):
        # 13 sessions, 7 answered, 2 abandoned, 2 hung up in the menu, 2 unknown. Within 20 s: the
        # three that never queued and the one of 20 s. 30 + 20 + 100 + 130; 100 + 6 + 120 + 60 + 61
        # + 30.
        assert query(BANK_TOTALS) == [(13, 7, 2, 2, 4, 280.0, 377.0)]

    def test_contacts(self, query):
        contacts = query("""
            select
                session_id, agent_id, skill_id, cast(accepted_at as varchar),
                cast(accepted_date as varchar), contact_seconds
            from fct_agent_contacts
            order by accepted_at
        """)
        assert contacts == [
            ("1999-04-02/AA0101/11", "AVI", "PS", "1999-04-02 00:00:05", "1999-04-02", 30),
            ("1999-08-01/AA0101/1", "AVI", "PS", "1999-08-01 06:00:40", "1999-08-01", 100),
            ("1999-08-01/AA0102/1", "SHARON", "NE", "1999-08-01 06:10:25", "1999-08-01", 0),
            ("1999-08-01/AA0101/2", "unknown", "PS", "1999-08-01 06:20:06", "1999-08-01", 6),
            ("1999-08-02/AA0106/8", "SHARON", "IN", "1999-08-01 21:01:00", "1999-08-02", 60),
            ("1999-08-01/AA0105/7", "SHARON", "PS", "1999-08-01 21:01:30", "1999-08-02", 120),
            ("1999-08-02/AA0107/9", "AVI", "PS", "1999-08-02 06:05:10", "1999-08-02", 61),
        ]

    def test_sessions(self, query):
        sessions = query("""
            select
                session_id, customer_id, cast(started_at as varchar), cast(session_date as varchar)
            from fct_sessions
            where session_id similar to '.*/(1|4|7|9|10|11)'
            order by started_at
        """)
        assert sessions == [
            ("1999-04-02/AA0101/11", "711", "1999-04-01 23:59:50", "1999-04-02"),
            ("1999-08-01/AA0101/1", "701", "1999-08-01 06:00:00", "1999-08-01"),
            ("1999-08-01/AA0102/1", None, "1999-08-01 06:10:00", "1999-08-01"),
            ("1999-08-01/AA0103/4", None, "1999-08-01 06:40:00", "1999-08-01"),
            ("1999-08-01/AA0105/7", "707", "1999-08-01 20:59:40", "1999-08-01"),
            ("1999-08-02/AA0107/9", "709", "1999-08-02 06:03:00", "1999-08-02"),
            ("1999-09-03/AA0101/10", "710", "1999-09-02 21:59:50", "1999-09-03"),
        ]

    def test_queue_on_the_night_when_the_clock_goes_back(self, query):
        # From 0:59:55 summer time, 5,400 s: the wall shows 1:29:55 again, 3 h - 1 h behind.
        assert query("""
            select cast(queued_at as varchar), cast(ended_at as varchar), queue_seconds
            from fct_queue_legs
            where session_id = '1999-09-03/AA0101/10'
        """) == [("1999-09-02 21:59:55", "1999-09-02 23:29:55", 5400)]

    def test_nothing_vanishes(self, query):
        # 15 lines without the PHANTOM. Events: 4 queued and answered x 3, 3 + 1 (repeated) + 1
        # (unreadable) answered at once x 2, 2 abandoned x 3, 2 closed, 2 of no known outcome.
        assert query(KEPT) == [
            ("raw_session_events", 32, 26, 2),
            ("raw_sessions", 15, 13, 1),
        ]
        assert query(LEFT_OUT) == [
            ("raw_session_events", "bad_timestamp", 2),
            ("raw_session_events", "bad_value", 2),
            ("raw_sessions", "bad_timestamp", 1),
        ]
        assert query("""
            select row_key from quarantined_rows where reason = 'bad_value' order by all
        """) == [("1999-08-01/AA0108/12/LOST",), ("1999-08-01/AA0108/14/no outcome",)]

    def test_what_the_bank_does_not_measure(self, query):
        assert query("select table_name from feed_quality where is_measured order by all") == [
            ("raw_agents",), ("raw_channels",), ("raw_companies",), ("raw_session_events",),
            ("raw_sessions",),
        ]
        assert query("""
            select count(response_count), count(score), count_if(is_digital), count_if(is_voice)
            from fct_sessions
        """) == [(0, 0, 0, 13)]

    def test_real_totals(self, warehouse):
        query = warehouse("bank_calls", real_data("bank_calls*.csv"))
        assert query(BANK_TOTALS) == [(23469, 15888, 5714, 1867, 5106, 1821941.0, 2981230.0)]
        assert query(LEFT_OUT) == []
        assert query("select sum(duplicate_row_count) from feed_quality") == [(0,)]


# The sample's threads:
#
# root  started            brand   first response  what it shows
# 1     31 Oct 22:00:00    BrandA  300             2, 3, 4, 70 follow; 70 stands there twice
# 11    31 Oct 23:00:00    BrandB  0               the answer has the lower id and the same second
# 20    31 Oct 23:10:00    -                       nobody answers
# 30    -                                          begun by a brand, with 31
# 40    -                                          answers 99, which isn't in the file, with 41
# 50    1 Nov 12:00:00     BrandA  100             its line is broken in two: the end reads "51,"
# 60    -                                          time can't be read, so 61 has no session
# 80    1 Nov 00:00:00     BrandB  300             time of another zone; 82 answers before 81
# One line more has no id.
class TestTwitterSupport:
    @pytest.fixture()
    def query(self, warehouse) -> Query:
        return warehouse("twitter_support", SAMPLES / "twitter_support")

    def test_totals(self, query):
        # Of 0, 100, 300, 300: mean 175, median 200.
        assert query(TWITTER_TOTALS) == [(5, 4, 175.0, 200.0)]

    def test_sessions(self, query):
        assert query("""
            select
                session_id, company_id, customer_id, cast(started_at as varchar), is_accepted,
                is_closed, is_valid, response_count, response_seconds
            from fct_sessions
            order by started_at
        """) == [
            # 1 -> 2 after 300 s, 3 -> 4 after 30 s
            ("1", "BrandA", "115", "2017-10-31 22:00:00", True, False, True, 2, 330),
            ("11", "BrandB", "116", "2017-10-31 23:00:00", True, False, True, 1, 0),
            # Nobody accepted it: no company.
            ("20", "default", "117", "2017-10-31 23:10:00", False, False, False, 0, 0),
            # 80 -> 82 after 300 s; 81 is another brand's turn that follows a brand's
            ("80", "BrandB", "122", "2017-11-01 00:00:00", True, False, True, 1, 300),
            ("50", "BrandA", "118", "2017-11-01 12:00:00", True, False, True, 1, 100),
        ]

    def test_brand_is_agent_and_team(self, query):
        assert query("""
            select session_id, agent_id, team_id, agent_message_count, customer_message_count
            from fct_agent_contacts
            order by accepted_at
        """) == [
            ("1", "BrandA", "BrandA", 2, 3),
            ("11", "BrandB", "BrandB", 1, 1),
            ("80", "BrandB", "BrandB", 1, 1),
            ("50", "BrandA", "BrandA", 1, 1),
        ]

    def test_nothing_vanishes(self, query):
        # 22 lines, of which 4 good ones are in threads left out (30, 31, 40, 41).
        assert query(KEPT) == [
            ("raw_messages", 18, 13, 1),
            ("raw_session_events", 5, 4, 0),
            ("raw_sessions", 6, 5, 0),
        ]
        assert query(LEFT_OUT) == [
            ("raw_messages", "bad_timestamp", 1),  # 60
            ("raw_messages", "missing_key", 1),
            ("raw_messages", "missing_timestamp", 1),  # 51, the end of 50's line
            ("raw_messages", "unknown_session", 1),  # 61
            ("raw_session_events", "bad_timestamp", 1),  # 60's acceptance
            ("raw_sessions", "bad_timestamp", 1),  # 60
        ]

    def test_real_totals(self, warehouse):
        query = warehouse("twitter_support", real_data("twitter_support*.csv"))
        assert query(TWITTER_TOTALS) == [(1285, 1285, 181318.73, 813.0)]
        assert query(LEFT_OUT) == [("raw_messages", "missing_timestamp", 1)]


def build_adapter(folder: Path, adapter: str, *arguments: str) -> str:
    """What dbt says of a build of the adapter's own models on its sample, its exit code first."""
    result = run_dbt(
        "build", folder / "adapter.duckdb",
        "--select", "path:models/adapters", "path:seeds/adapters", *arguments,
        variables={"adapters": {adapter: str(SAMPLES / adapter)}},
    )
    return f"exit {result.returncode}\n{result.stdout}"


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_unit_tests_hold(adapter: str, tmp_path: Path) -> None:
    said = build_adapter(tmp_path, adapter)
    assert said.startswith("exit 0\n"), said
    assert " unit tests" in said


@pytest.mark.parametrize(("adapter", "lines"), [
    ("twitter_support", (14, 16)), ("bank_calls", (17,)),
])
def test_broken_lines_are_told(adapter: str, lines: tuple[int, ...], tmp_path: Path) -> None:
    said = build_adapter(tmp_path, adapter, *MODELS_ONLY)
    assert said.count("has too few values") == len(lines)
    for line in lines:
        assert f"{adapter}_sample.csv', line {line} has too few values" in said


def test_other_builds_know_nothing_of_adapters(tmp_path):
    result = run_dbt("parse", tmp_path / "none.duckdb")
    assert result.returncode == 0, result.stdout
    assert "WARNING" not in result.stdout
