"""Makes an environment work that was moved or copied with its clone: the scripts in it name the
place where it was made. Needs nothing but Python itself (scripts/_environment.sh)."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import sys
from pathlib import Path


def mend(environment: Path, made_at: str) -> None:
    """Writes the present place over the former one, `made_at`. A script's first line may hold no
    blank, so that the shell begins it instead, as pip has it for such places."""
    environment = environment.resolve()
    first_line = re.compile(rb"#!" + re.escape(os.fsencode(made_at)) + rb"/bin/(python[\d.]*)\n")
    # As the shell takes any path, $ and quotes too.
    quoted = os.fsencode(shlex.quote(str(environment)))
    begun = rb"""#!/bin/sh
'''exec' %s/bin/\1 "$0" "$@"
' '''
""" % quoted.replace(b"\\", b"\\\\")
    # What began so already, by pip for a path with a blank, or here.
    former = re.escape(os.fsencode(shlex.quote(made_at)))
    begun_already = re.compile(
        rb"""'''exec' (?:"%s(/bin/python[\d.]*)"|%s(/bin/python[\d.]*))"""
        % (re.escape(os.fsencode(made_at)), former)
    )
    # The shells' own scripts, which may have a path without quotes where it needed none.
    as_word = re.compile(
        rb"""(?:%s|(['"]?)%s\1)(?=[\s)])""" % (former, re.escape(os.fsencode(made_at)))
    )
    # The last is what says that it has to be mended.
    for path in [*(environment / "bin").iterdir(), environment / "pyvenv.cfg"]:
        if path.is_symlink() or not path.is_file():
            continue
        text = path.read_bytes()
        mended = first_line.sub(begun, text, count=1) if text.startswith(b"#!") else text
        if text.startswith(b"#!"):
            mended = begun_already.sub(
                lambda found: b"'''exec' " + quoted + (found[1] or found[2]), mended, count=1
            )
        if path.name.startswith("activate"):
            mended = as_word.sub(lambda _: quoted, mended)
        if b"\0" not in mended:
            mended = mended.replace(os.fsencode(made_at), os.fsencode(environment))
        if mended != text:
            # In one step: another command may be reading it.
            part = path.with_name(f".{path.name}.{os.getpid()}")
            part.write_bytes(mended)
            shutil.copymode(path, part)
            part.replace(path)


if __name__ == "__main__":
    # Where it may not be written the commands work all the same, by its Python.
    with contextlib.suppress(OSError):
        mend(Path(sys.argv[1]), sys.argv[2])
