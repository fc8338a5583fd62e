"""./scripts/lint gives the linters the files that it is asked for; they are stand-ins here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

MODEL, ADAPTER, TEST = "models/a/b/c.sql", "models/adapters/x/y.sql", "tests/invariants/d.sql"
NOTED = '#!/bin/sh\necho "$@" >> "$(dirname "$0")/asked"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone, nothing in which differs from origin/main."""
    origin, project = tmp_path / "origin", tmp_path / "project"
    for name in ("scripts/lint", "scripts/_environment.sh", "requirements.lock", ".sqlfluff"):
        write(origin / name, (ROOT / name).read_text(encoding="utf-8"))
    for name in (MODEL, ADAPTER, TEST):
        write(origin / name, "select 1\n")
    write(origin / ".gitignore", ".venv\n")
    git(origin, "init", "-q", "-b", "main")
    commit(origin)
    git(tmp_path, "clone", "-q", str(origin), str(project))
    write(project / ".venv" / "made-from.lock", (ROOT / "requirements.lock").read_text())
    write(project / ".venv" / "bin" / "python", "").chmod(0o755)
    write(project / ".venv" / "bin" / "ruff", "#!/bin/sh\n").chmod(0o755)
    write(project / ".venv" / "bin" / "sqlfluff", NOTED).chmod(0o755)
    return project


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a")


def linted(project: Path, *arguments: str) -> set[str]:
    """The files and folders that sqlfluff was given."""
    asked = project / ".venv" / "bin" / "asked"
    asked.unlink(missing_ok=True)
    subprocess.run(["bash", "scripts/lint", *arguments], cwd=project, check=True)
    words = asked.read_text().split() if asked.exists() else []
    return {word for word in words if word.startswith(("models", "tests"))}


EVERYTHING = {"models/a", "models/adapters", "tests"}


def test_everything(project: Path) -> None:
    assert linted(project) == EVERYTHING
    assert linted(project, "python") == set()
    assert linted(project, "sql", MODEL) == {MODEL}


def test_what_main_lacks(project: Path) -> None:
    assert linted(project, "changed") == set()
    write(project / MODEL, "select 2\n")
    commit(project)
    write(project / ADAPTER, "select 3\n")
    write(project / "models/a/new.sql", "select 4\n")
    (project / TEST).unlink()
    assert linted(project, "changed") == {MODEL, ADAPTER, "models/a/new.sql"}


@pytest.mark.parametrize("name", [".sqlfluff", "requirements.lock"])
def test_other_rules_are_for_everything(project: Path, name: str) -> None:
    text = (project / name).read_text() + "\n# another\n"
    write(project / name, text)
    write(project / ".venv" / "made-from.lock", (project / "requirements.lock").read_text())
    assert linted(project, "changed") == EVERYTHING


def test_where_git_knows_no_main(project: Path) -> None:
    git(project, "remote", "remove", "origin")
    assert linted(project, "changed") == EVERYTHING
