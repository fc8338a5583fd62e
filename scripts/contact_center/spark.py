"""The target spark: which Thrift server a build and a query go to."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from . import spark_cluster
from .building import BuildError
from .intake.spark import literal

LOG = logging.getLogger(__name__)
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


class SparkError(BuildError):
    """A reason not to build, in words for the person who asked for it."""


def choose_server(folder: Path) -> None:
    """Names the server for profiles.yml: the one that the environment names, or the cluster that
    was started in the folder."""
    if os.environ.get(HOST):
        return
    cluster = spark_cluster.running(folder)
    if not cluster:
        raise SparkError(NO_CLUSTER.format(folder=folder))
    os.environ[HOST] = spark_cluster.HOST
    os.environ[PORT] = str(cluster["thrift_port"])


def forgive_failed_closing() -> None:
    """A session that the server fails to close is no failure of what was asked in it: all of that
    has been answered. Spark ships its Thrift server without classes of Hive (hive-llap-common) that
    closing looks for where two sessions end at once; dbt would report the model as failed."""
    from pyhive import exc, hive

    close = hive.Connection.close

    def forgiving_close(connection: Any) -> None:
        try:
            close(connection)
        except exc.OperationalError as error:
            LOG.debug("Session not closed: %s", error)

    hive.Connection.close = forgiving_close


def check_demo(folder: Path) -> None:
    """The demo can't be added to rows of yours."""
    try:
        others = rows(
            f"select distinct folder from staging.loads where folder <> {literal(str(folder))}"
        )
    except Exception as error:
        if "TABLE_OR_VIEW_NOT_FOUND" in str(error):
            return
        raise
    if others:
        raise SparkError(
            f"the cluster's tables hold rows from '{others[0][0]}'; the demo can't be added to "
            "them. Give --data DIR to add to them, or --full-refresh to have "
            "them replaced by the demo"
        )


@contextmanager
def open_server() -> Iterator[Any]:
    """A cursor of the server that choose_server named."""
    from pyhive import hive

    host, port = os.environ[HOST], os.environ.get(PORT, "10000")
    try:
        connection = hive.connect(
            host=host, port=int(port), username=os.environ.get(USER, "contact_center"),
            configuration={
                "set:hiveconf:spark.sql.session.timeZone": "UTC",
                # Of files of one table each may lack columns; a view keeps what was set as it was
                # made.
                "set:hiveconf:spark.sql.parquet.mergeSchema": "true",
            },
        )
    except Exception as error:
        # Thrift's own, of no family.
        raise SparkError(f"the Thrift server {host}:{port} can't be reached: {error}") from error
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
            cursor.execute(
                f"insert overwrite directory {literal(str(folder / name))} using parquet "
                f"select /*+ coalesce(1) */ * from ({sql})"
            )
