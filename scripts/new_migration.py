"""What changed in the ledger's tables since the newest migration -> the next one, to be read and completed by hand.

    python scripts/new_migration.py "what changes"

Full-text search and what is to become of the rows are for hands to write; `SCHEMA` in record/connect.py is the new number.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from onrecord.record.migrations import FOLDER, upgrade
from onrecord.record.tables import metadata, versions

HEAD = '''"""{title}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{number:04}"
down_revision = {before}


def upgrade() -> None:
{steps}
'''


def steps_to_now(connection: Connection) -> str:
    """Python that brings the tables of the database to what they are in the program."""
    context = MigrationContext.configure(
        connection,
        opts={"version_table": versions.name, "render_as_batch": True, "include_object": lambda _, name, *__: name != versions.name},
    )
    found = produce_migrations(context, metadata).upgrade_ops
    lines = render_python_code(found).splitlines() if found is not None else []
    return "\n".join(line for line in lines if not line.strip().startswith("# ###"))


def main(title: str) -> None:
    """Write the file."""
    folder = FOLDER / "versions"
    number = len(list(folder.glob("version_*.py"))) + 1
    with create_engine("sqlite://").connect() as connection:
        if number > 1:
            upgrade(connection)
        steps = steps_to_now(connection)
    path = folder / f"version_{number:04}.py"
    before = f'"{number - 1:04}"' if number > 1 else "None"
    path.write_text(HEAD.format(title=title, number=number, before=before, steps=steps), encoding="utf8")
    subprocess.run([Path(sys.executable).parent / "ruff", "format", "--quiet", path], check=True)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1])
