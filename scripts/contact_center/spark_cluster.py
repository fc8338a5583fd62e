"""A Spark cluster on this machine: a master, two workers and a Thrift server, started from the pip
package and bound to the loopback interface. For development and tests; the target spark works with
any cluster that has a Thrift server (README: On a Spark cluster).

Everything it writes is in one folder: the tables, the metastore, logs, events, and cluster.json,
which says where the Thrift server listens and which processes were started.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from . import default_warehouse

HOST = "127.0.0.1"
WORKERS = 2
PATIENCE_SECONDS = 120
JAVA = 17
# Newer ones work too, as Spark's own documentation says; older ones can't load its classes.
NO_JAVA = (
    f"Java {JAVA} or 21 is needed for Spark and {{found}}. On Debian and Ubuntu: apt-get install "
    f"openjdk-{JAVA}-jre-headless; elsewhere name its folder: JAVA_HOME=/path/to/java"
)


class ClusterError(Exception):
    """A reason not to start, in words for the person who asked for it."""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./scripts/spark-cluster", description=__doc__)
    parser.add_argument("action", choices=["start", "stop", "status"])
    parser.add_argument(
        "--folder", "--warehouse", type=Path, default=default_warehouse("spark"),
        help="where tables, metastore and logs are (default: $CONTACT_CENTER_WAREHOUSE, else "
        "warehouse/spark)",
    )
    parser.add_argument("--cores", type=int, default=1, help="of each worker (default: 1)")
    parser.add_argument(
        "--memory", default="2g", help="of each worker, and of the driver (default: 2g)"
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    folder = options.folder.resolve()
    try:
        if options.action == "start":
            cluster = start(folder, options.cores, options.memory)
            print(f"Spark cluster: {cluster['master']}, page http://{HOST}:{cluster['master_page']}")
            print(f"Thrift server: {HOST}:{cluster['thrift_port']}")
        elif options.action == "stop":
            print("Stopped." if stop(folder) else f"No cluster was started in '{folder}'.")
        else:
            cluster = running(folder)
            print(json.dumps(cluster, indent=2) if cluster else "No cluster is running.")
    except ClusterError as error:
        print(f"spark-cluster: {error}", file=sys.stderr)
        return 1
    return 0


def start(folder: Path, cores: int = 1, memory: str = "2g") -> dict[str, Any]:
    """Starts what isn't running yet and waits until the Thrift server answers."""
    if cluster := running(folder):
        return cluster
    java = find_java()
    # What still runs of a cluster that lost a process, which nobody could end later.
    stop(folder)
    for name in ("logs", "events", "work", "tables"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    ports = free_ports(3 + WORKERS)
    environment = spark_environment(folder, java)
    cluster: dict[str, Any] = {
        "master": f"spark://{HOST}:{ports[0]}",
        "master_page": ports[1],
        "thrift_port": ports[2],
        "events": str(folder / "events"),
        "processes": {},
    }
    try:
        cluster["processes"]["master"] = launch(
            folder, "master", environment,
            ["spark-class", "org.apache.spark.deploy.master.Master", "--host", HOST,
             "--port", str(ports[0]), "--webui-port", str(ports[1])],
        )
        wait_for(cluster, folder, ports[0], "master")
        for number, page in enumerate(ports[3:], start=1):
            name = f"worker-{number}"
            cluster["processes"][name] = launch(
                folder, name, environment,
                ["spark-class", "org.apache.spark.deploy.worker.Worker", "--host", HOST,
                 "--webui-port", str(page), "--cores", str(cores), "--memory", memory,
                 "--work-dir", str(folder / "work" / name), cluster["master"]],
            )
        cluster["processes"]["thrift-server"] = launch(
            # It would count for more than the driver's memory, for this one class.
            folder, "thrift-server", environment | {"SPARK_DAEMON_MEMORY": ""},
            thrift_server(folder, cluster, cores, memory),
        )
        wait_for(cluster, folder, ports[2], "thrift-server")
    except BaseException:
        end(cluster["processes"])
        raise
    (folder / "cluster.json").write_text(json.dumps(cluster, indent=2))
    return cluster


def thrift_server(folder: Path, cluster: dict[str, Any], cores: int, memory: str) -> list[str]:
    """Its command. What the models count on is in profiles.yml, which any cluster is asked with."""
    settings = {
        # Finely cut: the adaptive planner joins what is small. The second is for where it is off.
        "spark.sql.adaptive.coalescePartitions.initialPartitionNum": str(32 * cores * WORKERS),
        "spark.sql.shuffle.partitions": str(cores * WORKERS),
        "spark.executor.cores": str(cores),
        # All of the worker's: a standalone cluster keeps nothing back.
        "spark.executor.memory": memory,
        "spark.driver.host": HOST,
        "spark.driver.bindAddress": HOST,
        # It holds plans, the indexes of shuffles and what is broadcast, which grow with the rows.
        "spark.driver.memory": memory,
        "spark.ui.showConsoleProgress": "false",
        "spark.ui.enabled": "false",
        # What a page would show is kept in memory all the same: plans of hundreds of statements.
        "spark.sql.ui.retainedExecutions": "20",
        "spark.sql.thriftServer.ui.retainedStatements": "20",
        "spark.sql.thriftServer.ui.retainedSessions": "20",
        "spark.ui.retainedJobs": "50",
        "spark.ui.retainedStages": "50",
        "spark.sql.maxPlanStringLength": "10000",
        "spark.sql.warehouse.dir": str(folder / "tables"),
        "spark.hadoop.javax.jdo.option.ConnectionURL":
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true",
        "spark.hadoop.hive.server2.thrift.bind.host": HOST,
        "spark.hadoop.hive.server2.thrift.port": str(cluster["thrift_port"]),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": (folder / "events").as_uri(),
        "spark.driver.extraJavaOptions": "-Duser.timezone=UTC "
            f"-Dderby.stream.error.file={folder / 'logs' / 'derby.log'}",
        "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
    }
    command = [
        "spark-submit", "--master", cluster["master"],
        "--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
        "--name", "contact_center",
    ]
    for name, value in settings.items():
        command += ["--conf", f"{name}={value}"]
    return [*command, "spark-internal"]


def find_java() -> Path:
    """The java program; raises where there is none that Spark can use."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if not found:
        raise ClusterError(NO_JAVA.format(found="none was found"))
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < JAVA:
        said = f"'{found}' is of version {version and version[1]}"
        raise ClusterError(NO_JAVA.format(found=said))
    return Path(found).resolve()


def spark_home() -> Path:
    import pyspark

    return Path(pyspark.__file__).parent


def spark_environment(folder: Path, java: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items()
        if not name.startswith(("SPARK_", "PYSPARK_", "HADOOP_", "HIVE_"))
    }
    return {
        **kept,
        "JAVA_HOME": str(java.parents[1]),
        "SPARK_HOME": str(spark_home()),
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_LOCAL_DIRS": str(folder / "work"),
        "SPARK_DAEMON_MEMORY": "512m",
    }


def launch(folder: Path, name: str, environment: dict[str, str], command: list[str]) -> int:
    """Starts a process of its own group, so that Ctrl-C at a prompt doesn't end the cluster."""
    with (folder / "logs" / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            [str(spark_home() / "bin" / command[0]), *command[1:]],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )
    return process.pid


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, so that two clusters don't collide."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def wait_for(cluster: dict[str, Any], folder: Path, port: int, name: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not is_alive(cluster["processes"][name]):
            break
        with socket.socket() as attempt:
            attempt.settimeout(1)
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.3)
    log = folder / "logs" / f"{name}.log"
    last_lines = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
    raise ClusterError(f"the {name} didn't come up; its log is {log}:\n{last_lines}")


