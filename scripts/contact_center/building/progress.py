"""How far a build is: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time

from tqdm import tqdm

BAR_FORMAT = "{n_fmt}/{total_fmt} |{bar:30}| {elapsed} {desc}"
SECONDS_BETWEEN_LINES = 10


class Progress:
    """Over dbt's nodes. Collects what the project itself logs, for after the bar."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.is_terminal = sys.stderr.isatty()
        self.began = self.said = time.monotonic()

    def __enter__(self) -> Progress:
        self.bar = tqdm(
            desc="Reading the project", unit="node", bar_format=BAR_FORMAT,
            disable=not self.is_terminal,
        )
        self.done = self.total = 0
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def on_event(self, event) -> None:
        if event.info.name == "LogStartLine":
            self.total = self.bar.total = event.data.total
            self.bar.set_description_str(event.data.node_info.node_name[:40], refresh=False)
        elif event.info.name == "NodeFinished":
            self.done += 1
            self.bar.update()
            self.say_now_and_then(event.data.node_info.node_name)
        elif event.info.name in ("JinjaLogInfo", "JinjaLogWarning"):
            self.messages.append(event.data.msg)

    def say_now_and_then(self, name: str) -> None:
        now = time.monotonic()
        if not self.is_terminal and now - self.said >= SECONDS_BETWEEN_LINES:
            self.said = now
            print(
                f"{self.done} of {self.total} steps after {now - self.began:.0f} s: {name}",
                file=sys.stderr, flush=True,
            )
