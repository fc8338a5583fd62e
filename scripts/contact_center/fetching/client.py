"""HTTP with patience: what is busy or broken for a moment is asked again, as the vendor says."""

from __future__ import annotations

import email.utils
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
import tenacity

from . import FetchError

# 1, 2, 4, ... seconds between tries where the vendor doesn't say; about two minutes in all.
ATTEMPTS = 8
LONGEST_WAIT = 900.0
# Who waits longer is told, so that nobody takes it for dead.
SILENT_WAIT = 20.0
BUSY = {408, 425, 429, 500, 502, 503, 504}
TIMEOUT = httpx.Timeout(60.0, connect=20.0)


class Again(Exception):
    """Try once more; `seconds`: after how long, where the vendor said it."""

    def __init__(self, what: str, seconds: float | None = None) -> None:
        super().__init__(what)
        self.seconds = seconds


class Client:
    """Of one system. `secrets` never appear in what it says; `pace`: requests a second at most;
    `judge` looks at an answer that is 200 but may say otherwise inside."""

    def __init__(
        self, secrets: list[str], pace: float, judge: Callable[[Any], None] = lambda answer: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.http = httpx.Client(timeout=TIMEOUT, follow_redirects=False)
        self.secrets = [secret for secret in secrets if secret]
        self.interval = 1 / pace
        self.judge = judge
        self.sleep = sleep
        self.free_at = 0.0

    def close(self) -> None:
        self.http.close()

    def ask(self, make: Callable[[], httpx.Request]) -> Any:
        """The answer's JSON object, None where it is empty. `make` is called for each try, for
        what is signed is signed with the time. Raises a FetchError that names the address, never a
        query or a secret."""
        tries = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            retry=tenacity.retry_if_exception_type(Again),
            wait=self.wait, sleep=self.sleep, reraise=True,
        )
        request = make()
        try:
            return tries(self.try_once, make)
        except Again as again:
            where = f"{request.method} {request.url.host}{request.url.path}"
            raise FetchError(self.without_secrets(
                f"{where}: {again}, {ATTEMPTS} times; run the command again to go on from here"
            )) from None

    def try_once(self, make: Callable[[], httpx.Request]) -> Any:
        self.keep_pace()
        request = make()
        where = f"{request.method} {request.url.host}{request.url.path}"
        try:
            response = self.http.send(request)
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise Again(f"no whole answer ({type(error).__name__})") from None
        if response.status_code in BUSY:
            raise Again(
                f"the answer is {response.status_code}", retry_after(response.headers, time.time())
            )
        if response.is_error or response.is_redirect:
            words = " ".join(response.text.split())[:300] or response.headers.get("location", "")
            error = FetchError(self.without_secrets(
                f"{where}: the answer is {response.status_code}{': ' if words else ''}{words}"
            ))
            error.code = response.status_code
            raise error
        if response.status_code == 204 or not response.content:
            return None
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise FetchError(
                f"{where}: the answer is no JSON object; if this is the vendor's address "
                "(--base-url), run the command again to go on from here"
            )
        try:
            self.judge(answer)
        except FetchError as error:
            raise FetchError(self.without_secrets(str(error))) from None
        return answer

    def keep_pace(self) -> None:
        now = time.monotonic()
        if now < self.free_at:
            self.sleep(self.free_at - now)
        self.free_at = max(now, self.free_at) + self.interval

    def wait(self, state: tenacity.RetryCallState) -> float:
        again = state.outcome.exception()
        seconds = 2.0 ** (state.attempt_number - 1) if again.seconds is None else again.seconds
        seconds = min(LONGEST_WAIT, seconds)
        if seconds > SILENT_WAIT and state.attempt_number < ATTEMPTS:
            words = self.without_secrets(f"fetch: {again}; waits {seconds:.0f} s")
            print(words, file=sys.stderr, flush=True)
        return seconds

    def without_secrets(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "...")
        return text


def retry_after(headers: httpx.Headers, now: float) -> float | None:
    """Seconds, given so or as a date."""
    text = headers.get("retry-after", "").strip()
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except ValueError:
        return None
