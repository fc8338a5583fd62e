"""The command fetch, and fetches from NICE and Genesys: tokens, pages, jobs, limits."""

from __future__ import annotations

import base64
import datetime
import itertools
from collections import defaultdict

import httpx
import pytest
from fetches import NOW, SECRETS, bodies, run, state, texts
from vendor_server import Answer, vendor

from contact_center import fetch
from contact_center.fetching import FetchError, genesys_cloud, nice_cxone
from contact_center.fetching.client import retry_after
from contact_center.fetching.place import Place, windows

LISTS = {
    "contacts/completed": "completedContacts", "contacts/state-history": "contactStateHistory",
    "agents/state-history": "agentStateHistory", "agents": "agents", "dispositions": "dispositions",
}


class Nice:
    """Three completed contacts on 5 March, two a page; no content of anything else."""

    def __init__(self) -> None:
        self.tokens = 0
        self.answers: list[Answer] = []

    def __call__(self, request):
        if request.path == "/authentication/v1/token/access-key":
            assert request.json == {
                "accessKeyId": "id-of-a-test", "accessKeySecret": "key-of-a-test",
            }
            self.tokens += 1
            return {"access_token": f"token-of-a-test-{self.tokens}", "expires_in": 3600}
        if self.answers:
            return self.answers.pop(0)
        if request.headers["authorization"] != f"Bearer token-of-a-test-{self.tokens}":
            return Answer({"error": "expired"}, 401)
        path = request.path.removeprefix("/incontactapi/services/v30.0/")
        if path != "contacts/completed":
            return None
        if "updatedSince" in request.query:
            records = [{"contactId": 9, "lastUpdateTime": request.query["updatedSince"]}]
        elif request.query["startDate"] == "2026-03-05T00:00:00.000Z":
            assert request.query["endDate"] == "2026-03-06T00:00:00.000Z"
            records = [{"contactId": number} for number in (1, 2, 3)]
        else:
            return None
        skip = int(request.query["skip"])
        return {
            "businessUnitId": 7, "totalRecords": len(records), LISTS[path]: records[skip:skip + 2],
        }


def test_nice(tmp_path) -> None:
    played = Nice()
    with vendor(played) as server:
        run("nice_cxone", server.url, tmp_path)
    assert [contact["contactId"] for contact in bodies(tmp_path, "contacts")] == [1, 2, 3]
    # What is empty leaves no file.
    assert bodies(tmp_path, "agent_states") == [] and not list(tmp_path.glob("agent_states*"))
    assert played.tokens == 1
    assert "of-a-test" not in texts(tmp_path)


def test_nice_contacts_that_changed(tmp_path) -> None:
    with vendor(Nice()) as server:
        run("nice_cxone", server.url, tmp_path)
        assert bodies(tmp_path, "changes") == []
        run("nice_cxone", server.url, tmp_path, now=NOW + datetime.timedelta(days=10))
    # Since the last run, and two days before it.
    assert bodies(tmp_path, "changes") == [
        {"businessUnitId": 7, "contactId": 9, "lastUpdateTime": "2026-03-04T12:00:00.000Z"},
    ]


def test_an_expired_token_is_renewed(tmp_path) -> None:
    played = Nice()
    played.answers = [Answer({"error": "expired"}, 401)]
    with vendor(played) as server:
        run("nice_cxone", server.url, tmp_path)
    assert played.tokens == 2
    assert len(bodies(tmp_path, "contacts")) == 3


@pytest.mark.parametrize("system", [nice_cxone, genesys_cloud])
@pytest.mark.parametrize("answer", [None, {}, {"access_token": None}, {"access_token": ""}])
def test_an_answer_without_a_token(system, answer) -> None:
    asked = system.System(defaultdict(str), "https://vendor.example")
    asked.client.ask = lambda make: answer
    with pytest.raises(FetchError, match="holds none"):
        asked.bearer.authorize()


def test_an_answer_that_names_no_place() -> None:
    asked = nice_cxone.System({}, "https://vendor.example")
    asked.client.ask = lambda make: {"access_token": "t", "resource_server_base_uri": None}
    asked.bearer.authorize()
    assert asked.url("agents") == "https://vendor.example/incontactapi/services/v30.0/agents"


