"""The parts of a build: arguments, the folder that it works in, dbt, and what is published."""

from __future__ import annotations

PUBLISHED, REFUSED, NOT_UNDERSTOOD, ANOTHER_RUNS = range(4)


class BuildError(Exception):
    """A reason not to build, or not to publish, in words for the person who asked for it."""

    status = REFUSED


class FailedSteps(BuildError):
    """Models or tests failed, of which something can be seen in what was built."""


class AnotherBuild(BuildError):
    """Another process builds the same warehouse."""

    status = ANOTHER_RUNS


class NotUnderstood(SystemExit):
    """The command line makes no sense; `message` says why, and standard error has it already."""

    def __init__(self, message: str) -> None:
        super().__init__(NOT_UNDERSTOOD)
        self.message = message


class ChangedSettings(Exception):
    """What the rows of the published warehouse were made with and this build isn't."""
