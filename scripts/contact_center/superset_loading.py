"""Run by Superset's own Python: makes its database, its user and roles, and brings in bi/superset.

    python -m contact_center.superset_loading BUNDLE

BUNDLE is a ZIP file as `superset import-dashboards` takes it. What it brought before is replaced,
datasets and charts too, which that command would leave as they are.
"""

from __future__ import annotations

import os
import sys
from zipfile import ZipFile

from .superset import USER


def main(bundle: str) -> None:
    import superset
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        if os.environ.get("CONTACT_CENTER_SUPERSET_NEW"):
            prepare(os.path.dirname(superset.__file__))
        bring_in(bundle)


def prepare(package: str) -> None:
    from flask_migrate import upgrade
    from superset import appbuilder, security_manager

    upgrade(directory=os.path.join(package, "migrations"))
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    if not security_manager.find_user(USER):
        security_manager.add_user(
            USER, "Contact", "center", "admin@localhost.localdomain",
            security_manager.find_role("Admin"),
            password=os.environ["CONTACT_CENTER_SUPERSET_PASSWORD"],
        )


def bring_in(bundle: str) -> None:
    from superset import security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.commands.importers.v1.utils import get_contents_from_bundle
    from superset.utils.core import override_user

    with ZipFile(bundle) as opened:
        contents = get_contents_from_bundle(opened)
    contents["metadata.yaml"] = contents["metadata.yaml"].replace(
        "type: Dashboard", "type: assets"
    )
    with override_user(security_manager.find_user(USER)):
        ImportAssetsCommand(contents).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
