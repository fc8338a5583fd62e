"""Each vendor's own answers and reports become rows, or are refused in words."""

from __future__ import annotations

import datetime
import json

import pytest

from contact_center.reconciling import UsageError
from contact_center.reconciling.readers import Context, read
from contact_center.reconciling.values import parse

DAY = datetime.date(2026, 3, 5)
NAMES = {
    "a9": "A9", "agent sessions": "A9", "avg agent frt": "N7", "平均首次响应时长": "A20",
    "first response 30s response rate": "A21",
}


@pytest.fixture
def figures(tmp_path):
    """Reads a text, or what is to be JSON; gives {(figure, day, agent, skill, channel): value}."""

    def figures(system: str, content, zone: str = "UTC", day: datetime.date | None = None):
        path = tmp_path / "vendor"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        rows = read(system, path, Context(NAMES, day, zone))
        return {
            (row.figure_id, row.date_day, row.agent_id, row.skill_id, row.channel_id): row.value
            for row in rows
        }

    return figures


def test_the_contract(figures) -> None:
    assert figures("contract", (
        "\ufefffigure_id,date_day,channel_id,value\n\nS1,2026-03-05,web, 12\nA9,2026/03/06,,3\n"
    )) == {
        ("S1", DAY, None, None, "web"): "12",
        ("A9", DAY + datetime.timedelta(1), None, None, None): "3",
    }


def test_a_report_with_a_column_for_each_figure(figures) -> None:
    assert figures("nice_cxone", (
        "Date,Agent,Agent Sessions,Avg Agent FRT,Something else\n2026-03-05,Mei,7,00:01:05,x\n"
    )) == {
        ("A9", DAY, "Mei", None, None): "7", ("N7", DAY, "Mei", None, None): "00:01:05",
    }


def test_a_report_in_chinese(figures) -> None:
    found = figures("tencent_desk", "日期,客服,平均首次响应时长\n2026-03-05,mei@acme.example,12\n")
    assert found == {("A20", DAY, "mei@acme.example", None, None): "12"}


@pytest.mark.parametrize("header", [
    "Date,Agent id,Agent name,Skill id,Skill,Channel id,Channel,Media type,Agent sessions",
    "日期,坐席编号,坐席,技能组编号,技能组,渠道编号,渠道,Media type,Agent sessions",
    "date_day,agent_id,agent_name,skill_id,skill_name,channel_id,channel_name,media_type,A9",
])
def test_ids_count_where_names_stand_beside_them(figures, header: str) -> None:
    """As in this warehouse's own exports."""
    found = figures("contract", f"{header}\n2026-03-05,a1,Mei,s1,Sales,c1,Web,chat,7\n")
    assert found == {("A9", DAY, "a1", "s1", "c1"): "7"}


@pytest.mark.parametrize(("text", "encoding"), [
    ("日期,客服,平均首次响应时长\n2026/3/5,客服小明,12\n", "gb18030"),
    ("日期\t客服\t平均首次响应时长\n2026年3月5日\t客服小明\t12\n", "utf-16"),
    ("日期;客服;平均首次响应时长\n2026-03-05 00:00;客服小明;12\n", "utf-8-sig"),
])
def test_a_report_as_spreadsheets_save_it(tmp_path, text: str, encoding: str) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(text.encode(encoding))
    [row] = read("tencent_desk", path, Context(NAMES, None, "UTC"))
    assert (row.figure_id, row.date_day, row.agent_id, row.value) == ("A20", DAY, "客服小明", "12")


def test_commas_in_numbers_between_semicolons(figures) -> None:
    found = figures("contract", (
        "figure_id;date_day;agent_id;value\nS7;2026-03-05;a,1;1.791,386\nS9;2026-03-05;;12,5\n"
        "Q6;2026-03-05;;33,3 %\n"
    ))
    assert list(found.values()) == ["1791.386", "12.5", "33.3 %"]
    assert ("S7", DAY, "a,1", None, None) in found


