"""A vendor's own figures beside this warehouse's, and why they differ."""

from __future__ import annotations


class ReconcileError(Exception):
    """A reason not to compare, in words for the person who asked for it."""


class UsageError(ReconcileError):
    """The command, or the vendor's file, is wrong."""