def test_a_vendor_says_when_to_come_again(tmp_path) -> None:
    played = Nice()
    played.answers = [Answer({}, 429, {"Retry-After": "17"}), Answer({}, 503)]
    waited: list[float] = []
    with vendor(played) as server:
        run("nice_cxone", server.url, tmp_path, waited=waited)
    assert 17.0 in waited and 2.0 in waited
    assert len(bodies(tmp_path, "contacts")) == 3


@pytest.mark.parametrize(("answer", "words"), [
    (Answer(content=b"<html>"), "the answer is no JSON object"),
    (Answer(content=b'{"agents": [{"agentId'), "the answer is no JSON object"),
    (Answer(content=b'{"agents": "\xff"}'), "the answer is no JSON object"),
    (Answer([]), "the answer is no JSON object"),
    (Answer(content=b"null"), "the answer is no JSON object"),
    (Answer(content=b"no gzip", headers={"Content-Encoding": "gzip"}), "no whole answer (Deco"),
    (Answer(status=302, headers={"Location": "https://elsewhere/"}), "302: https://elsewhere/"),
    (Answer({}), "it holds no agents"),
    (Answer({"error": "none", "code": 7}), "it holds no agents"),
    (Answer({"agents": [1]}), "agents is no list of objects"),
    (Answer({"agents": [{}], "totalRecords": "many"}), "totalRecords is no number"),
])
def test_an_answer_that_is_none_of_the_vendors(tmp_path, answer, words, capsys) -> None:
    """It stops the run; taken for an empty day, that day would be lost."""
    played = Nice()
    played.answers = [answer] * 8
    with vendor(played) as server, pytest.raises(FetchError) as raised:
        run("nice_cxone", server.url, tmp_path)
    assert str(raised.value).startswith("agents: ") and words in str(raised.value)
    assert not (tmp_path / ".fetch-state").exists()
    # Whoever has to wait long is told; after the last try nobody waits.
    told = capsys.readouterr().err
    assert told.count("; waits ") == (2 if "no whole" in words else 0)


def test_no_agents(tmp_path) -> None:
    played = Nice()
    played.answers = [Answer({"totalRecords": 0}), Answer({"dispositions": None})]
    with vendor(played) as server:
        run("nice_cxone", server.url, tmp_path)
    assert len(bodies(tmp_path, "contacts")) == 3


def test_what_a_killed_run_left_goes(tmp_path) -> None:
    (tmp_path / ".contacts-20260305T000000Z.jsonl.part").write_text("{", encoding="utf-8")
    with vendor(Nice()) as server:
        run("nice_cxone", server.url, tmp_path)
    assert not list(tmp_path.glob(".*.part"))


def test_patience_ends(tmp_path) -> None:
    played = Nice()
    played.answers = [Answer({}, 503)] * 8
    with vendor(played) as server, pytest.raises(FetchError) as raised:
        run("nice_cxone", server.url, tmp_path)
    assert "the answer is 503, 8 times; run the command again" in str(raised.value)


def test_an_answer_that_repeats_a_secret(tmp_path) -> None:
    played = Nice()
    played.answers = [Answer({"message": "token token-of-a-test-1 of key-of-a-test is bad"}, 403)]
    with vendor(played) as server, pytest.raises(FetchError) as raised:
        run("nice_cxone", server.url, tmp_path)
    assert "the answer is 403" in str(raised.value)
    assert "of-a-test" not in str(raised.value)


