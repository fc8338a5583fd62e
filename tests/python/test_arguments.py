"""--help and wrong arguments of every script are answered before an environment is made."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import copy_project

from contact_center.building import NotUnderstood
from contact_center.building.arguments import parse

SCRIPTS = ["build", "query", "export", "generate", "check-adapter", "benchmark", "spark-cluster",
           "check-data", "reconcile", "fetch", "report", "compare", "erase", "sbom",
           "describe-macros", "make-demo",
           "superset", "metricflow", "write-bi"]


@pytest.fixture(scope="module")
def without_environment(tmp_path_factory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("project") / "project")
    (root / ".venv").unlink()
    return root


def ask(root: Path, script: str, argument: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", root / "scripts" / script, argument],
        capture_output=True, text=True, check=False, timeout=300, stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("script", SCRIPTS + ["test", "lint"])
def test_help(without_environment: Path, script: str) -> None:
    result = ask(without_environment, script, "--help")
    assert result.returncode == 0, result.stderr
    assert result.stdout and "Making" not in result.stderr
    if result.stdout.lower().startswith("usage: "):
        assert result.stdout.split()[1] == f"./scripts/{script}"
    assert not (without_environment / ".venv").exists()
    assert not (without_environment / ".venv-spark").exists()


@pytest.mark.parametrize("script", SCRIPTS)
def test_wrong_arguments(without_environment: Path, script: str) -> None:
    result = ask(without_environment, script, "--no-such-option")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr and "Making" not in result.stderr
    assert not (without_environment / ".venv").exists()


# Debian's, compiled, looks for such a module in itself first.
A_SYSTEM_S_YAML = """
try:
    import yaml.yaml
except ImportError:
    YAMLError, safe_load = ValueError, lambda text: {"vars": {}}
