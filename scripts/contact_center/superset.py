"""Apache Superset on this machine, with the project's datasets, metrics and dashboards.

    ./scripts/superset --warehouse warehouse/mine.duckdb --port 8088

Its own small database, key and password are in one folder beside the warehouse; what was clicked
together there stays, what bi/superset holds is brought in anew at each start.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from . import ROOT, default_warehouse

FILES = ROOT / "bi" / "superset"
ENVIRONMENT = ROOT / ".venv-superset"
LOCK = ENVIRONMENT / "made-from.lock"
USER = "admin"


class SupersetError(Exception):
    """A reason why Superset doesn't run, in words for the person who asked for it."""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/superset",
        description="Starts Apache Superset on this machine with dashboards of a warehouse.",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="default: $CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb",
    )
    parser.add_argument("--port", type=int, default=8088, help="default: 8088")
    parser.add_argument(
        "--folder", type=Path, metavar="FOLDER",
        help="Superset's own database, key and password; default: superset, beside the warehouse",
    )
    parser.add_argument(
        "--bundle", type=Path, metavar="FILE",
        help="don't start; write what another Superset imports: superset import-dashboards -p FILE",
    )
    parser.add_argument(
        "--uri", metavar="URI",
        help="where that Superset finds the warehouse, as SQLAlchemy writes it "
        "(default: duckdb:/// and --warehouse)",
    )
    parser.add_argument(
        "--prepare-only", action="store_true",
        help="make the environment and the folder, bring everything in, and don't start",
    )
    parser.add_argument(
        "--environment-only", action="store_true", help="make the environment, and no more"
    )
    options = parser.parse_args(arguments)
    if options.uri and not options.bundle:
        parser.error("--uri goes with --bundle")
    options.warehouse = (options.warehouse or default_warehouse()).absolute()
    options.folder = (options.folder or options.warehouse.parent / "superset").absolute()
    return options


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, or stopped by its user; 1 not; 2 the command was wrong."""
    options = parse(arguments)
    try:
        if options.environment_only:
            return 0
        if options.bundle:
            write_bundle(options.bundle, options.uri or uri_of(options.warehouse))
            print(f"Written: {options.bundle}")
            return 0
        if not options.warehouse.is_file():
            raise SupersetError(f"'{options.warehouse}' isn't there yet; ./scripts/build makes it")
        prepare(options.folder, options.warehouse)
        return 0 if options.prepare_only else serve(options.folder, options.port)
    except (SupersetError, OSError) as error:
        print(f"superset: {error}", file=sys.stderr)
        return 1


def uri_of(warehouse: Path) -> str:
    """With the path as it is: SQLAlchemy decodes nothing in it."""
    return f"duckdb:///{warehouse}"


def write_bundle(path: Path, uri: str) -> None:
    """The files of bi/superset as one ZIP file, with the warehouse's place in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED) as bundle:
        for file in sorted(FILES.rglob("*.yaml")):
            text = file.read_text(encoding="utf-8")
            if file.parent.name == "databases":
                kept = [line for line in text.splitlines() if not line.startswith("sqlalchemy_uri")]
                quoted = uri.replace("'", "''")
                text = "\n".join([*kept, f"sqlalchemy_uri: '{quoted}'", ""])
            bundle.writestr(f"contact_center/{file.relative_to(FILES).as_posix()}", text)


def prepare(folder: Path, warehouse: Path) -> None:
    """Superset's database and user, where the folder has none of this release; the dashboards."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("secret_key", "password"):
        if not (folder / name).exists():
            secret = os.open(folder / name, os.O_WRONLY | os.O_CREAT, 0o600)
            with os.fdopen(secret, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(32 if name == "secret_key" else 9))
    made = folder / "made-from.lock"
    is_new = not made.is_file() or made.read_bytes() != LOCK.read_bytes()
    also = ", and makes its database (once, half a minute)" if is_new else ""
    print(f"Superset brings in the dashboards{also} ...", flush=True)
    bundle = folder / "contact_center.zip"
    write_bundle(bundle, uri_of(warehouse))
    run(folder, ["python", "-m", "contact_center.superset_loading", str(bundle)], {
        "CONTACT_CENTER_SUPERSET_NEW": "yes" if is_new else "",
        "CONTACT_CENTER_SUPERSET_PASSWORD": (folder / "password").read_text(encoding="utf-8"),
    })
    made.write_bytes(LOCK.read_bytes())


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "scripts"),
        "SUPERSET_CONFIG_PATH": str(FILES / "superset_config.py"),
        "CONTACT_CENTER_SUPERSET": str(folder),
        "FLASK_APP": "superset.app:create_app()",
    }


def run(folder: Path, command: list[str], more: dict[str, str]) -> None:
    """One of Superset's commands. Raises a SupersetError with the end of what it said."""
    result = subprocess.run(
        [str(ENVIRONMENT / "bin" / command[0]), *command[1:]], cwd=folder,
        env={**environment(folder), **more}, capture_output=True, text=True, check=False,
    )
    (folder / "loading.log").write_text(result.stdout + result.stderr, encoding="utf-8")
    if result.returncode:
        raise SupersetError(
            f"Superset could not be made ready. {folder / 'loading.log'} ends with:\n"
            + (result.stdout + result.stderr)[-2000:]
        )


def serve(folder: Path, port: int) -> int:
    """Until it is stopped. Its process becomes Superset's."""
    password = (folder / "password").read_text(encoding="utf-8")
    print(f"http://127.0.0.1:{port}/dashboard/list/   user {USER}, password {password}\n"
          "Ctrl-C stops it.", flush=True)
    gunicorn = str(ENVIRONMENT / "bin" / "gunicorn")
    os.chdir(folder)
    os.execve(gunicorn, [
        gunicorn, "--workers", "1", "--worker-class", "gthread", "--threads", "8",
        "--timeout", "120", "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
        "superset.app:create_app()",
    ], environment(folder))


if __name__ == "__main__":
    sys.exit(main())
