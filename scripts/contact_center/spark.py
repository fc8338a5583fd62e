"""The target spark: which Thrift server a build and a query go to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from . import spark_cluster

HOST, PORT, USER = (f"CONTACT_CENTER_SPARK_{name}" for name in ("HOST", "PORT", "USER"))
NO_CLUSTER = (
    "no Spark cluster was started in '{folder}'. Start one on this machine with "
    "./scripts/spark-cluster start, or name the Thrift server of yours: "
    "CONTACT_CENTER_SPARK_HOST, CONTACT_CENTER_SPARK_PORT"
)
# What a failed build leaves: see docs/scaling.md.
NOT_ATOMIC = (
    "On Spark tables are replaced one by one: those that were built before the failure are new."
)


class NoCluster(Exception):
    """There is nothing to build on, in words for the person who asked for it."""


def choose_server(folder: Path) -> None:
    """Names the server for profiles.yml: the one that the environment names, or the cluster that
    was started in the folder."""
    if os.environ.get(HOST):
        return
    cluster = spark_cluster.running(folder)
    if not cluster:
        raise NoCluster(NO_CLUSTER.format(folder=folder))
    os.environ[HOST] = spark_cluster.HOST
    os.environ[PORT] = str(cluster["thrift_port"])


@contextmanager
def open_server() -> Iterator[Any]:
    """A cursor of the server that choose_server named."""
    from pyhive import hive

    connection = hive.connect(
        host=os.environ[HOST], port=int(os.environ.get(PORT, "10000")),
        username=os.environ.get(USER, "contact_center"),
        configuration={"spark.sql.session.timeZone": "UTC"},
    )
    with closing(connection), closing(connection.cursor()) as cursor:
        yield cursor


def rows(sql: str) -> list[tuple]:
    with open_server() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def export(folder: Path, queries: dict[str, str]) -> None:
    """The rows of queries as Parquet files, each in a folder of its name that the cluster and the
    caller share."""
    with open_server() as cursor:
        for name, sql in queries.items():
            target = str(folder / name).replace("'", "\\'")
            cursor.execute(
                f"insert overwrite directory '{target}' using parquet "
                f"select /*+ coalesce(1) */ * from ({sql})"
            )
