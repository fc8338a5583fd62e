"""NICE CXone: completed contacts, state histories of contacts and agents, of the Reporting API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from .answers import count_of, records_of
from .bearer import Bearer
from .client import Client
from .place import Place, Window, instant
from .streams import Stream

VERSION = "v30.0"
PAGE = 10000
PACE = 5.0
# One day a request: large days stay within what a page can hold, and 31 days is the most.
SPAN = 1
BESIDE = ("businessUnitId",)
# By these an answer without its list is one of the interface's all the same.
BESIDE_NONE = ("businessUnitId", "totalRecords", "lastPollTime")


class System:
    def __init__(self, secrets: Mapping[str, str], base_url: str, **of_client: Any) -> None:
        self.secrets = dict(secrets)
        self.base_url = base_url
        self.is_given = bool(of_client.pop("is_given", False))
        self.api_url = base_url
        self.client = Client(list(secrets.values()), PACE, **of_client)
        self.bearer = Bearer(self.client, self.token_request, self.use)

    def close(self) -> None:
        self.client.close()

    def streams(self, place: Place) -> list[Stream]:
        return [
            Stream("agents", 0, lambda window: self.pages("agents", "agents")),
            Stream("dispositions", 0, lambda window: self.pages("dispositions", "dispositions")),
            Stream("contacts", SPAN, lambda window: self.pages(
                "contacts/completed", "completedContacts", **between(window)
            )),
            Stream("contact_states", SPAN, lambda window: self.pages(
                "contacts/state-history", "contactStateHistory", **between(window)
            )),
            Stream("agent_states", SPAN, lambda window: self.pages(
                "agents/state-history", "agentStateHistory", **between(window)
            )),
            Stream("changes", 0, lambda window: self.changes(place)),
        ]

    def token_request(self) -> httpx.Request:
        given = {
            "accessKeyId": self.secrets["NICE_CXONE_ACCESS_KEY_ID"],
            "accessKeySecret": self.secrets["NICE_CXONE_ACCESS_KEY_SECRET"],
        }
        if self.secrets.get("NICE_CXONE_CLIENT_ID"):
            given |= {
                "client_id": self.secrets["NICE_CXONE_CLIENT_ID"],
                "client_secret": self.secrets.get("NICE_CXONE_CLIENT_SECRET", ""),
            }
        return httpx.Request(
            "POST", f"{self.base_url}/authentication/v1/token/access-key", json=given
        )

    def use(self, answer: dict[str, Any]) -> str:
        """The answer says where the tenant's interface is, unless the command did."""
        if not self.is_given:
            self.api_url = (answer.get("resource_server_base_uri") or self.api_url).rstrip("/")
        return answer["access_token"]

    def url(self, path: str) -> str:
        root = self.api_url
        if not root.lower().endswith("/incontactapi"):
            root += "/incontactapi"
        return f"{root}/services/{VERSION}/{path}"

    def pages(self, path: str, name: str, **given: Any) -> Iterator[dict[str, Any]]:
        """Record by record; no content is none."""
        skip = 0
        while True:
            answer = self.bearer.ask(
                "GET", lambda: self.url(path), params={**given, "skip": skip, "top": PAGE}
            )
            if answer and isinstance(answer.get("resultSet"), dict):
                answer = answer["resultSet"]
            records = records_of(answer, name, BESIDE_NONE)
            # Whose they are stands beside them.
            of_unit = {field: answer[field] for field in BESIDE if field in (answer or {})}
            yield from ({**of_unit, **record} for record in records)
            skip += len(records)
            total = count_of(answer, "totalRecords")
            if not records or (skip >= total if total is not None else len(records) < PAGE):
                return

    def changes(self, place: Place) -> Iterator[dict[str, Any]]:
        """Contacts of any day that changed since the last run; it begins again `--overlap` days
        earlier, for a change may have been on its way then."""
        former = place.state.get("changes_until")
        if former:
            since = instant(former) - place.overlap
            yield from self.pages(
                "contacts/completed", "completedContacts", updatedSince=iso(since)
            )
        place.state["changes_until"] = place.now.isoformat()


def between(window: Window) -> dict[str, str]:
    return {"startDate": iso(window.since), "endDate": iso(window.until)}


def iso(moment: Any) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
