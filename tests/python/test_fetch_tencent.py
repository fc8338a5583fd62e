"""Fetches from Tencent: signed requests, pages, windows, limits, messages of each session."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import zlib

import pytest
from fetches import NOW, SECRETS, bodies, files, run, texts
from vendor_server import vendor

from contact_center.fetching import FetchError, UsageError, tc3

WEEK = 7 * 86400
AGENTS = ["mei@acme.example", "tom@acme.example"]


def test_the_published_example_of_the_signature() -> None:
    payload = (
        b'{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
    )
    found = tc3.authorization(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm",
        "cvm.tencentcloudapi.com", payload, 1551113065,
    )
    assert found == (
        "TC3-HMAC-SHA256 "
        "Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def test_the_users_signature_holds_what_it_signs() -> None:
    found = tc3.user_signature("1400000001", "key", "administrator", 1772672400)
    packed = found.replace("*", "+").replace("-", "/").replace("_", "=")
    whole = json.loads(zlib.decompress(base64.b64decode(packed)))
    signed = (
        "TLS.identifier:administrator\nTLS.sdkappid:1400000001\nTLS.time:1772672400\n"
        "TLS.expire:3600\n"
    )
    digest = hmac.new(b"key", signed.encode(), hashlib.sha256).digest()
    assert whole.pop("TLS.sig") == base64.b64encode(digest).decode()
    assert whole == {
        "TLS.ver": "2.0", "TLS.identifier": "administrator", "TLS.sdkappid": 1400000001,
        "TLS.time": 1772672400, "TLS.expire": 3600,
    }


class Tencent:
    """250 calls on 5 March, two text sessions, three states of each agent, two of them a page."""

    def __init__(self) -> None:
        self.refuse: dict[str, list[str]] = {}

    def __call__(self, request):
        action = request.headers["x-tc-action"]
        given = request.json
        expected = tc3.authorization(
            *list(SECRETS["tencent_ccc"].values())[:2], "ccc", request.headers["host"],
            request.content, int(request.headers["x-tc-timestamp"]),
        )
        if request.headers["authorization"] != expected or given["SdkAppId"] != 1400000001:
            return error("AuthFailure.SignatureFailure")
        if self.refuse.get(action):
            return error(self.refuse[action].pop(0))
        return {"Response": {**getattr(self, action)(given), "RequestId": "r"}}

    def DescribeStaffInfoList(self, given):
        return {"TotalCount": 2, "StaffList": [
            {"Name": mail[:3], "Mail": mail} for mail in AGENTS[given["PageNumber"]:][:1]
        ]}

    def DescribeSkillGroupInfoList(self, given):
        return {"TotalCount": 1, "SkillGroupList": [{"SkillGroupId": 11, "SkillGroupName": "help"}]}

    def DescribeTelCdr(self, given):
        assert given["PageSize"] <= 100
        assert given["EndTimeStamp"] - given["StartTimeStamp"] < 90 * 86400
        if not given["StartTimeStamp"] <= 1772676000 <= given["EndTimeStamp"]:
            return {"TotalCount": 0, "TelCdrList": []}
        first = given["PageNumber"] * given["PageSize"]
        return {"TotalCount": 250, "TelCdrList": [
            {"SessionId": f"c-{number}", "StartTimestamp": 1772676000}
            for number in range(first, min(first + given["PageSize"], 250))
        ]}

    def DescribeIMCdrList(self, given):
        if not given["StartTimestamp"] <= 1772676000 <= given["EndTimestamp"]:
            return {"TotalCount": 0, "IMCdrList": []}
        # A name with a separator that isn't a line's end.
        return {"TotalCount": 2, "IMCdrList": [
            {"SessionId": f"t-{number}", "Timestamp": 1772676000, "Nickname": "a\u2028b"}
            for number in (1, 2)
        ]}

    def DescribeChatMessages(self, given):
        assert given["Order"] == 1
        return {"TotalCount": 1, "Messages": [{"Timestamp": 1772676001, "From": "ana"}]}

    def DescribeStaffStatusHistory(self, given):
        assert given["EndTimestamp"] - given["StartTimestamp"] < WEEK
        rows = [
            {"Cursor": f"k{number}", "Timestamp": 1772676000 + number, "Status": "free"}
            for number in range(250)
        ] if given["StaffUserId"] == AGENTS[0] else []
        first = int(given["Cursor"][1:]) + 1 if "Cursor" in given else 0
        return {"Data": rows[first:first + given["PageSize"]]}


def error(code: str):
    return {"Response": {"Error": {"Code": code, "Message": "no"}, "RequestId": "r"}}


@pytest.fixture
def tencent():
    played = Tencent()
    with vendor(played) as server:
        played.url, played.requests = server.url, server.requests
        yield played


def test_all_records(tencent, tmp_path, capsys) -> None:
    run("tencent_ccc", tencent.url, tmp_path)
    assert [call["SessionId"] for call in bodies(tmp_path, "calls")] == [
        f"c-{number}" for number in range(250)
    ]
    assert bodies(tmp_path, "calls")[0]["SdkAppId"] == 1400000001
    assert bodies(tmp_path, "messages") == [
        {"SdkAppId": 1400000001, "SessionId": id,
         "Messages": [{"Timestamp": 1772676001, "From": "ana"}]}
        for id in ("t-1", "t-2")
    ]
    assert '"query": {"SessionId": "t-1", "Order": "1"}' in texts(tmp_path)
    states = bodies(tmp_path, "states")
    assert [row["Timestamp"] for row in states] == [1772676000 + number for number in range(250)]
    assert {row["StaffUserId"] for row in states} == {AGENTS[0]}
    assert [len(answer["StaffList"]) for answer in bodies(tmp_path, "agents")] == [1, 1]
    assert files(tmp_path)[1] == (
        "calls-20260305T000000Z-20260306T000000Z-fetched-20260306T120000Z.jsonl"
    )
    assert "calls: 250 records of 2 stretches" in capsys.readouterr().out


def test_a_busy_vendor_is_asked_again(tencent, tmp_path) -> None:
    tencent.refuse = {"DescribeTelCdr": ["RequestLimitExceeded", "InternalError"]}
    waited: list[float] = []
    run("tencent_ccc", tencent.url, tmp_path, waited=waited)
    assert len(bodies(tmp_path, "calls")) == 250
    assert {1.0, 2.0} <= set(waited)


def test_a_refusal_ends_it_in_words(tencent, tmp_path) -> None:
    tencent.refuse = {"DescribeIMCdrList": ["UnauthorizedOperation.PermissionDenied"]}
    with pytest.raises(FetchError) as raised:
        run("tencent_ccc", tencent.url, tmp_path)
    assert str(raised.value) == (
        "texts, 2026-03-05 00:00 to 2026-03-06 00:00 UTC: DescribeIMCdrList: "
        "UnauthorizedOperation.PermissionDenied (no)"
    )
    assert len(bodies(tmp_path, "calls")) == 250


def test_a_broken_run_goes_on(tencent, tmp_path) -> None:
    tencent.refuse = {"DescribeIMCdrList": ["AuthFailure"]}
    with pytest.raises(FetchError):
        run("tencent_ccc", tencent.url, tmp_path, "--overlap", "0")
    tencent.requests.clear()
    run("tencent_ccc", tencent.url, tmp_path, "--overlap", "0")
    asked = [request.headers["x-tc-action"] for request in tencent.requests]
    # Both days of calls are there, and nothing that is fetched once is fetched again.
    assert "DescribeTelCdr" not in asked and "DescribeIMCdrList" in asked
    assert len(bodies(tmp_path, "calls")) == 250
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_what_may_have_changed_is_fetched_again(tencent, tmp_path) -> None:
    run("tencent_ccc", tencent.url, tmp_path)
    run("tencent_ccc", tencent.url, tmp_path, now=NOW + datetime.timedelta(days=1))
    # 5 March was fetched half a day after its end, then a day and a half.
    assert len(bodies(tmp_path, "calls")) == 500
    run("tencent_ccc", tencent.url, tmp_path, now=NOW + datetime.timedelta(days=3))
    assert len(bodies(tmp_path, "calls")) == 750
    run("tencent_ccc", tencent.url, tmp_path, now=NOW + datetime.timedelta(days=4))
    assert len(bodies(tmp_path, "calls")) == 750


def test_what_the_vendor_no_longer_has(tmp_path) -> None:
    with pytest.raises(UsageError, match="2025-09-06 isn't fetched yet: give --since 2025-09-07"):
        run("tencent_ccc", "http://127.0.0.1:9", tmp_path, since="2025-09-06")


def test_a_first_day_that_was_fetched_may_be_older(tencent, tmp_path) -> None:
    for day in (0, 100, 200):
        run("tencent_ccc", tencent.url, tmp_path, now=NOW + datetime.timedelta(days=day))
    with pytest.raises(UsageError, match="2026-09-20 isn't fetched yet"):
        run("tencent_ccc", tencent.url, tmp_path, now=NOW + datetime.timedelta(days=400))


def test_no_secret_is_written_or_said(tencent, tmp_path, capsys) -> None:
    run("tencent_ccc", tencent.url, tmp_path)
    printed = capsys.readouterr()
    for text in (texts(tmp_path), printed.out, printed.err):
        assert "of-a-test" not in text and "Signature=" not in text


def test_a_refusal_that_repeats_a_secret(tencent, tmp_path, capsys) -> None:
    busy = "RequestLimitExceeded.key-of-a-test"
    tencent.refuse = {"DescribeTelCdr": [busy] * 6 + ["AuthFailure.key-of-a-test"]}
    with pytest.raises(FetchError, match="AuthFailure") as raised:
        run("tencent_ccc", tencent.url, tmp_path)
    printed = capsys.readouterr().err
    assert "RequestLimitExceeded" in printed
    assert "of-a-test" not in printed and "of-a-test" not in str(raised.value)


class Desk:
    def __init__(self) -> None:
        self.codes: list[int] = []

    def __call__(self, request):
        assert request.query["sdkappid"] == "1400000001" and request.query["usersig"]
        if self.codes:
            return {"ActionStatus": "FAIL", "ErrorCode": self.codes.pop(0), "ErrorInfo": "no"}
        given, ok = request.json, {"ActionStatus": "OK", "ErrorCode": 0}
        if request.path.endswith("describe_im_cdr_list"):
            records = [{"SessionId": f"d-{number}"} for number in range(130)]
            if not given["StartTimestamp"] <= 1772676000 <= given["EndTimestamp"]:
                records = []
            page = records[given["Offset"]:given["Offset"] + given["Limit"]]
            return {**ok, "TotalCount": len(records), "IMCdrList": page}
        assert request.path == "/v4/desk_http_svc/describe_chat_messages"
        return {**ok, "TotalCount": 1, "Messages": [{"FromAccountRole": 1}]}


def test_desk(tmp_path) -> None:
    played = Desk()
    played.codes = [60008]
    with vendor(played) as server:
        run("tencent_desk", server.url, tmp_path)
    assert len(bodies(tmp_path, "sessions")) == 130
    assert bodies(tmp_path, "messages")[0] == {
        "SessionId": "d-0", "Messages": [{"FromAccountRole": 1}],
    }
    assert "of-a-test" not in texts(tmp_path)


def test_desk_refuses(tmp_path) -> None:
    played = Desk()
    played.codes = [70001]
    with vendor(played) as server, pytest.raises(FetchError) as raised:
        run("tencent_desk", server.url, tmp_path)
    assert "error 70001 (no)" in str(raised.value)
    assert "usersig" not in str(raised.value)
