"""Adapters' files that grow, come, change and go between two builds: what the second build leaves
is what one build of the files that are there gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from contents import assert_same, contents, query
from test_adapter_tencent_desk import NAMES
from test_adapters import SAMPLES

Change = Callable[[Path], None]
VARIABLES = {"tencent_desk_events": NAMES, "tencent_scores": {"1": 5}}


def gone(name: str) -> Change:
    return lambda place: (place / name).unlink()


def cut(name: str, line_count: int) -> Change:
    """Only the first lines of a file are there."""
    def change(place: Path) -> None:
        lines = (place / name).read_text().splitlines(keepends=True)
        assert len(lines) > line_count
        (place / name).write_text("".join(lines[:line_count]))
    return change


def said(name: str, was: str, now: str) -> Change:
    def change(place: Path) -> None:
        text = (place / name).read_text()
        assert was in text
        (place / name).write_text(text.replace(was, now))
    return change


# What makes another state of a sample's files of the one in which they are: it lacks files and
# lines, and says something else. The second build has either the files that came and grew, or, of
# those in SHRINKING, the ones that are left.
SHRINKING = ("asterisk", "bank_calls", "genesys_cloud", "tencent_ccc")
OTHER_STATES: dict[str, tuple[Change, ...]] = {
    "amazon_connect": (
        gone("agent_events/2024/03/31/02/agent-events-1-2024-03-31-02-05-00-a9d4.jsonl"),
        cut("contact_records/2024/03/31/02/contact-records-1-2024-03-31-02-00-00-7be1", 6),
        said("contact_records/2024/03/30/12/contact-records-1-2024-03-30-12-05-00-0f3a",
             '"VOICE"', '"CHAT"'),
    ),
    "asterisk": (
        gone("queue_log_table.csv"), cut("queue_log", 9),
        said("queue_log-20241027", "COMPLETECALLER", "COMPLETEAGENT"),
    ),
    "bank_calls": (
        cut("bank_calls_sample.csv", 12), said("bank_calls_sample.csv", "SHARON", "AVI"),
    ),
    "chatwoot": (
        gone("csat_survey_responses.csv"), gone("taggings.csv"), cut("messages.csv", 50),
        said("conversations.csv", ",1,", ",2,"),
    ),
    "genesys_cloud": (
        gone("users/2026-03-05.json"), cut("conversations/2026-03-06.jsonl", 4),
        gone("messages/g-03.json"),
        said("conversations/2026-03-05.json", '"u-ana"', '"u-eve"'),
    ),
    "nice_cxone": (
        gone("reports/contacts-state-history.json"), gone("stream/2026-03-05-rest.json"),
        cut("stream/2026-03-05.jsonl", 15),
        said("reports/agents-state-history.json", '"Available"', '"Unavailable"'),
    ),
    "tencent_ccc": (
        gone("answers/DescribeTelCdr.json"), cut("pushed/pushes.jsonl", 2),
        said("pushed/staff_status_history.jsonl", '"free"', '"rest"'),
    ),
    "tencent_desk": (
        gone("records.json"), cut("session_events.jsonl", 9),
        said("statuses.jsonl", '"rest"', '"notReady"'),
    ),
    "twitter_support": (
        cut("twitter_support_sample.csv", 14),
        said("twitter_support_sample.csv", "BrandA", "BrandC"),
    ),
}


@pytest.mark.parametrize("adapter", sorted(OTHER_STATES))
def test_a_build_on_a_build_is_one_build(tmp_path: Path, build_warehouse, adapter: str) -> None:
    place = tmp_path / "files"
    states: dict[str, tuple[Change, ...]] = {"whole": (), "other": OTHER_STATES[adapter]}
    former, state = ("whole", "other") if adapter in SHRINKING else ("other", "whole")

    def build(name: str, state: str) -> Path:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(SAMPLES / adapter, place)
        for change in states[state]:
            change(place)
        (tmp_path / name).mkdir(exist_ok=True)
        return build_warehouse(
            tmp_path / name, adapters={adapter: place}, variables=VARIABLES, onto=True
        )

    expected = contents(build("once", state))
    warehouse = build("again", former)
    assert contents(warehouse)["fct_sessions"] != expected["fct_sessions"]
    build("again", state)
    assert query(warehouse, "select max(build_number) from staging.builds") == [(2,)]
    assert_same(contents(warehouse), expected)