def test_bytes_that_are_no_text(tmp_path) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(b"Date,Agent Sessions\n2026-03-05,\xff\xff\n")
    with pytest.raises(UsageError, match="in neither UTF-8, UTF-16 nor GB 18030"):
        read("contract", path, Context(NAMES, None, "UTC"))


def test_a_workbook_isnt_read(tmp_path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"PK\x03\x04\x14\x00\xff\xff")
    with pytest.raises(UsageError, match="save the sheet as CSV"):
        read("contract", path, Context(NAMES, None, "UTC"))


DESK_AGENT = {
    "ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", "TotalCount": 1, "Data": [{
        "AgentId": "mei@acme.example", "AgentNickName": "Mei", "FirstLoginTimestamp": 1772672400,
        "LastLogoutTimestamp": 0, "FreeTime": 3600, "BusyTime": 300, "RestTime": 600,
        "TotalSessionCnt": 12, "TransferSessionCnt": 1, "EffectiveSessionCnt": 8,
        "AgentEndCnt": 10, "ServeUserCnt": 10, "TotalAcceptTime": 1527, "TotalMsgCnt": 350,
        "AgentMsgCnt": 200, "UserMsgCnt": 150, "NotRespSessionCnt": 2, "AvgFirstRespTime": 10,
        "FirstRespUnder30sCnt": 9, "AvgRespTime": 25, "AvgRespUnder30sCnt": 8,
        "AvgAcceptTime": 300, "SatisfactionSelectedCnt": 8, "SatisfiedCnt": 6,
    }],
}


def test_desk_agents(figures) -> None:
    found = figures("tencent_desk", DESK_AGENT, day=DAY)
    assert {key[1:3] for key in found} == {(DAY, "mei@acme.example")}
    of_mei = {key[0]: value for key, value in found.items()}
    assert of_mei | {"A9": 12, "A10": 1, "A13": 10, "A22": 25, "A25": 8} == of_mei
    assert of_mei["agent_analysis_daily.satisfied_session_count"] == 6
    assert len(of_mei) == 22
    assert parse(of_mei["A1"], "timestamp").number == 1772672400
    assert parse(of_mei["A2"], "timestamp").number is None


def test_desk_agents_by_their_request(figures) -> None:
    """From and To are of one day of Tencent's."""
    request = {"From": 1772640000, "To": 1772726399}
    found = figures(
        "tencent_desk", {"request": request, "response": DESK_AGENT}, zone="Asia/Shanghai"
    )
    assert {key[1] for key in found} == {DAY}
    with pytest.raises(UsageError, match="2026-03-05 to 2026-03-06 together"):
        figures("tencent_desk", {
            "request": {**request, "To": 1772812799}, "response": DESK_AGENT,
        }, zone="Asia/Shanghai")


def test_desk_agents_without_a_day(figures) -> None:
    with pytest.raises(UsageError, match="doesn't say of which day"):
        figures("tencent_desk", DESK_AGENT)


def test_desk_sessions(figures) -> None:
    found = figures("tencent_desk", {"ErrorCode": 0, "Data": [{
        "Time": "2026-03-05", "TotalSessionCnt": 12, "TransferAgentSessionCnt": 10,
        "AgentAcceptCnt": 9, "EffectiveSessionCnt": 8, "SatisfactionSelectedCnt": 5,
        "OneStarSelectedCnt": 1, "TwoStarSelectedCnt": 0, "ThreeStarSelectedCnt": 1,
        "FourStarSelectedCnt": 1, "FiveStarSelectedCnt": 2, "AvgFirstRespTime": 10,
        "AvgRespTime": 25, "AvgAcceptTime": 300, "AvgQueueTime": 6,
    }]})
    values = {key[0]: value for key, value in found.items()}
    assert values | {"S1": 12, "S2": 9, "S3": 8, "S4": 5, "S6": 6, "S7": 300, "S8": 10} == values
    with pytest.raises(UsageError, match="by hour"):
        figures("tencent_desk", {"Data": [{"Time": "09:00", "TotalSessionCnt": 1}]})