class Genesys:
    """Two pages of conversations; a job is done when it is asked for the second time."""

    def __init__(self) -> None:
        self.jobs: dict[str, dict] = {}
        self.broken = False

    def __call__(self, request):
        if request.path == "/oauth/token":
            basic = base64.b64encode(b"id-of-a-test:key-of-a-test").decode()
            assert request.headers["authorization"] == f"Basic {basic}"
            assert request.content == b"grant_type=client_credentials"
            return {"access_token": "token-of-a-test"}
        assert request.headers["authorization"] == "Bearer token-of-a-test"
        path = request.path.removeprefix("/api/v2/")
        if path == "outbound/campaigns":
            return Answer({"message": "missing permission"}, 403)
        if path == "teams" and "after" not in request.query:
            return {"entities": [{"id": "t-1"}], "nextUri": "/api/v2/teams?pageSize=100&after=x%3D"}
        if path == "teams":
            return {"entities": [{"id": f"t-{request.query['after']}"}]}
        if path in ("users", "routing/queues", "routing/wrapupcodes", "authorization/divisions"):
            number = int(request.query["pageNumber"])
            return {"pageCount": 2, "entities": [{"id": f"{path}-{number}", "selfUri": path}]}
        kind, _, below = path.removeprefix("analytics/").partition("/details/jobs")
        rest = below.strip("/").split("/")
        if rest == ["availability"]:
            return {"dataAvailabilityDate": "2026-03-06T06:00:00.000Z"}
        if request.method == "POST":
            job = f"{kind}-{len(self.jobs)}"
            self.jobs[job] = {"asked": 0, "interval": request.json["interval"]}
            return Answer({"jobId": job}, 202)
        job = self.jobs[rest[0]]
        if len(rest) == 1:
            job["asked"] += 1
            return {"state": "FULFILLED" if job["asked"] > 1 else "PENDING"}
        if self.broken:
            self.broken = False
            return Answer({"message": "broken"}, 400)
        return self.results(kind, job, request.query.get("cursor"))

    def results(self, kind, job, cursor):
        if kind == "users":
            return {"userDetails": [{"userId": "u-1", "interval": job["interval"]}]}
        if cursor:
            return {"conversations": [{"conversationId": "g-2"}]}
        first = {"conversationId": "g-1", "interval": job["interval"]}
        return {"conversations": [first], "cursor": "c"}


def test_genesys(tmp_path, capsys) -> None:
    with vendor(Genesys()) as server:
        run("genesys_cloud", server.url, tmp_path)
    found = bodies(tmp_path, "conversations")
    assert [one["conversationId"] for one in found] == ["g-1", "g-2", "g-1", "g-2"]
    # Up to now, but not beyond what jobs know yet.
    assert [one["interval"] for one in found if "interval" in one] == [
        "2026-03-05T00:00:00.000Z/2026-03-06T00:00:00.000Z",
        "2026-03-06T00:00:00.000Z/2026-03-06T06:00:00.000Z",
    ]
    assert len(bodies(tmp_path, "users")) == 2
    assert [name["id"] for name in bodies(tmp_path, "agents")] == ["users-1", "users-2"]
    assert [name["id"] for name in bodies(tmp_path, "teams")] == ["t-1", "t-x="]
    assert "fetch: campaigns are left out" in capsys.readouterr().err
    assert state(tmp_path)["jobs"] == {}
    assert "of-a-test" not in texts(tmp_path)


@pytest.mark.parametrize(("path", "answer", "words"), [
    ("availability", {"until": "now"}, "conversations: the answer isn't as documented"),
    ("availability", {"dataAvailabilityDate": "soon"}, "dataAvailabilityDate is no time"),
    ("results", {"message": "busy"}, "it holds no conversations"),
    ("jobs", {"id": "j"}, "it says no jobId"),
])
def test_a_genesys_that_answers_otherwise(tmp_path, path, answer, words) -> None:
    class Other(Genesys):
        def __call__(self, request):
            return answer if request.path.endswith(path) else super().__call__(request)

    with vendor(Other()) as server, pytest.raises(FetchError) as raised:
        run("genesys_cloud", server.url, tmp_path)
    assert words in str(raised.value)


@pytest.mark.parametrize("said", ["2026-03-06T06:00:00", "2026-03-06T07:00:00+01:00"])
def test_genesys_says_in_any_zone_how_far_its_jobs_know(tmp_path, said) -> None:
    class Other(Genesys):
        def __call__(self, request):
            is_asked = request.path.endswith("availability")
            return {"dataAvailabilityDate": said} if is_asked else super().__call__(request)

    with vendor(Other()) as server:
        run("genesys_cloud", server.url, tmp_path)
    intervals = [one["interval"] for one in bodies(tmp_path, "users")]
    assert intervals[-1] == "2026-03-06T00:00:00.000Z/2026-03-06T06:00:00.000Z"


