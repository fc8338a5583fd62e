"""Ten sessions whose figures were worked out by hand (docs/golden.md), against the build."""

import csv
from datetime import UTC, datetime
from fractions import Fraction
from math import isclose
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.quick

GOLDEN = Path(__file__).resolve().parent / "golden"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "golden.md"

DIGITAL_KEY = (
    "company_id agent_id team_id skill_id campaign_id channel_id disposition direction "
    "contact_type"
).split()
QUEUE_KEY = "company_id skill_id campaign_id channel_id direction".split()

# What names a row of each relation. Every other column of an expected file is a figure.
KEYS = {
    "session_analysis_daily": ["company_id", "date_day"],
    "session_analysis_aggregated": ["company_id"],
    "satisfaction_daily": ["company_id", "date_day", "score"],
    "agent_analysis_daily": ["company_id", "agent_id", "date_day"],
    "agent_analysis_aggregated": ["company_id", "agent_id"],
    "digital_metrics_daily": ["date_day", *DIGITAL_KEY],
    "digital_metrics_aggregated": DIGITAL_KEY,
    "tag_metrics_daily": ["company_id", "date_day", "tag_name"],
    "fct_queue_legs": ["session_id", "leg_number"],
    "fct_offers": ["session_id", "agent_id", "offered_at"],
    "queue_metrics_daily": ["date_day", *QUEUE_KEY],
    "queue_metrics_aggregated": QUEUE_KEY,
    "contact_metrics_daily": ["date_day", *DIGITAL_KEY],
    "agent_activity_daily": ["company_id", "agent_id", "date_day"],
    "agent_activity_interval": ["agent_id", "interval_started_at"],
    "fct_sessions": ["session_id"],
    "fct_sla": ["session_id", "metric", "clock_number"],
    "sla_metrics_daily": (
        "company_id skill_id channel_id priority policy_id metric date_day".split()
    ),
    "resolution_metrics_daily": "company_id channel_id skill_id agent_id date_day".split(),
    "transfers_daily": (
        "company_id date_day from_agent_id from_skill_id to_agent_id to_skill_id".split()
    ),
    "bot_metrics_daily": "company_id channel_id date_day".split(),
    "survey_metrics_daily": (
        "company_id kind scale_min scale_max agent_id channel_id skill_id date_day".split()
    ),
    "survey_requests_daily": "company_id kind channel_id agent_id date_day".split(),
    "backlog_daily": "company_id skill_id channel_id date_day".split(),
}

# An expected file that holds a part of its relation only.
PARTS = {
    "agent_activity_interval":
        "agent_id = 'mei' and date_trunc('hour', interval_started_at) = '2025-03-29 10:00:00'",
}

