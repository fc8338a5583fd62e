"""Superset as ./scripts/superset runs it: for the people of one machine, with its own small database
in one folder. A Superset of many people has a configuration of its own; what bi/superset holds is
imported there as well (docs/superset.md)."""

import os
from pathlib import Path

FOLDER = Path(os.environ["CONTACT_CENTER_SUPERSET"])

SECRET_KEY = (FOLDER / "secret_key").read_text(encoding="utf-8").strip()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{FOLDER / 'superset.db'}"
# It listens on this machine only, without TLS.
TALISMAN_ENABLED = False
# Beside it nothing counts who asks how often.
RATELIMIT_ENABLED = False
LANGUAGES = {
    "en": {"flag": "us", "name": "English"},
    "zh": {"flag": "cn", "name": "Chinese"},
}
