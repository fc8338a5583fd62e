"""Genesys Cloud: details of conversations and of users, by the analytics' jobs, and names."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from . import FetchError
from .answers import count_of, records_of, text_of
from .bearer import Bearer
from .client import Client
from .place import Place, Window
from .streams import Stream

PAGE = 1000
NAMES_PAGE = 100
# The vendor allows 300 a minute for a token.
PACE = 4.0
SPAN = 1
POLL_SECONDS = 3.0
MOST_POLLS = 600
UNFINISHED = {"QUEUED", "PENDING"}
NAMES = {
    "agents": "users", "skills": "routing/queues", "wrap_up_codes": "routing/wrapupcodes",
    "divisions": "authorization/divisions", "teams": "teams", "campaigns": "outbound/campaigns",
}
# Of products that not everybody has, or may read.
OPTIONAL = {"teams", "campaigns"}


class System:
    def __init__(self, secrets: Mapping[str, str], base_url: str, **of_client: Any) -> None:
        self.secrets = dict(secrets)
        self.base_url = base_url
        parts = urlsplit(base_url)
        is_vendors = parts.netloc.startswith("api.")
        self.login_url = (
            f"{parts.scheme}://login.{parts.netloc.removeprefix('api.')}"
            if is_vendors else base_url
        )
        self.client = Client(list(secrets.values()), PACE, **of_client)
        self.bearer = Bearer(
            self.client, self.token_request, lambda answer: answer["access_token"]
        )

    def close(self) -> None:
        self.client.close()

    def streams(self, place: Place) -> list[Stream]:
        names = [
            Stream(name, 0, lambda window, name=name, path=path: self.names(name, path))
            for name, path in NAMES.items()
        ]
        return [
            *names,
            Stream(
                "conversations", SPAN,
                lambda window: self.details(place, "conversations", "conversations", window),
                lambda: self.available_until("conversations"),
            ),
            Stream(
                "users", SPAN,
                lambda window: self.details(place, "users", "userDetails", window),
                lambda: self.available_until("users"),
            ),
        ]

    def token_request(self) -> httpx.Request:
        basic = httpx.BasicAuth(
            self.secrets["GENESYS_CLOUD_CLIENT_ID"], self.secrets["GENESYS_CLOUD_CLIENT_SECRET"]
        )
        request = httpx.Request(
            "POST", f"{self.login_url}/oauth/token", data={"grant_type": "client_credentials"}
        )
        return next(basic.auth_flow(request))

    def ask(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        return self.bearer.ask(method, lambda: f"{self.base_url}/api/v2/{path}", **given) or {}

    def names(self, name: str, path: str) -> Iterator[dict[str, Any]]:
        """By numbered pages, or by what an answer calls the next."""
        given: dict[str, Any] = {"pageSize": NAMES_PAGE, "pageNumber": 1}
        while True:
            try:
                answer = self.ask("GET", path, params=given)
            except FetchError as error:
                if name in OPTIONAL and error.code in (403, 404):
                    print(f"fetch: {name} are left out: {error}", file=sys.stderr)
                    return
                raise
            yield from records_of(answer, "entities", ("total", "pageCount"))
            after = parse_qs(urlsplit(answer.get("nextUri") or "").query).get("after")
            if after:
                given = {"pageSize": NAMES_PAGE, "after": after[0]}
            elif given.get("pageNumber", 1) < (count_of(answer, "pageCount") or 1):
                given["pageNumber"] += 1
            else:
                return

    def details(
        self, place: Place, kind: str, name: str, window: Window
    ) -> Iterator[dict[str, Any]]:
        """By a job, which may be one that a broken run began."""
        path = f"analytics/{kind}/details/jobs"
        key = f"{kind} {window.key} {window.until.isoformat()}"
        job = place.state["jobs"].get(key)
        if job is None or not self.is_done(path, job, is_former=True):
            job = text_of(self.ask("POST", path, json={"interval": interval(window)}), "jobId")
            place.state["jobs"][key] = job
            place.keep()
            self.is_done(path, job)
        cursor = None
        while True:
            given = {"pageSize": PAGE} | ({"cursor": cursor} if cursor else {})
            answer = self.ask("GET", f"{path}/{job}/results", params=given)
            yield from records_of(answer, name, ("dataAvailabilityDate", "cursor"))
            cursor = answer.get("cursor")
            if not cursor:
                break
        del place.state["jobs"][key]

    def available_until(self, kind: str) -> datetime.datetime:
        """What happened later isn't in the store yet that jobs read."""
        answer = self.ask("GET", f"analytics/{kind}/details/jobs/availability")
        said = text_of(answer, "dataAvailabilityDate")
        try:
            until = datetime.datetime.fromisoformat(said)
        except ValueError:
            raise FetchError(f"dataAvailabilityDate is no time, but '{said}'") from None
        # The vendor's times are UTC, whether or not they say so.
        until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
        return until.astimezone(datetime.UTC)

    def is_done(self, path: str, job: str, is_former: bool = False) -> bool:
        """Waits for a job. False where a former run's is no longer there."""
        for _ in range(MOST_POLLS):
            try:
                answer = self.ask("GET", f"{path}/{job}")
            except FetchError as error:
                if is_former and error.code in (404, 410):
                    return False
                raise
            state = text_of(answer, "state")
            if state == "FULFILLED":
                return True
            if state not in UNFINISHED:
                if is_former:
                    return False
                raise FetchError(
                    f"the job ended as {state}: {answer.get('errorMessage', '')}"
                )
            self.client.sleep(POLL_SECONDS)
        raise FetchError(f"the job {job} isn't done yet; run the command again to go on")


def interval(window: Window) -> str:
    return "/".join(
        moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") for moment in (window.since, window.until)
    )