SESSION, AGENT, DIGITAL = (
    "session_analysis_daily", "agent_analysis_daily", "digital_metrics_daily",
)
QUEUE, CONTACT, ACTIVITY = (
    "queue_metrics_daily", "contact_metrics_daily", "agent_activity_daily",
)
PROMISES = "sla_metrics_daily"
RESOLUTION, TRANSFERS, BACKLOG, BOTS, SURVEYS = (
    "resolution_metrics_daily", "transfers_daily", "backlog_daily", "bot_metrics_daily",
    "survey_metrics_daily",
)
INDICATORS = {
    "S1": (SESSION, "session_count"),
    "S2": (SESSION, "human_session_count"),
    "S3": (SESSION, "valid_session_count"),
    "S4": (SESSION, "evaluated_session_count"),
    "S5": ("satisfaction_daily", "session_rate"),
    "S6": (SESSION, "avg_queue_seconds"),
    "S7": (SESSION, "avg_session_seconds"),
    "S8": (SESSION, "avg_first_response_seconds"),
    "S9": (SESSION, "avg_response_seconds"),
    "A1": (AGENT, "first_login_at"),
    "A2": (AGENT, "last_logout_at"),
    "A3": (AGENT, "idle_seconds"),
    "A4": (AGENT, "idle_rate"),
    "A5": (AGENT, "busy_seconds"),
    "A6": (AGENT, "busy_rate"),
    "A7": (AGENT, "break_seconds"),
    "A8": (AGENT, "break_rate"),
    "A9": (AGENT, "session_count"),
    "A10": (AGENT, "transferred_session_count"),
    "A11": (AGENT, "valid_session_count"),
    "A12": (AGENT, "agent_closed_session_count"),
    "A13": (AGENT, "customer_count"),
    "A14": (AGENT, "session_seconds"),
    "A15": (AGENT, "message_count"),
    "A16": (AGENT, "agent_message_count"),
    "A17": (AGENT, "customer_message_count"),
    "A18": (AGENT, "unreplied_session_count"),
    "A19": (AGENT, "unreplied_rate"),
    "A20": (AGENT, "avg_first_response_seconds"),
    "A21": (AGENT, "first_response_within_30s_rate"),
    "A22": (AGENT, "avg_response_seconds"),
    "A23": (AGENT, "response_within_30s_rate"),
    "A24": (AGENT, "avg_session_seconds"),
    "A25": (AGENT, "evaluated_session_count"),
    "A26": (AGENT, "satisfaction_rate"),
    "N1": (DIGITAL, "focus_rate"),
    "N2": (DIGITAL, "first_response_seconds"),
    "N3": (DIGITAL, "agent_message_count"),
    "N4": (DIGITAL, "agent_response_count"),
    "N5": (DIGITAL, "responded_agent_contact_count"),
    "N6": (DIGITAL, "first_response_rate"),
    "N7": (DIGITAL, "avg_first_response_seconds"),
    "N8": (DIGITAL, "avg_agent_response_count"),
    "N9": (DIGITAL, "avg_customer_response_count"),
    "N10": (DIGITAL, "avg_follow_on_response_seconds"),
    "N11": (DIGITAL, "avg_resolution_seconds"),
    "N12": (DIGITAL, "closed_session_count"),
    "N13": (DIGITAL, "customer_response_count"),
    "N14": (DIGITAL, "focus_count"),
    "N15": (DIGITAL, "focus_seconds"),
    "N16": (DIGITAL, "follow_on_response_count"),
    "N17": (DIGITAL, "follow_on_response_seconds"),
    "N18": (DIGITAL, "resolution_seconds"),
    "N19": (DIGITAL, "response_count"),
    "N20": ("tag_metrics_daily", "tag_count"),
    "Q1": (QUEUE, "queued_leg_count"),
    "Q2": (QUEUE, "answered_leg_count"),
    "Q3": (QUEUE, "abandoned_leg_count"),
    "Q4": (QUEUE, "flowed_out_leg_count"),
    "Q5": (QUEUE, "longest_queue_seconds"),
    "Q6": (QUEUE, "service_level_rate"),
    "Q7": (QUEUE, "abandoned_rate"),
    "Q8": (QUEUE, "avg_answer_seconds"),
    "Q9": (QUEUE, "avg_abandon_seconds"),
    "H1": (CONTACT, "avg_handle_seconds"),
    "H2": (CONTACT, "avg_contact_seconds"),
    "H3": (CONTACT, "avg_hold_seconds"),
    "H4": (CONTACT, "avg_wrap_up_seconds"),
    "H5": (SESSION, "avg_session_handle_seconds"),
    "O1": (ACTIVITY, "ready_seconds"),
    "O2": (ACTIVITY, "handling_seconds"),
    "O3": (ACTIVITY, "max_concurrency"),
    "O4": (ACTIVITY, "occupancy_rate"),
    "O5": (ACTIVITY, "utilisation_rate"),
    "O6": (ACTIVITY, "avg_concurrency"),
    "O7": (ACTIVITY, "offer_answer_rate"),
    "P1": (PROMISES, "clock_count"),
    "P2": (PROMISES, "breached_count"),
    "P3": (PROMISES, "sla_met_rate"),
    "P4": (PROMISES, "breach_seconds"),
    "P5": (SESSION, "pended_while_customer_waits_count"),
    "R1": (RESOLUTION, "repeat_rate"),
    "R2": (RESOLUTION, "first_contact_resolution_rate"),
    "R3": (RESOLUTION, "reopened_session_count"),
    "R4": (RESOLUTION, "one_touch_session_count"),
    "R5": (RESOLUTION, "single_agent_session_count"),
    "T1": (TRANSFERS, "transfer_count"),
    "T2": (TRANSFERS, "received_transfer_count"),
    "L1": (BACKLOG, "open_at_end_count"),
    "L2": (BACKLOG, "awaiting_agent_count"),
    "L3": (BACKLOG, "open_age_seconds"),
    "L4": (BACKLOG, "oldest_open_age_seconds"),
    "C1": (BOTS, "bot_session_count"),
    "C2": (BOTS, "bot_hand_off_rate"),
    "C3": (BOTS, "bot_containment_rate"),
    "C4": (BOTS, "bot_verified_containment_rate"),
    "V1": (SURVEYS, "avg_score"),
    "V2": (SURVEYS, "top_1_rate"),
    "V3": (SURVEYS, "top_2_rate"),
    "V4": (SURVEYS, "bottom_2_rate"),
    "V5": (SURVEYS, "net_promoter_score"),
    "V6": ("survey_requests_daily", "survey_response_rate"),
}