"""


def test_what_the_system_has_is_its_own(without_environment: Path, tmp_path: Path) -> None:
    (tmp_path / "yaml").mkdir()
    (tmp_path / "yaml" / "__init__.py").write_text(A_SYSTEM_S_YAML)
    scripts = without_environment / "scripts"
    result = subprocess.run(
        [sys.executable, "-m", "contact_center.check_arguments", "build"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{scripts}"},
        capture_output=True, text=True, check=False,
    )
    assert result.returncode == 0, result.stderr


def test_an_environment_whose_python_is_gone_is_made_anew(tmp_path: Path) -> None:
    root, python = copy_project(tmp_path / "project"), tmp_path / "python"
    (root / ".venv").unlink()
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to("/usr/bin/python2.5")
    shutil.copy(root / "requirements.lock", root / ".venv" / "made-from.lock")
    python.write_text(
        '#!/bin/sh\ncase "$*" in *" venv "*) exit 1 ;; -c*) echo "$0" ;; '
        f'*) exec {sys.executable} "$@" ;; esac\n'
    )
    python.chmod(0o755)
    result = subprocess.run(
        ["bash", root / "scripts" / "check-data", root], capture_output=True, text=True,
        check=False, env={**os.environ, "CONTACT_CENTER_PYTHON": str(python)},
    )
    assert f"'{python} -m venv' failed" in result.stderr, result.stderr


@pytest.mark.parametrize("is_copied", [False, True])
def test_an_environment_that_was_moved_works(tmp_path: Path, is_copied: bool) -> None:
    root = copy_project(tmp_path / "project")
    (root / ".venv").unlink()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    config = root / ".venv" / "pyvenv.cfg"
    config.write_text(config.read_text().replace(" --without-pip", ""))
    shutil.copy(root / "requirements.lock", root / ".venv" / "made-from.lock")
    tool = root / ".venv" / "bin" / "tool"
    tool.write_text(f"#!{root}/.venv/bin/python3\nimport sys\nprint(sys.prefix, *sys.argv[1:])\n")
    tool.chmod(0o755)
    moved = tmp_path / "another $project's" / ".venv"
    if is_copied:
        shutil.copytree(root, moved.parent, symlinks=True)
    else:
        # Twice, from a place that is another word in a shell too.
        root.rename(tmp_path / "it's $1")
        subprocess.run(["bash", tmp_path / "it's $1" / "scripts" / "query", "--help"], check=True)
        (tmp_path / "it's $1").rename(moved.parent)
    subprocess.run(["bash", moved.parent / "scripts" / "query", "--help"], check=True)
    place = shlex.quote(str(moved))
    for command in (f"{place}/bin/tool 'a b'", f". {place}/bin/activate; tool 'a b'"):
        said = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert said.stdout == f"{moved} a b\n", said.stderr
    assert str(root) not in (moved / "pyvenv.cfg").read_text()


def test_a_named_python_that_does_not_fit_is_told(without_environment: Path) -> None:
    """Nor is another one taken in its place."""
    result = subprocess.run(
        ["bash", without_environment / "scripts" / "query", "select 1"], capture_output=True,
        text=True, check=False, env={**os.environ, "CONTACT_CENTER_PYTHON": "/no/python"},
    )
    assert result.returncode == 1
    assert "and '/no/python', which CONTACT_CENTER_PYTHON names, is none of them" in result.stderr


def test_quick_stands_first(without_environment: Path) -> None:
    result = subprocess.run(
        ["bash", without_environment / "scripts" / "test", "-k", "x", "--quick"],
        capture_output=True, text=True, check=False, timeout=300,
    )
    assert result.returncode == 2
    assert "--quick stands first" in result.stderr


def test_where_and_how_somebody_works_is_no_matter(without_environment: Path, tmp_path) -> None:
    (tmp_path / "scripts").mkdir()
    # A module that the command needs, to which Python would look there first.
    (tmp_path / "argparse.py").write_text("raise SystemExit('another argparse')\n")
    for place, script in (
        (without_environment, "scripts/query"), (tmp_path, without_environment / "scripts/query"),
    ):
        result = subprocess.run(
            ["bash", script, "--help"], cwd=place, capture_output=True, text=True, check=False,
            env={**os.environ, "CDPATH": f".:{tmp_path}", "target": "spark"},
        )
        assert result.stdout.startswith("usage: ./scripts/query"), result.stderr


A_SLOW_PYTHON = """#!/bin/sh
case "$*" in
    *" venv "*)
        echo made >> {made}
        mkdir -p "$3/bin" && sleep 2 && cp "$0" "$3/bin/python" ;;
    "-m pip"*) ;;
    *base_executable*) echo "$0" ;;
    -c* | *check_arguments*) exec {real} "$@" ;;
    *) echo done ;;
esac
"""


def test_one_command_makes_the_environment(tmp_path: Path) -> None:
    root, python, made = copy_project(tmp_path / "project"), tmp_path / "python", tmp_path / "made"
    (root / ".venv").unlink()
    python.write_text(A_SLOW_PYTHON.format(made=made, real=sys.executable))
    python.chmod(0o755)
    commands = [
        subprocess.Popen(
            ["bash", root / "scripts" / "query", "select 1"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
            env={**os.environ, "CONTACT_CENTER_PYTHON": str(python)},
        ) for _ in range(2)
    ]
    said = [command.communicate(timeout=300) for command in commands]
    assert [out for out, _ in said] == ["done\n"] * 2, said
    assert made.read_text() == "made\n"
    assert "waiting for it" in "".join(err for _, err in said)


@pytest.mark.parametrize(("given", "complaint"), [
    (["--data", "x" * 300], "can't be looked at: File name too long"),
    (["--warehouse", "{folder}/" + "x" * 300], "can't be looked at: File name too long"),
    (["--warehouse", "{folder}/cc.duckdb", "--", "--vars"], "--vars needs a mapping"),
])
def test_what_no_file_can_be_called_is_said_in_the_line_too(given, complaint, tmp_path) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse([argument.format(folder=tmp_path) for argument in given])
    assert complaint in refused.value.message


def test_links_in_a_circle_are_no_fault_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    if sys.version_info < (3, 13):
        with pytest.raises(NotUnderstood) as refused:
            parse(["--warehouse", str(tmp_path / "a")])
        assert "Symlink loop" in refused.value.message
