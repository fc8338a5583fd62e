"""What went wrong in a build, in words for the person who asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

# What the macros check_settings and check_gone_names say where an earlier build's rows can't be
# built upon.
CHANGED_SETTINGS = "All rows have to be built again"
# Where the advice begins that nobody here can follow.
ASIDES = ("> in macro", "LINE ", "Possible ", "The search space", "It was not possible")
UNREADABLE = "Error when sniffing file"
UNREADABLE_MEANS = "Not a CSV file with as many values in each line as in its header, in UTF-8:"
# dbt's words where an adapter's model is looked for in vain.
NO_MODEL = re.compile(
    r".*\(models/staging/.*depends on a node named '(\w+)' which (was not found|is disabled)"
)
# The same of one that says of itself that it isn't enabled.
DISABLED = re.compile(
    r"'model\.\w+\.(?:loads|checked_\w+)' depends on 'model\.\w+\.(\w+)' which is not in the graph"
)
NO_MODEL_MEANS = (
    "The model {name} {how}, and adapter_tables() (macros/staging/adapter_tables.sql) says that "
    "its adapter fills the table which it is called after. Write it below models/adapters, enable "
    "it, or take the table out there: docs/adapters/writing-one.md."
)
STOPPED = "stopped, as you asked. Nothing was published."
NOT_PUBLISHED = "Nothing was published."
UNREADABLE_WAREHOUSE = (
    "Where it is damaged, or of another version of DuckDB, put a backup in its place, or move it "
    "away and build from the files. Without it the log of replaced figures begins anew, and nobody "
    f"knows who was erased: erase those customers again (docs/privacy.md). {NOT_PUBLISHED}"
)
# Where a build goes on after one from the store. In the environment of its process: REBUILT.
REBUILT = "CONTACT_CENTER_REBUILT"
REBUILT_BEFORE = (
    "But before, the rows that the warehouse held were built again, and that is published; what is "
    "new isn't added yet."
)


def failure(outcome: dbtRunnerResult, built: Path, what_remains: str | None = None) -> str:
    """What failed, and where to look. `what_remains`: said where tables were replaced already."""
    if isinstance(outcome.exception, KeyboardInterrupt):
        return STOPPED
    if outcome.exception:
        return f"{concise(str(outcome.exception))}\n{NOT_PUBLISHED}"
    failed = list(failed_nodes(getattr(outcome.result, "results", [])))
    if not failed:
        return f"dbt stopped before the first model; its words stand above. {NOT_PUBLISHED}"
    if what_remains:
        return "\n".join(["Some of the build's models and tests failed.", *failed, what_remains])
    return "\n".join([
        "Some of the build's models and tests failed; nothing was published.",
        *failed,
        f"The failed build is kept for a look, until the next one: {built}",
    ])


def changed_settings(message: str) -> str | None:
    """What of a failure's message says that, without the model that says it; None of others."""
    for line in message.splitlines():
        if CHANGED_SETTINGS in line:
            return line.partition(CHANGED_SETTINGS)[0].strip().removeprefix("model gone_names: ")
    return None


def failed_nodes(results: Iterable) -> Iterator[str]:
    for result in results:
        if result.status in ("error", "fail", "runtime error"):
            node = result.node
            yield f"  {node.resource_type} {node.name}: {concise(result.message or '')}"
            if result.status == "fail" and getattr(node, "compiled_path", None):
                yield f"    its query, which gives the rows: {node.compiled_path}"


def concise(message: str) -> str:
    """dbt's and DuckDB's words, without their call stacks and advice on settings of a reader."""
    lines = [line.strip() for line in message.strip().splitlines()]
    # "Runtime Error in model a", not DuckDB's "Parser Error: what is wrong".
    if len(lines) > 1 and " Error" in lines[0] and " Error: " not in lines[0]:
        lines = lines[1:]
    # A hook's own error stands within dbt's.
    if len(lines) > 1 and lines[0].endswith(" Error"):
        lines = lines[1:]
    end = next((n for n, line in enumerate(lines) if n > 0 and line.startswith(ASIDES)), None)
    if found := NO_MODEL.match(lines[0] if lines else ""):
        return NO_MODEL_MEANS.format(name=found[1], how=found[2])
    if found := DISABLED.match(lines[0] if lines else ""):
        return NO_MODEL_MEANS.format(name=found[1], how="is disabled")
    file_names = [line for line in lines[end:] if line.startswith("file = ")] if end else []
    return "\n".join(lines[:end] + file_names).replace(UNREADABLE, UNREADABLE_MEANS).strip()
