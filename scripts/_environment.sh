# Sourced by every command. Gives each of them the same Python environment: .venv, made from
# requirements.lock on the first use and again whenever the lock changes.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

find_python() {
    local candidate
    for candidate in "${CONTACT_CENTER_PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
        if [ -n "$candidate" ] && "$candidate" -c \
            'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11, 3.12 or 3.13 is needed and none was found. Install one, or name it:" \
        "CONTACT_CENTER_PYTHON=/path/to/python $0" >&2
    return 1
}

make_environment() {
    local lock="$root/requirements.lock" mark="$root/.venv/made-from.lock" python
    cmp -s "$lock" "$mark" && return
    python="$(find_python)"
    echo "Making .venv from requirements.lock (once, about a minute) ..." >&2
    rm -rf "$root/.venv"
    "$python" -m venv "$root/.venv" || {
        echo "'$python -m venv' failed. On Debian and Ubuntu: apt-get install python3-venv" >&2
        return 1
    }
    "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --requirement "$lock" >&2
    cp "$lock" "$mark"
}

make_environment
export PATH="$root/.venv/bin:$PATH"
export PYTHONPATH="$root/scripts"
