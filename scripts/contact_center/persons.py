"""Pseudonyms and erased customers: HMACs whose keys live in this process and in no SQL text.

HMAC(key, id) = SHA-256(outer + SHA-256(inner + id)), where outer and inner are made of the key.
DuckDB is told those two as variables of each connection; the views of rows name the variables
(macros/staging/persons.sql).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping

import duckdb

from .intake import sql

KEY = "CONTACT_CENTER_PSEUDONYM_KEY"
KINDS = ("customer", "agent")
BLOCK_BYTES = 64
# Of the warehouse itself: one key, and of each erased customer the HMAC of the id and what stands
# for it now. Made by ./scripts/erase only.
ERASED = "staging.erased_customers"


def given_key() -> bytes:
    """Empty where none is given."""
    return os.environ.get(KEY, "").encode()


def pseudonym(key: bytes, person_id: str) -> str:
    return hmac.new(key, person_id.encode(), hashlib.sha256).hexdigest()


def tell(cursor: duckdb.DuckDBPyConnection, purpose: str, key: bytes) -> None:
    """Makes the two parts of a key known to a connection. They go there as values, not as text."""
    if len(key) > BLOCK_BYTES:
        key = hashlib.sha256(key).digest()
    padded = key.ljust(BLOCK_BYTES, b"\0")
    for part, mask in (("inner", 0x36), ("outer", 0x5C)):
        cursor.execute(
            f"set variable contact_center_{purpose}_{part} = ?",
            [bytes(byte ^ mask for byte in padded)],
        )


def tell_erased(cursor: duckdb.DuckDBPyConnection, key: bytes, erased: Mapping[str, str]) -> None:
    """`erased`: HMAC of an id -> what stands for it."""
    tell(cursor, "erasure", key)
    cursor.execute(
        "set variable contact_center_erased = ?",
        [{"key": list(erased), "value": list(erased.values())}],
    )


def forgotten(
    cursor: duckdb.DuckDBPyConnection, database: str
) -> tuple[bytes, dict[str, str]] | None:
    """The warehouse's own key and its erased customers; None where it has none."""
    try:
        rows = cursor.execute(
            f"select erasure_key, id_hmac, pseudonym from {sql.name(database)}.{ERASED}"
        ).fetchall()
    except duckdb.CatalogException:
        return None
    return (bytes(rows[0][0]), {id_hmac: stands for _, id_hmac, stands in rows}) if rows else None
