"""The adapters read what was fetched."""

from __future__ import annotations

import datetime
import json

import duckdb
from conftest import ROOT
from fetches import NOW, run
from test_fetch import Genesys, Nice
from test_fetch_tencent import AGENTS, Tencent
from vendor_server import vendor

from contact_center import reconcile


class Acme(Tencent):
    """A call that Mei took and Tom got from her, and what they did meanwhile."""

    def DescribeTelCdr(self, given):
        if not given["StartTimeStamp"] <= 1772676000 <= given["EndTimeStamp"]:
            return {"TotalCount": 0, "TelCdrList": []}
        participant = {"Type": "staffSeat", "SkillGroupId": 11, "EndStatusString": "ok"}
        return {"TotalCount": 1, "TelCdrList": [{
            "SessionId": "c-1", "Caller": "0086 100", "Callee": "0086 900", "Direction": 0,
            "CallType": 2, "StartTimestamp": 1772676000, "QueuedTimestamp": 1772676020,
            "QueuedSkillGroupId": 11, "RingTimestamp": 1772676045, "AcceptTimestamp": 1772676050,
            "EndedTimestamp": 1772676350, "EndStatus": 1, "EndStatusString": "ok",
            "HungUpSide": "user", "ServeParticipants": [
                {**participant, "Sequence": 0, "Mail": AGENTS[0], "RingTimestamp": 1772676045,
                 "AcceptTimestamp": 1772676050, "EndedTimestamp": 1772676170,
                 "TransferTo": AGENTS[1], "TransferToType": "staffSeat"},
                {**participant, "Sequence": 1, "Mail": AGENTS[1], "RingTimestamp": 1772676170,
                 "AcceptTimestamp": 1772676180, "EndedTimestamp": 1772676350, "TransferTo": ""},
            ],
        }]}

    def DescribeIMCdrList(self, given):
        return {"TotalCount": 0, "IMCdrList": []}

    def DescribeStaffStatusHistory(self, given):
        if not given["StartTimestamp"] <= 1772676000 <= given["EndTimestamp"]:
            return {"Data": []}
        return {"Data": [
            {"Timestamp": 1772672400, "Status": "free", "SessionId": ""},
            {"Timestamp": 1772679600, "Status": "offline", "SessionId": ""},
        ]}


def test_the_adapter_reads_what_was_fetched(tmp_path, build_warehouse, capsys) -> None:
    """Fetched twice, as it is every day: nothing counts twice."""
    folder = tmp_path / "fetched"
    with vendor(Acme()) as server:
        run("tencent_ccc", server.url, folder)
        run("tencent_ccc", server.url, folder, now=NOW + datetime.timedelta(days=1))
    warehouse = build_warehouse(tmp_path, adapters={"tencent_ccc": folder})
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute(
            "select session_id, queue_seconds, session_seconds from marts.fct_sessions"
        ).fetchall() == [("c-1", 30, 300)]
        assert connection.execute(
            "select agent_id, contact_seconds, is_transferred_out from marts.fct_agent_contacts"
            " order by accepted_at"
        ).fetchall() == [(AGENTS[0], 120, True), (AGENTS[1], 170, False)]
        assert connection.execute(
            "select agent_id, sum(state_seconds) from marts.fct_agent_states"
            " group by agent_id order by agent_id"
        ).fetchall() == [(AGENTS[0], 7200), (AGENTS[1], 7200)]

    # And Tencent's own figures of that day are held against ours.
    vendors = tmp_path / "metrics.json"
    vendors.write_text(json.dumps({"Response": {"Metrics": [
        {"Email": mail, "FreeDuration": 7200, "BusyDuration": 0, "NotReadyDuration": 0,
         "RestDuration": 0, "AfterCallWorkDuration": 0}
        for mail in AGENTS
    ]}}))
    day = ["--from", "2026-03-05", "--to", "2026-03-05", "--warehouse", str(warehouse)]
    assert reconcile.main(["tencent_ccc", "--vendor", str(vendors), *day]) == 0
    assert "6 equal, 0 explained, 0 unexplained" in capsys.readouterr().out


def records(place: str, name: str) -> list[dict]:
    """Of an answer among the adapters' samples."""
    path = ROOT / "tests" / "python" / "samples" / place
    return json.loads(path.read_text(encoding="utf-8"))[name]


def sessions_of(warehouse) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(
            "select session_id, started_at, first_accepted_at from marts.fct_sessions order by all"
        ).fetchall()


def test_genesys_conversations(tmp_path, build_warehouse) -> None:
    conversations = records("genesys_cloud/conversations/2026-03-05.json", "conversations")

    class Sample(Genesys):
        def results(self, kind, job, cursor):
            if kind == "users":
                return {"userDetails": []}
            return {"conversations": conversations}

    with vendor(Sample()) as server:
        run("genesys_cloud", server.url, tmp_path / "fetched")
    expected = {conversation["conversationId"] for conversation in conversations}
    found = sessions_of(build_warehouse(tmp_path, adapters={"genesys_cloud": tmp_path / "fetched"}))
    assert found and {session for session, *_ in found} <= expected


def test_nice_contacts(tmp_path, build_warehouse) -> None:
    contacts = records("nice_cxone/reports/contacts-completed.json", "completedContacts")

    class Sample(Nice):
        def __call__(self, request):
            answer = super().__call__(request)
            if isinstance(answer, dict) and answer.get("completedContacts"):
                skip = int(request.query["skip"])
                return {**answer, "totalRecords": len(contacts),
                        "completedContacts": contacts[skip:]}
            return answer

    with vendor(Sample()) as server:
        run("nice_cxone", server.url, tmp_path / "fetched")
    assert sessions_of(build_warehouse(tmp_path, adapters={"nice_cxone": tmp_path / "fetched"}))
