"""Each known reason, and two together, is found and named where a vendor does it."""

from __future__ import annotations

import datetime
import shutil

import duckdb
import pytest
from conftest import ROOT
from plants import PAIRS, SINGLE

from contact_center.reconciling import reasons
from contact_center.reconciling.explain import EQUAL, EXPLAINED, UNEXPLAINED, Explainer
from contact_center.reconciling.figures import DIMENSIONS
from contact_center.reconciling.published import Published
from contact_center.reconciling.readers import Row
from contact_center.reconciling.values import Value, parse, seconds_of

DAYS = (datetime.date(2026, 3, 3), datetime.date(2026, 3, 31))
COMPANIES = ("acme-us", "nordlicht")


@pytest.fixture(scope="module")
def explainers(odd_warehouse, tmp_path_factory):
    """One for each company. In the odd data hardly anybody gives up within the limits, so they are
    longer here for those who do."""
    warehouse = tmp_path_factory.mktemp("reconcile") / "odd.duckdb"
    shutil.copyfile(odd_warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "update intermediate.queue_leg_facts set short_abandon_seconds = 60,"
            " is_within_service_level = queue_seconds <= 120 where result = 'abandoned'"
        )
    found = {}
    for company in COMPANIES:
        published = Published(warehouse, "contract", [company])
        published.connection.execute(
            "create temporary macro day(instant) as"
            " cast(timezone('America/New_York', cast(instant as timestamptz)) as date)"
        )
        found[company] = Explainer(published, DAYS, "Asia/Tokyo")
    return found


@pytest.fixture(scope="module")
def published(explainers):
    return explainers["acme-us"].published


@pytest.fixture(scope="module")
def compare(explainers):
    """Holds what a query gives, as a vendor's figure, against ours."""

    def compare(figure_id: str, query: str):
        explainer = explainers["nordlicht" if "'nordlicht'" in query else "acme-us"]
        published = explainer.published
        if " as value " not in query:
            query = f"select date_day, count(*) as value from ({query}) group by 1"
        figure = published.figures.find(figure_id)
        cursor = published.connection.execute(
            f"select * from ({query}) where date_day between ? and ? order by all", DAYS
        )
        names = [name for name, *_ in cursor.description]
        given = []
        for line in cursor.fetchall():
            cells = dict(zip(names, line, strict=True))
            key = (cells["date_day"], *(cells.get(name) for name in DIMENSIONS))
            row = Row(figure_id, cells["date_day"], cells["value"], "a query")
            given.append((row, figure, key, Value(seconds_of(cells["value"]))))
        assert given
        return explainer.compare(given)

    return compare


@pytest.mark.parametrize(
    ("reason", "figure_id", "query"), SINGLE, ids=[f"{one[0]}-{one[1]}" for one in SINGLE]
)
def test_a_reason_is_found(compare, reason: str, figure_id: str, query: str) -> None:
    compared = compare(figure_id, query)
    different = [one for one in compared if one.verdict != EQUAL]
    assert different
    for one in different:
        assert one.verdict == EXPLAINED, one
        # Where a warehouse can't tell two reasons apart, both are named.
        assert (reason,) in [one.names, *one.also] or one.names == ("zero_for_nothing",)


@pytest.mark.parametrize(
    ("pair", "figure_id", "query"), PAIRS, ids=["-".join(sorted(one[0])) for one in PAIRS]
)
def test_two_reasons_are_found(compare, pair: set[str], figure_id: str, query: str) -> None:
    different = [one for one in compare(figure_id, query) if one.verdict != EQUAL]
    assert different
    for one in different:
        assert one.verdict == EXPLAINED, one
    assert any(pair == set(names) for one in different for names in [one.names, *one.also])


def test_the_sessions_that_make_the_difference(compare, published) -> None:
    [query] = [query for name, figure, query in SINGLE if (name, figure) == ("without_bots", "S1")]
    one = next(one for one in compare("S1", query) if one.verdict == EXPLAINED)
    wrote = published.connection.execute(
        "select distinct session_id from marts.fct_sessions inner join staging.stg_messages"
        " using (session_id) where sender_type = 'bot' and company_id = 'acme-us'"
        " and session_date = ? order by 1", [one.row.date_day],
    ).fetchall()
    assert [part.session_id for part in one.sessions] == [id for (id,) in wrote]
    for part in one.sessions:
        assert part.ours == (1, None) and part.theirs in ((None, None), (0, None))
        assert "a bot wrote" in part.marks


def test_what_no_reason_gives_is_unexplained(compare) -> None:
    one, *others = compare("S1", """
        select session_date as date_day, count(*) + 1000 as value from marts.fct_sessions
        where company_id = 'acme-us' group by 1
    """)
    assert {other.verdict for other in [one, *others]} == {UNEXPLAINED}
    assert one.difference == 1000
    assert len(one.sessions) == one.ours


