"""Dates on command lines."""

from __future__ import annotations

import argparse
import datetime


def iso_date(text: str) -> datetime.date:
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        date = None
    if date is None or date.isoformat() != text:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date like 2026-03-02")
    return date
