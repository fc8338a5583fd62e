"""Records out of a vendor's own interface, into files that its adapter reads."""

from __future__ import annotations


class FetchError(Exception):
    """A reason to stop, in words for the person who asked; it never holds a secret."""

    status = 1
    # That of HTTP, where an answer was refused.
    code: int | None = None


class UsageError(FetchError):
    """The command, or what it was given in the environment, is wrong."""

    status = 2