def test_a_reason_holds_on_every_day(compare) -> None:
    """One day that the reason would explain, among days that it would break."""
    [query] = [query for name, figure, query in SINGLE if (name, figure) == ("utc_day", "S1")]
    compared = compare("S1", f"""
        with theirs as ({query}), ours as (
            select session_date as date_day, count(*) as value from marts.fct_sessions
            where company_id = 'acme-us' group by 1
        ),
        first as (
            select min(date_day) as date_day from theirs inner join ours using (date_day)
            where theirs.value != ours.value and date_day >= '2026-03-03'
        )
        select date_day, case when date_day = (select date_day from first)
            then theirs.value else ours.value end as value
        from ours left join theirs using (date_day)
    """)
    [different] = [one for one in compared if one.verdict != EQUAL]
    assert "utc_day" not in different.names


def test_every_reason_is_tried() -> None:
    planted = {name for name, *_ in SINGLE}
    assert {reason.name for reason in reasons.known()} == planted


def test_every_reason_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "reconcile.md").read_text(encoding="utf-8")
    for reason in reasons.known():
        assert f"| `{reason.name}` | {reason.says.replace('{zone}', '`--zone`')} |" in page


def test_reasons_are_about_figures_that_there_are(published) -> None:
    known = set(published.figures.known) | {"S5"}
    for reason in reasons.known():
        assert reason.figures | set(reason.formulas) <= known, reason.name
        assert reason.sql or reason.formulas, reason.name


@pytest.mark.parametrize("company", COMPANIES)
def test_rows_make_the_published_figures(explainers, company: str) -> None:
    """The rows that reasons change give, unchanged, what the marts hold, by any dimension."""
    explainer = explainers[company]
    published = explainer.published
    for figure in published.figures.known.values():
        if not figure.kind:
            continue
        explainer.rows.prepare(figure.kind)
        for dimensions in [(), *((name,) for name in explainer.rows.dimensions[figure.kind])]:
            totals = published.totals(figure, dimensions, DAYS)
            if totals is None:
                continue
            counted = explainer.rows.totals(figure.kind, dimensions, ())
            assert totals
            for key, row in totals.items():
                for name in figure.columns:
                    ours, rows = seconds_of(row[name]), seconds_of(counted[key][name])
                    assert ours == pytest.approx(rows), (figure.id, key, name)


@pytest.mark.parametrize(("text", "unit", "number", "step"), [
    ("12", "count", 12, 1), ("12.50", "seconds", 12.5, 0.01), ("52.3%", "ratio", 0.523, 0.001),
    ("1,234", "count", 1234, 1), ("12,34,567.8", "seconds", 1234567.8, 0.1),
    ("01:02:03", "seconds", 3723, 1), ("2:03", "seconds", 123, 1),
    ("PT5M16.976S", "seconds", 316.976, 0.001), ("P1DT19H18M29.651S", "seconds", 155909.651, 0.001),
    ("1 hour 2 minutes", "seconds", 3720, 60), ("--", "seconds", None, 0),
    ("-%", "ratio", None, 0), ("%", "ratio", None, 0),
    ("2026-03-02T09:00:00+01:00", "timestamp", 1772438400, 1), ("0", "timestamp", None, 1),
])
def test_values(text: str, unit: str, number: float | None, step: float) -> None:
    found = parse(text, unit)
    assert found.number == (None if number is None else pytest.approx(number))
    assert found.number is None or found.step == pytest.approx(step)


@pytest.mark.parametrize("text", ["inf", "nan", "1e400"])
def test_what_no_figure_can_be(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        parse(text, "count")


@pytest.mark.parametrize("text", ["12,5", "1,2345", "33,3 %"])
def test_a_decimal_comma_is_no_separator_of_thousands(text: str) -> None:
    with pytest.raises(ValueError, match="is neither a number nor a duration"):
        parse(text, "ratio")


@pytest.mark.parametrize("text", ["P", "pt"])
def test_a_duration_of_nothing_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is neither a number nor a duration"):
        parse(text, "seconds")


@pytest.mark.parametrize(("written", "ours", "is_equal"), [
    ("12", 12.4, True), ("12", 12.6, True), ("13", 12.6, True), ("13", 12.4, False),
    ("1 hour 2 minutes", 3779, True), ("1 hour 2 minutes", 3781, False),
    ("0.33", 1 / 3, True), ("0.34", 1 / 3, False), ("3", 2, False),
    ("2360.561", 2360.5605, True), ("2360.560", 2360.5605, True), ("2360.562", 2360.5605, False),
])
def test_a_value_is_equal_as_finely_as_it_is_written(written, ours, is_equal) -> None:
    assert parse(written, "seconds").equals(ours) is is_equal