def test_a_job_of_a_broken_run_is_used(tmp_path) -> None:
    played = Genesys()
    played.broken = True
    with vendor(played) as server:
        with pytest.raises(FetchError, match="the answer is 400"):
            run("genesys_cloud", server.url, tmp_path)
        assert len(state(tmp_path)["jobs"]) == 1
        run("genesys_cloud", server.url, tmp_path)
    # One for each day and kind: the first of them was begun by the broken run.
    assert len(played.jobs) == 4
    assert len(bodies(tmp_path, "conversations")) == 4


def test_windows_are_cut_at_the_same_instants() -> None:
    since = datetime.datetime(2026, 2, 20, tzinfo=datetime.UTC)
    found = list(windows(since, NOW, 6))
    assert found[0].since == since and found[-1].until == NOW
    later = list(windows(since + datetime.timedelta(days=1), NOW, 6))
    assert len(found) > 1 and [one.until for one in found] == [one.until for one in later]
    assert all(one.until == other.since for one, other in itertools.pairwise(found))


def test_two_at_once(tmp_path) -> None:
    place = Place(tmp_path, "nice_cxone", NOW, 2)
    with place.in_use(), vendor(Nice()) as server, pytest.raises(FetchError, match="another fetch"):
        run("nice_cxone", server.url, tmp_path)


def test_a_folder_of_another_system(tmp_path) -> None:
    with vendor(Nice()) as server:
        run("nice_cxone", server.url, tmp_path)
        with pytest.raises(FetchError, match="holds records of nice_cxone"):
            run("genesys_cloud", server.url, tmp_path)


@pytest.mark.parametrize(("text", "seconds"), [
    ("17", 17.0), ("0.5", 0.5), ("Fri, 06 Mar 2026 12:00:30 GMT", 30.0), ("", None), ("soon", None),
])
def test_retry_after(text: str, seconds: float | None) -> None:
    assert retry_after(httpx.Headers({"Retry-After": text}), NOW.timestamp()) == seconds


@pytest.mark.parametrize(("arguments", "words"), [
    (["nowhere", "--since", "2026-03-05", "--output", "x"], "invalid choice: 'nowhere'"),
    (["nice_cxone", "--output", "x"], "--since"),
    (["nice_cxone", "--since", "yesterday", "--output", "x"], "not a date"),
    (["nice_cxone", "--since", "2026-03-05", "--until", "2026-03-04", "--output", "x"], "is after"),
    (["nice_cxone", "--since", "2999-03-05", "--output", "x"], "in the future"),
    (["nice_cxone", "--since", "2026-03-05", "--output", __file__], "is a file"),
    (["nice_cxone", "--since", "2026-03-05", "--output", "x", "--base-url", "ftp://x"], "begins"),
    *((["nice_cxone", "--since", "2026-03-05", "--output", "x", "--base-url", url], "is no address")
      for url in ("https://", "https://x:abc", "https://[::1", "https://x y", "https://x/?a=1")),
    (["nice_cxone", "--since", "2026-03-05", "--output", "x"],
     "NICE_CXONE_ACCESS_KEY_ID, NICE_CXONE_ACCESS_KEY_SECRET in the environment"),
    *(([name, "--since", "2026-03-05", "--output", "x"], f"{variable} is no number")
      for name, variable in (("tencent_ccc", "TENCENT_CCC_SDK_APP_ID"),
                             ("tencent_desk", "TENCENT_DESK_SDK_APP_ID"))),
])
def test_a_wrong_command(arguments: list[str], words: str, capsys, monkeypatch) -> None:
    for variable in (*SECRETS["tencent_ccc"], *SECRETS["tencent_desk"]):
        monkeypatch.setenv(variable, "abc")
    for name in ("NICE_CXONE_ACCESS_KEY_ID", "NICE_CXONE_ACCESS_KEY_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert fetch.main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("fetch: ") and words in said
