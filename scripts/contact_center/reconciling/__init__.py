"""A vendor's own figures beside this warehouse's, and why they differ."""

from __future__ import annotations

CANT_BE_TOLD = 2


class ReconcileError(Exception):
    """A reason not to compare, in words for the person who asked for it."""

    status = CANT_BE_TOLD


class UsageError(ReconcileError):
    """The command, or the vendor's file, is wrong."""
