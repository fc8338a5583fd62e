"""Tencent Desk: session records and their messages, of v4/desk_http_svc."""

from __future__ import annotations

import secrets as random
import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from . import FetchError
from .answers import count_of, records_of
from .client import Again, Client
from .place import Asked, Place, Window
from .streams import Stream
from .tc3 import user_signature

PAGE = 100
PACE = 5.0
# Of Chat's interfaces: too many requests, and time-outs inside.
BUSY = {60008, 60017, 60018, 70169, 70500}


class System:
    def __init__(self, secrets: Mapping[str, str], base_url: str, **of_client: Any) -> None:
        self.app = secrets["TENCENT_DESK_SDK_APP_ID"]
        self.identifier = secrets["TENCENT_DESK_IDENTIFIER"]
        self.key = secrets["TENCENT_DESK_SECRET_KEY"]
        self.base_url = base_url
        self.client = Client([self.key], PACE, judge, **of_client)

    def close(self) -> None:
        self.client.close()

    def streams(self, place: Place) -> list[Stream]:
        return [
            Stream("sessions", 1, self.sessions),
            Stream("messages", 1, lambda window: self.messages(place, window)),
        ]

    def ask(self, name: str, **given: Any) -> dict[str, Any]:
        def make() -> httpx.Request:
            signature = user_signature(self.app, self.key, self.identifier, int(time.time()))
            self.client.secrets = [self.key, signature]
            return httpx.Request(
                "POST", f"{self.base_url}/v4/desk_http_svc/{name}", json=given, params={
                    "sdkappid": self.app, "identifier": self.identifier, "usersig": signature,
                    "random": random.randbelow(2**32), "contenttype": "json",
                },
            )

        return self.client.ask(make)

    def pages(self, name: str, field: str, **given: Any) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            answer = self.ask(name, Limit=PAGE, Offset=offset, **given)
            records = records_of(answer, field, ("ErrorCode", "ActionStatus"))
            yield from records
            offset += len(records)
            total = count_of(answer, "TotalCount")
            if not records or (total is not None and offset >= total):
                return

    def sessions(self, window: Window) -> Iterator[dict[str, Any]]:
        yield from self.pages(
            "describe_im_cdr_list", "IMCdrList", StartTimestamp=int(window.since.timestamp()),
            EndTimestamp=int(window.until.timestamp()) - 1,
        )

    def messages(self, place: Place, window: Window) -> Iterator[Asked]:
        """Of each session of the window, the oldest first."""
        found = {record.get("SessionId"): None for record in place.bodies("sessions", window)}
        for session_id in filter(None, found):
            messages = list(self.pages(
                "describe_chat_messages", "Messages", SessionId=session_id, Order=1
            ))
            yield Asked(
                {"SessionId": session_id, "Messages": messages},
                {"SessionId": session_id, "Order": "1"},
            )


def judge(answer: dict[str, Any]) -> None:
    """Errors are 200, too."""
    code = answer.get("ErrorCode", 0)
    if code in BUSY:
        raise Again(f"error {code} ({answer.get('ErrorInfo')})")
    if code:
        raise FetchError(f"error {code} ({answer.get('ErrorInfo')})")