Rows = dict[tuple[str, ...], dict[str, str]]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, build_warehouse):
    # Only what is compared, so that nothing else can fail this test.
    wanted = " ".join(f"+{relation}" for relation in [*KEYS, "quarantined_rows"])
    file = build_warehouse(
        tmp_path_factory.mktemp("golden"), data_dir=GOLDEN / "data", select=wanted,
        variables={"repeat_window_days": 1},
    )
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def expected_table(relation: str) -> tuple[list[str], list[dict[str, str]]]:
    """The header and the rows, as text; an empty cell is NULL."""
    with (GOLDEN / "expected" / f"{relation}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    assert all(None not in row and None not in row.values() for row in rows), "ragged rows"
    return list(reader.fieldnames), rows


def by_key(rows: list[dict[str, str]], key: list[str]) -> Rows:
    keyed = {tuple(row[column] for column in key): row for row in rows}
    assert len(keyed) == len(rows), f"two rows with the same {', '.join(key)}"
    return keyed


def built_table(warehouse: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> list:
    items = ", ".join(f'coalesce("{column}"::varchar, \'\')' for column in columns)
    part = PARTS.get(relation, "true")
    rows = warehouse.execute(f"select {items} from marts.{relation} where {part}").fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def number(cell: str) -> Fraction | None:
    """A number or a ratio of two: 30, 17.5, 11/23, 12.5/24.5."""
    numerator, _, denominator = cell.partition("/")
    try:
        return Fraction(numerator) / Fraction(denominator or "1")
    except ValueError:
        return None


def instant(cell: str) -> datetime | None:
    """A point in time; one without an offset is UTC."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def agrees(expected: str, built: str) -> bool:
    if "" in (expected, built):
        return expected == built
    if (wanted := number(expected)) is not None:
        got = number(built)
        return got is not None and isclose(wanted, got, rel_tol=1e-9)
    return instant(expected) == instant(built) if instant(expected) else expected == built


def differences(expected: Rows, built: Rows) -> list[str]:
    """One line for each row that only one side has and for each cell that differs."""

    def name(key: tuple[str, ...]) -> str:
        return " ".join(part or "-" for part in key)

    found = [f"{name(key)}: missing in the build" for key in expected.keys() - built.keys()]
    found += [f"{name(key)}: not expected" for key in built.keys() - expected.keys()]
    found += [
        f"{name(key)}: {column}: by hand {cell or 'NULL'}, built {built[key][column] or 'NULL'}"
        for key in expected.keys() & built.keys()
        for column, cell in expected[key].items()
        if not agrees(cell, built[key][column])
    ]
    return sorted(found)


@pytest.mark.parametrize("relation", KEYS)
def test_build_gives_the_figures_worked_out_by_hand(warehouse, relation):
    columns, rows = expected_table(relation)
    expected = by_key(rows, KEYS[relation])
    built = by_key(built_table(warehouse, relation, columns), KEYS[relation])
    found = differences(expected, built)
    assert not found, "\n".join([f"marts.{relation} ({' '.join(KEYS[relation])}):", *found])


def test_no_golden_row_is_quarantined(warehouse):
    assert warehouse.execute(
        "select table_name, row_key, reason from marts.quarantined_rows"
    ).fetchall() == []


@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_has_a_figure_by_hand(indicator):
    """At least one that is neither NULL nor 0, and a line of arithmetic in the document."""
    relation, column = INDICATORS[indicator]
    columns, rows = expected_table(relation)
    assert column in columns
    assert any(row[column] and number(row[column]) != 0 for row in rows)
    assert f"| **{indicator}** |" in DOCUMENT.read_text(encoding="utf-8")


def test_indicators_are_all():
    ranges = {
        "S": 9, "A": 26, "N": 20, "Q": 9, "H": 5, "O": 7,
        "P": 5, "R": 5, "T": 2, "L": 4, "C": 4, "V": 6,
    }
    assert list(INDICATORS) == [f"{s}{n}" for s, last in ranges.items() for n in range(1, last + 1)]


@pytest.mark.parametrize(
    ("expected", "built", "same"),
    [
        ("11/23", "0.4782608695652174", True),
        ("11/23", "0.4782608", False),
        ("0", "0.0", True),
        ("0", "", False),
        ("", "0", False),
        ("", "", True),
        ("2025-03-29T09:00:00Z", "2025-03-29 09:00:00", True),
        ("2025-03-29T09:00:00Z", "2025-03-29 09:00:00+00", True),
        ("2025-03-29T09:00:00Z", "2025-03-29 09:00:01", False),
        ("30", "many", False),
    ],
)
def test_cells_are_compared_as_what_they_are(expected, built, same):
    assert agrees(expected, built) is same
