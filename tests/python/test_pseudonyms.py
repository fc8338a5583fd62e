"""Pseudonyms: the same figures, and no plain id in any file that a build leaves."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import os
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from contents import contents, made_once, query
from nasty import Tables, write_tables
from test_build import build, command

from contact_center import persons
from contact_center.extensions import literal
from contact_center.intake import Persons, contract

KEY = "a key that is nobody's, and longer than SHA-256's block of sixty-four bytes"
BOTH = "pseudonymise=[customer, agent]"
ANN, BOB, UMA, NAME = "agent-plain-ann", "agent-plain-bob", "customer-plain-uma", "Plain Ann"
OTTO = "customer-plain-otto"
OTHERS = {"600111": "7390111", "600222": "7390222", "SIP/102": "SIP/7390", "Agent/1": "Agent/7391"}
PLAIN = (ANN, BOB, UMA, OTTO, NAME, KEY)


def day(clock: str) -> str:
    return f"2026-03-05T{clock}:00Z"


def tables() -> Tables:
    """Ids in every column that holds persons, in rows that count and in rows in quarantine."""
    return {
        "raw_sessions": [
            {"session_id": "s1", "customer_id": UMA, "started_at": day("09:00")},
            {"session_id": "s2", "customer_id": UMA, "started_at": day("10:00")},
            {"session_id": "s3", "customer_id": UMA, "started_at": "some time"},
            {"session_id": "s4", "customer_id": OTTO, "started_at": day("11:00")},
        ],
        "raw_session_events": [
            {"event_id": "e1", "session_id": "s1", "event_type": "accepted", "agent_id": ANN,
             "occurred_at": day("09:01")},
            {"event_id": "e2", "session_id": "s1", "event_type": "transferred", "agent_id": ANN,
             "to_agent_id": BOB, "occurred_at": day("09:05")},
            {"event_id": "e3", "session_id": "s1", "event_type": "accepted", "agent_id": BOB,
             "occurred_at": day("09:06")},
            {"event_id": "e4", "session_id": "s1", "event_type": "closed", "agent_id": BOB,
             "actor_type": "agent", "occurred_at": day("09:30")},
            {"event_id": "e5", "session_id": "gone", "event_type": "accepted", "agent_id": ANN,
             "occurred_at": day("09:30")},
        ],
        "raw_messages": [
            {"message_id": "m1", "session_id": "s1", "sender_type": "customer", "sender_id": UMA,
             "sent_at": day("09:02")},
            {"message_id": "m2", "session_id": "s1", "sender_type": "agent", "sender_id": ANN,
             "sent_at": day("09:03")},
            {"message_id": "m3", "session_id": "s1", "sender_type": "Customer", "sender_id": UMA,
             "sent_at": day("09:04")},
        ],
        "raw_agent_events": [
            {"event_id": "p1", "agent_id": ANN, "event_type": "login", "occurred_at": day("08:00")},
        ],
        "raw_agents": [{"agent_id": ANN, "agent_name": NAME}, {"agent_id": BOB}],
        "raw_agent_teams": [{"agent_id": ANN, "team_id": "t", "valid_from": day("00:00")}],
    }


def test_a_pseudonym_is_the_hmac_of_the_id() -> None:
    for key in (b"short", KEY.encode(), b"x" * 64):
        with duckdb.connect() as connection:
            persons.tell(connection, "pseudonym", key)
            values = contract.without_persons(
                {"customer_id": "id"}, Persons(kinds=("customer",))
            )
            found = connection.execute(
                f"select {values['customer_id']} from (values ('ann'), ('ä 1'), (null)) as t (id)"
            ).fetchall()
        expected = [
            hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in ("ann", "ä 1")
        ]
        assert [value for (value,) in found] == [*expected, None]
        assert persons.pseudonym(key, "ann") == expected[0]


@pytest.mark.parametrize(("kinds", "expected"), [
    (("customer",), {"customer": True, "agent": False, "bot": False, "else": True}),
    (("agent",), {"customer": False, "agent": True, "bot": False, "else": True}),
])
def test_a_sender_is_who_it_says_or_anybody(kinds: tuple, expected: dict) -> None:
    with duckdb.connect() as connection:
        persons.tell(connection, "pseudonym", b"key")
        value = contract.without_persons(
            {"sender_id": "id", "sender_type": "side"}, Persons(kinds=kinds)
        )["sender_id"]
        found = connection.execute(
            f"select side, {value} != id from (values ('customer', 'x'), ('agent', 'x'), "
            "('bot', 'x'), ('else', 'x'), (null, 'x')) as t (side, id)"
        ).fetchall()
    assert dict(found) == {**expected, None: True}


# Ids and names of what is nobody.
THINGS = {
    "calendar_id", "campaign_id", "campaign_name", "channel_id", "channel_name", "company_id",
    "company_name", "device_id", "evaluation_id", "event_id", "message_id", "policy_id",
    "request_id", "session_id", "skill_id", "skill_name", "subject_id", "tag_name", "team_id",
    "team_name", "to_skill_id", "topic_id",
}


def test_every_column_of_persons_is_known() -> None:
    """A new column that names somebody is to be told from one that names something."""
    plain = set()
    for table_name in contract.tables():
        values = {column: column for column in contract.columns(table_name)}
        found = contract.without_persons(values, Persons(kinds=persons.KINDS))
        plain |= {column for column in values if found[column] == column}
    assert {column for column in plain if column.endswith(("_id", "_name"))} <= THINGS
    assert not plain & {"customer_id", "agent_id", "to_agent_id", "sender_id", "agent_name"}


def test_without_the_variable_nothing_is_other() -> None:
    values = {"customer_id": "a", "agent_name": "b", "sender_id": "c", "sender_type": "d"}
    assert contract.without_persons(values, Persons()) == values


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with a warehouse of pseudonyms, and all that its build left."""
    folder = tmp_path_factory.mktemp("pseudonyms")
    write_tables(tables(), folder / "data")
    result = subprocess.run(
        command("--data", folder / "data", "--warehouse", folder / "there" / "cc.duckdb", "--var",
                BOTH, "--accept-quarantine"),
        env={**os.environ, persons.KEY: KEY}, capture_output=True, text=True, check=False,
    )
    (folder / "there" / "said.txt").write_text(result.stdout + result.stderr)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def built_plainly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without pseudonyms, to be copied: what was said is in the work folder."""

    def make(folder: Path) -> Path:
        write_tables(tables(), folder / "data")
        result = build("--data", folder / "data", "--warehouse", folder / "cc.duckdb")
        (folder / ".cc.duckdb.building" / "said.txt").write_text(result.stdout + result.stderr)
        assert result.returncode == 0, result.stderr
        return folder

    return made_once(tmp_path_factory, "built_plainly", make)


def files_with(texts: tuple[str, ...], folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            found += [(path.name, text) for text in texts if text.encode() in content]
    return found


def uncompressed(warehouse: Path, copy: Path) -> Path:
    """Compression hides texts from who looks for them in the bytes."""
    copy.parent.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute(f"attach {literal(warehouse)} as one (read_only)")
        connection.execute(f"attach {literal(copy)} as other")
        connection.execute("copy from database one to other")
        connection.execute("checkpoint other")
    return copy


def test_no_file_that_the_build_left_names_anybody(built: Path) -> None:
    there = built / "there"
    uncompressed(there / "cc.duckdb", there / "uncompressed.duckdb")
    pseudonym = persons.pseudonym(KEY.encode(), UMA)
    assert ("uncompressed.duckdb", pseudonym) in files_with((pseudonym,), there)
    assert list(there.glob(".cc.duckdb.building/target/*")), "dbt's artefacts are looked at too"
    assert files_with(PLAIN, there) == []
    kept = ROOT / "target" / "manifests"
    assert [found for found in files_with(PLAIN, kept) if kept.exists()] == []


def test_every_figure_is_the_same(built: Path, tmp_path_factory) -> None:
    stands_for = {
        persons.pseudonym(KEY.encode(), one): one for one in (ANN, BOB, UMA, OTTO)
    }

    def named(value: object) -> object:
        if not isinstance(value, str):
            return value
        for pseudonym, one in stands_for.items():
            value = value.replace(pseudonym, one)
        return value

    found = contents(built / "there" / "cc.duckdb")
    expected = contents(built_plainly(tmp_path_factory) / "cc.duckdb")
    names = ("agent_name", "definitions_hash")
    for relation, rows in expected.items():
        with_ids = {
            tuple((column, named(value)) for column, value in row if column not in names): count
            for row, count in found[relation].items()
        }
        assert with_ids == {
            tuple((column, value) for column, value in row if column not in names): count
            for row, count in rows.items()
        }, relation
    [(name, quarantined)] = query(built / "there" / "cc.duckdb", """
        select
            (select count(agent_name) from staging.checked_agents),
            (select count(*) from marts.quarantined_rows)
    """)
    assert (name, quarantined) == (0, 3)


def test_without_a_key_nothing_is_built(tmp_path: Path) -> None:
    result = build("--warehouse", tmp_path / "cc.duckdb", "--var", BOTH)
    assert result.returncode == 2
    assert persons.KEY in result.stderr


def test_another_key_stops_the_build(built: Path) -> None:
    """Also where no file is new."""
    warehouse = built / "there" / "cc.duckdb"
    result = subprocess.run(
        command("--data", built / "data", "--warehouse", warehouse, "--var", BOTH),
        env={**os.environ, persons.KEY: "another"}, capture_output=True, text=True, check=False,
    )
    assert result.returncode == 1
    assert f"are of another key than the one in {persons.KEY}" in result.stderr


@pytest.mark.parametrize("given", ["pseudonymise=customer", "pseudonymise=[customers]"])
def test_other_persons_are_refused(given: str, tmp_path: Path) -> None:
    result = build("--warehouse", tmp_path / "cc.duckdb", "--var", given)
    assert result.returncode == 2
    assert "pseudonymise" in result.stderr


def test_an_adapters_rows_are_not_kept(tmp_path: Path) -> None:
    """The system's own lines are in no file, and what was made of them names nobody. The project's
    own examples, which dbt's artefacts hold, have other callers and agents."""
    data = tmp_path / "data"
    data.mkdir()
    sample = (ROOT / "tests/python/samples/asterisk/queue_log-20241027").read_text()
    for one, other in OTHERS.items():
        sample = sample.replace(one, other)
    (data / "queue_log").write_text(sample)
    result = subprocess.run(
        command("--adapter", f"asterisk={data}", "--warehouse", tmp_path / "there" / "cc.duckdb",
                "--var", BOTH, "--var", "asterisk_time_zone=Europe/Berlin"),
        env={**os.environ, persons.KEY: KEY}, capture_output=True, text=True, check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    there = tmp_path / "there"
    warehouse = uncompressed(there / "cc.duckdb", there / "uncompressed.duckdb")
    caller = persons.pseudonym(KEY.encode(), "7390111")
    assert query(warehouse, f"""
        select count(distinct customer_id) filter (where customer_id = '{caller}'),
            count(distinct customer_id) > 3
        from marts.fct_sessions
    """) == [(1, True)]
    assert query(warehouse, "select count(*) from marts.fct_agent_states")[0][0] > 0
    assert files_with(tuple(OTHERS.values()), there) == []
