"""Interfaces that are asked with a token, asked for first and again when it has run out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from . import FetchError
from .client import Client


class Bearer:
    """`renew`: a request for a token; `use`: what is to be done with the answer, which gives it."""

    def __init__(
        self, client: Client, renew: Callable[[], httpx.Request], use: Callable[[Any], str]
    ) -> None:
        self.client = client
        self.renew = renew
        self.use = use
        self.token = ""

    def ask(self, method: str, url: Callable[[], str], **given: Any) -> Any:
        """`url` is called once there is a token, whose answer may say where to ask."""
        if not self.token:
            self.authorize()
        try:
            return self.client.ask(lambda: self.request(method, url(), given))
        except FetchError as error:
            if error.code != 401:
                raise
        self.authorize()
        return self.client.ask(lambda: self.request(method, url(), given))

    def request(self, method: str, url: str, given: dict[str, Any]) -> httpx.Request:
        return httpx.Request(
            method, url, headers={"Authorization": f"Bearer {self.token}"}, **given
        )

    def authorize(self) -> None:
        answer = self.client.ask(self.renew)
        try:
            self.token = self.use(answer)
        except (KeyError, TypeError, AttributeError):
            self.token = ""
        # Of an answer that is empty, or says null, too.
        if not isinstance(self.token, str) or not self.token:
            raise FetchError("the answer to the request for a token holds none")
        self.client.secrets.append(self.token)