def test_an_error_is_no_answer(figures) -> None:
    with pytest.raises(UsageError, match="an error of Tencent's"):
        figures("tencent_desk", {"ActionStatus": "FAIL", "ErrorCode": 60006})


def test_ccc_states(figures) -> None:
    assert figures("tencent_ccc", {"Response": {"Metrics": [{
        "Email": "mei@acme.example", "Status": "free", "OnlineDuration": 4500, "FreeDuration": 3000,
        "BusyDuration": 900, "NotReadyDuration": 200, "RestDuration": 300,
        "AfterCallWorkDuration": 100,
    }], "RequestId": "r"}}, day=DAY) == {
        ("A3", DAY, "mei@acme.example", None, None): 3000,
        ("A5", DAY, "mei@acme.example", None, None): 1200,
        ("A7", DAY, "mei@acme.example", None, None): 300,
    }


def test_genesys_conversations_and_users(figures) -> None:
    interval = "2026-03-04T23:00:00.000Z/2026-03-05T23:00:00.000Z"
    found = figures("genesys_cloud", [
        {"results": [{"group": {"mediaType": "voice", "queueId": "q-in"}, "data": [{
            "interval": interval, "metrics": [
                {"metric": "nOffered", "stats": {"count": 3}},
                {"metric": "tAnswered", "stats": {"count": 2, "sum": 9000.0, "max": 5000.0}},
                {"metric": "tHandle", "stats": {"count": 2, "sum": 560000.0}},
                {"metric": "oServiceLevel", "stats": {
                    "ratio": 0.5, "numerator": 1.0, "denominator": 2.0, "target": 0.8,
                }},
                {"metric": "oMessageTurn", "stats": {"count": 1, "sum": 4.0}},
            ],
        }]}]},
        {"results": [{"group": {"userId": "u-ana"}, "data": [{"interval": interval, "metrics": [
            {"metric": "tAgentRoutingStatus", "qualifier": "IDLE", "stats": {"sum": 60000.0}},
            {"metric": "tAgentRoutingStatus", "qualifier": "INTERACTING",
             "stats": {"sum": 20000.0}},
            {"metric": "tAgentRoutingStatus", "qualifier": "COMMUNICATING",
             "stats": {"sum": 5000.0}},
        ]}]}]},
    ], zone="Europe/Berlin")
    of_queue = (DAY, None, "q-in", "voice")
    assert found == {
        ("Q1", *of_queue): 3, ("Q2", *of_queue): 2, ("Q6", *of_queue): 0.5,
        ("queue_metrics_daily.answered_queue_seconds", *of_queue): 9,
        ("contact_metrics_daily.handled_agent_contact_count", *of_queue): 2,
        ("contact_metrics_daily.handle_seconds", *of_queue): 560,
        ("A3", DAY, "u-ana", None, None): 60, ("A5", DAY, "u-ana", None, None): 25,
    }


def test_genesys_by_half_hours(figures) -> None:
    with pytest.raises(UsageError, match="isn't one day"):
        figures("genesys_cloud", {"results": [{"data": [{
            "interval": "2026-03-05T00:00:00.000Z/2026-03-05T00:30:00.000Z", "metrics": [],
        }]}]})


def test_connect(figures) -> None:
    assert figures("amazon_connect", {"MetricResults": [
        {
            "Dimensions": {"QUEUE": "q-1", "CHANNEL": "VOICE"},
            "MetricInterval": {
                "Interval": "DAY", "StartTime": "2026-03-05T05:00:00+00:00",
                "EndTime": "2026-03-06T05:00:00+00:00",
            },
            "Collections": [
                {"Metric": {"Name": "CONTACTS_QUEUED"}, "Value": 10.0},
                {"Metric": {"Name": "ABANDONMENT_RATE"}, "Value": 12.5},
                {"Metric": {"Name": "SOMETHING_NEW"}, "Value": 1.0},
            ],
        },
    ]}, zone="America/New_York") == {
        ("Q1", DAY, None, "q-1", "VOICE"): 10.0, ("Q7", DAY, None, "q-1", "VOICE"): "12.5%",
    }


