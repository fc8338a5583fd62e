"""Tencent Cloud Contact Center: its record interfaces of 2020-02-10."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from . import FetchError
from .answers import count_of, records_of
from .client import Again, Client
from .place import Asked, Place, Window, always
from .streams import Stream
from .tc3 import CONTENT_TYPE, authorization

VERSION = "2020-02-10"
PAGE = 100
# The vendor allows 20 a second.
PACE = 15.0
BUSY = ("RequestLimitExceeded", "InternalError", "ResourceUnavailable", "FailedOperation.Timeout")
# Less than the 7 days that the status history answers for at once, and the 90 of calls: a day of
# calls is a file of its own, which is all that is fetched again where a run breaks.
STATES_SPAN, CALLS_SPAN = 6, 1


class System:
    def __init__(self, secrets: Mapping[str, str], base_url: str, **of_client: Any) -> None:
        self.id = secrets["TENCENTCLOUD_SECRET_ID"]
        self.key = secrets["TENCENTCLOUD_SECRET_KEY"]
        self.app = int(secrets["TENCENT_CCC_SDK_APP_ID"])
        self.base_url = base_url
        self.client = Client([self.id, self.key], PACE, judge, **of_client)

    def close(self) -> None:
        self.client.close()

    def streams(self, place: Place) -> list[Stream]:
        return [
            Stream("agents", 0, lambda window: self.numbered("DescribeStaffInfoList", "StaffList")),
            Stream("skills", 0, lambda window: self.numbered(
                "DescribeSkillGroupInfoList", "SkillGroupList"
            )),
            Stream("calls", CALLS_SPAN, self.calls),
            Stream("texts", CALLS_SPAN, self.texts),
            Stream("messages", CALLS_SPAN, lambda window: self.messages(place, window)),
            Stream("states", STATES_SPAN, lambda window: self.states(place, window)),
        ]

    def ask(self, action: str, **given: Any) -> dict[str, Any]:
        payload = json.dumps({"SdkAppId": self.app, **given}).encode()
        host = urlsplit(self.base_url).netloc

        def make() -> httpx.Request:
            now = int(time.time())
            return httpx.Request("POST", f"{self.base_url}/", content=payload, headers={
                "Content-Type": CONTENT_TYPE, "Host": host, "X-TC-Action": action,
                "X-TC-Version": VERSION, "X-TC-Timestamp": str(now),
                "Authorization": authorization(self.id, self.key, "ccc", host, payload, now),
            })

        try:
            return (self.client.ask(make) or {})["Response"]
        except KeyError:
            raise FetchError(f"{action}: the answer isn't as documented: no Response") from None
        except FetchError as error:
            raise FetchError(f"{action}: {error}") from None

    def numbered(self, action: str, name: str, **given: Any) -> Iterator[dict[str, Any]]:
        """Whole answers, page by page, each page's records under their name."""
        for records in self.pages(
            lambda number: self.ask(action, PageSize=PAGE, PageNumber=number, **given), name
        ):
            yield {"SdkAppId": self.app, name: records}

    def pages(
        self, page: Callable[[int], dict[str, Any]], name: str
    ) -> Iterator[list[dict[str, Any]]]:
        """Until as many came as there are."""
        number, count = 0, 0
        while True:
            answer = page(number)
            records = records_of(answer, name)
            number, count = number + 1, count + len(records)
            if records:
                yield records
            total = count_of(answer, "TotalCount")
            if not records or (total is not None and count >= total):
                return

    def calls(self, window: Window) -> Iterator[dict[str, Any]]:
        for records in self.pages(lambda number: self.ask(
            "DescribeTelCdr", StartTimeStamp=seconds(window.since),
            EndTimeStamp=seconds(window.until) - 1, PageSize=PAGE, PageNumber=number,
        ), "TelCdrList"):
            yield from self.with_app(records)

    def texts(self, window: Window) -> Iterator[dict[str, Any]]:
        for records in self.pages(lambda number: self.ask(
            "DescribeIMCdrList", StartTimestamp=seconds(window.since),
            EndTimestamp=seconds(window.until) - 1, Limit=PAGE, Offset=number * PAGE,
        ), "IMCdrList"):
            yield from self.with_app(records)

    def with_app(self, records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        yield from ({"SdkAppId": self.app, **record} for record in records)

    def messages(self, place: Place, window: Window) -> Iterator[Asked]:
        """Of each text session of the window, the oldest first."""
        found = {record.get("SessionId"): None for record in place.bodies("texts", window)}
        for session_id in filter(None, found):
            messages: list[dict[str, Any]] = []
            for page in self.pages(lambda number, id=session_id: self.ask(
                "DescribeChatMessages", SessionId=id, Order=1, Limit=PAGE, Offset=number * PAGE
            ), "Messages"):
                messages += page
            yield Asked(
                {"SdkAppId": self.app, "SessionId": session_id, "Messages": messages},
                {"SessionId": session_id, "Order": "1"},
            )

    def states(self, place: Place, window: Window) -> Iterator[dict[str, Any]]:
        """Of each agent; a row doesn't say whose it is."""
        for agent in place_agents(place):
            cursor = None
            while True:
                given = {"Cursor": cursor} if cursor else {}
                rows = records_of(self.ask(
                    "DescribeStaffStatusHistory", StaffUserId=agent, PageSize=PAGE,
                    StartTimestamp=seconds(window.since), EndTimestamp=seconds(window.until) - 1,
                    **given,
                ), "Data")
                yield from ({"SdkAppId": self.app, "StaffUserId": agent, **row} for row in rows)
                if len(rows) < PAGE or rows[-1].get("Cursor") in (None, cursor):
                    break
                cursor = rows[-1]["Cursor"]


def place_agents(place: Place) -> list[str]:
    """The agents that were fetched before, in this run."""
    return [
        agent["Mail"] for answer in place.bodies("agents", always(place.now))
        for agent in answer["StaffList"] if agent.get("Mail")
    ]


def judge(answer: dict[str, Any]) -> None:
    """An error is 200, too."""
    response = answer.get("Response")
    error = response.get("Error") if isinstance(response, dict) else None
    if not isinstance(error, dict):
        return
    words = f"{error.get('Code')} ({error.get('Message')})"
    if str(error.get("Code")).startswith(BUSY):
        raise Again(words)
    raise FetchError(words)


def seconds(instant: Any) -> int:
    return int(instant.timestamp())
