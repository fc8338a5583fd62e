# Sourced by every command. Gives each of them the same Python environment: .venv, made from
# requirements.lock on the first use and again whenever the lock changes; for the target spark
# .venv-spark, from requirements-spark.lock. `command`: the module of contact_center that is to run;
# where the environment is yet to be made, its arguments are looked at before.
set -euo pipefail

# The project's texts, and most people's, are UTF-8, whatever the machine's language says.
export PYTHONUTF8=1
# What lies where somebody works (random.py, queue.py) is no module of Python's.
export PYTHONSAFEPATH=1

# CDPATH is for people: with it cd goes elsewhere, or says where it went.
root="$(CDPATH= cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

find_python() {
    local candidate none="none was found"
    set -- python3 python3.13 python3.12 python3.11 python
    if [ -n "${CONTACT_CENTER_PYTHON:-}" ]; then
        set -- "$CONTACT_CENTER_PYTHON"
        none="'$1', which CONTACT_CENTER_PYTHON names, is none of them or can't be run"
    fi
    for candidate in "$@"; do
        # The interpreter itself, for an activated .venv may be the one that is made anew.
        if "$candidate" -c 'import sys
if not (3, 11) <= sys.version_info[:2] < (3, 14): sys.exit(1)
print(sys._base_executable)' 2>/dev/null; then
            return
        fi
    done
    echo "Python 3.11, 3.12 or 3.13 is needed, and $none. Install one, or name it:" \
        "CONTACT_CENTER_PYTHON=/path/to/python $0" >&2
    return 1
}

# Ends the script where its arguments ask for help or aren't understood.
check_arguments() {
    local argument
    [ -n "${command:-}" ] || return 0
    PYTHONPATH="$root/scripts" "$python" -m contact_center.check_arguments \
        "$command" ${given[@]+"${given[@]}"} || exit
    for argument in ${given[@]+"${given[@]}"}; do
        case "$argument" in
            -h | --help) exit ;;
            --) break ;;
        esac
    done
}

# A clone that was moved or copied took its environments along, whose scripts (dbt, sqlfluff, activate)
# name the place where they were made.
mend_moved() {
    local said made_at
    [ -w "$1/pyvenv.cfg" ] && said="$(< "$1/pyvenv.cfg")" || return 0
    made_at="${said##* -m venv }"
    if [ "$made_at" != "$said" ] && ! [ "$made_at" -ef "$1" ]; then
        PYTHONPATH="$root/scripts" "$1/bin/python" -m contact_center.moved "$1" "$made_at"
    fi
}

make_environment() {
    local name="$1" lock="$root/$2" environment="$root/$1" python
    if is_made "$environment" "$lock"; then
        mend_moved "$environment"
        return
    fi
    if [ -e "$environment" ] && [ ! -w "$environment" ]; then
        echo "$name is another user's, and you can neither run its Python nor make it anew. Let" \
            "its owner remove it and make it with a Python that everybody may run:" \
            "CONTACT_CENTER_PYTHON=/usr/bin/python3 $0" >&2
        return 1
    fi
    python="$(find_python)"
    check_arguments
    wait_for_others
    if is_made "$environment" "$lock"; then
        exec 9<&-
        return
    fi
    echo "Making $name from $2 (once, about a minute) ..." >&2
    rm -rf "$environment"
    "$python" -m venv "$environment" || {
        echo "'$python -m venv' failed. On Debian and Ubuntu: apt-get install python3-venv" >&2
        return 1
    }
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --requirement "$lock" >&2
    cp "$lock" "$environment/made-from.lock"
    exec 9<&-
}

# Its Python is a link to one that an upgrade of the system may have taken away.
is_made() {
    cmp -s "$2" "$1/made-from.lock" && [ -x "$1/bin/python" ]
}

# One command makes environments at a time: another's would be taken away under it. The project's
# folder stays locked until descriptor 9 is closed, or whoever has it ends.
wait_for_others() {
    exec 9< "$root"
    "$python" -c 'import fcntl, sys
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another command is making an environment; waiting for it ...", file=sys.stderr)
    fcntl.flock(9, fcntl.LOCK_EX)
except OSError:
    pass  # A disk without locks.
'
}

# The target that the command's arguments name.
find_target() {
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        case "$1" in
            --target) echo "${2:-}" ;;
            --target=*) echo "${1#--target=}" ;;
        esac
        shift
    done
}

# Read as ${given[@]+"${given[@]}"}: to the bash of macOS, 3.2, an array without elements isn't set.
given=("$@")
if [ "${command:-}" = spark_cluster ] || [ "$(find_target "$@")" = spark ]; then
    make_environment .venv-spark requirements-spark.lock
    export PATH="$root/.venv-spark/bin:$PATH"
else
    make_environment .venv requirements.lock
    export PATH="$root/.venv/bin:$PATH"
fi
export PYTHONPATH="$root/scripts"