def test_connects_former_answer(figures) -> None:
    answer = {"MetricResults": [{
        "Dimensions": {"Queue": {"Id": "q-1", "Arn": "arn"}, "Channel": "VOICE"},
        "Collections": [{
            "Metric": {"Name": "HANDLE_TIME", "Unit": "SECONDS", "Statistic": "AVG"},
            "Value": 280.0,
        }],
    }]}
    assert figures("amazon_connect", answer, day=DAY) == {
        ("H1", DAY, None, "q-1", "VOICE"): 280.0,
    }
    with pytest.raises(UsageError, match="doesn't say of which day"):
        figures("amazon_connect", answer)


def test_nice_performance(figures) -> None:
    found = figures("nice_cxone", {"agentPerformance": [{
        "agentId": 42, "totalHandled": 105, "totalTalkTime": "PT7H43M6.15S",
        "availableTime": "PT21H48M43.174S", "unavailableTime": "PT13H34M31.375S",
        "loginTime": "P1DT19H18M29.651S", "occupancy": 36.81, "refused": 11,
    }]}, day=DAY)
    values = {key[0]: value for key, value in found.items()}
    assert {key[1:3] for key in found} == {(DAY, "42")}
    assert values["contact_metrics_daily.agent_contact_count"] == 105
    assert values["O4"] == "36.81%"
    assert parse(values["A3"], "seconds").number == pytest.approx(78523.174)


def test_chatwoot_agents(figures) -> None:
    assert figures("chatwoot", (
        "Reporting period 2026-03-05 to 2026-03-06\n\n"
        "Agent name,Assigned conversations,Avg first response time,Avg resolution time\n"
        "Mei,12,2 minutes 5 seconds,1 hour 2 minutes\nTom,0,--,--\n"
    )) == {
        ("A9", DAY, "Mei", None, None): "12", ("A9", DAY, "Tom", None, None): "0",
        ("A20", DAY, "Mei", None, None): "2 minutes 5 seconds",
        ("A20", DAY, "Tom", None, None): "--",
        ("N11", DAY, "Mei", None, None): "1 hour 2 minutes", ("N11", DAY, "Tom", None, None): "--",
    }


def test_chatwoot_over_a_week(figures) -> None:
    with pytest.raises(UsageError, match="export one day"):
        figures("chatwoot", "Reporting period 2026-03-01 to 2026-03-08\nAgent name,x\nMei,1\n")


@pytest.mark.parametrize(("system", "content", "words"), [
    ("contract", "figure_id,date_day\nS1,2026-03-05\n", "column value is missing"),
    ("contract", "figure_id,date_day,value\nS1,2026-03-05\n", "line 2 has 2 fields"),
    ("contract", "figure_id,date_day,value\nS1,5 March,1\n", "line 2: '5 March' is no date"),
    ("contract", "a,b\n1,2\n", "neither a column figure_id"),
    ("contract", "", "neither a column figure_id|holds no figure"),
    ("asterisk", "{}", "JSON of asterisk isn't known"),
    ("genesys_cloud", '{"conversations": []}', "no answer of genesys_cloud"),
    ("genesys_cloud", "{\n", "line 1 is no JSON"),
    ("chatwoot", "2026-03-05\nAgent name,Conversations\nMei\n", "record 1 has 1 fields"),
    ("contract", 'figure_id,date_day,value\n"' + 200_000 * "x", "field larger than field limit"),
])
def test_what_cant_be_read(figures, system: str, content: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        figures(system, content)