def running(folder: Path) -> dict[str, Any] | None:
    """What was started in the folder, if all of it still runs."""
    cluster = started(folder)
    if cluster and all(is_alive(pid) for pid in cluster["processes"].values()):
        return cluster
    return None


def started(folder: Path) -> dict[str, Any] | None:
    try:
        return json.loads((folder / "cluster.json").read_text())
    except (OSError, ValueError):
        return None


def stop(folder: Path) -> bool:
    """Ends the processes that were started in the folder, and no others."""
    cluster = started(folder)
    if not cluster:
        return False
    end(cluster["processes"])
    (folder / "cluster.json").unlink()
    return True


def end(processes: dict[str, int]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        alive = [pid for pid in reversed(processes.values()) if is_alive(pid)]
        for pid in alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        deadline = time.monotonic() + 20
        while any(is_alive(pid) for pid in alive) and time.monotonic() < deadline:
            time.sleep(0.1)


def is_alive(pid: int) -> bool:
    """True for a process of Spark of that id that hasn't ended: ids are given anew."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            if file.read().rpartition(")")[2].split()[0] == "Z":
                reap(pid)
                return False
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        # For a moment, while it becomes another program, a process has no command.
        return not command or b"spark" in command
    except (FileNotFoundError, ProcessLookupError):
        # The second where it ends between the opening of its file and the reading.
        pass
    if Path("/proc/self").exists():
        return False
    return is_alive_by_ps(pid)


def is_alive_by_ps(pid: int) -> bool:
    """The same on macOS, which has no /proc."""
    said = subprocess.run(
        ["ps", "-p", str(pid), "-o", "stat=,command="], capture_output=True, text=True, check=False
    ).stdout
    if said.startswith("Z"):
        reap(pid)
        return False
    return "spark" in said


def reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass


if __name__ == "__main__":
    sys.exit(main())
