"""What the current readings have of each speaker's key, summed up; the day of a link; indexes by which pages of them are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from onrecord.record.tallies import tally_all

revision = "0006"
down_revision = "0005"

_LATER = """UPDATE links SET day = (SELECT max(sorted_on) FROM statements WHERE statements.id IN (links.from_id, links.to_id))"""


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("speaker_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.String(10), nullable=False),
        sa.Column("last_on", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tallies_speaker_key"), "tallies", ["speaker_key"], unique=False)
    op.create_index("ix_tallies_kind", "tallies", ["kind", "speaker_key", "number"], unique=False)
    op.create_index(op.f("ix_documents_name"), "documents", ["name"], unique=False)
    op.drop_index(op.f("ix_statements_speaker_key"), "statements")
    op.create_index("ix_statements_speaker_day", "statements", ["speaker_key", "sorted_on", "id"], unique=False)
    op.add_column("links", sa.Column("day", sa.String(10), nullable=True))
    op.execute(_LATER)
    op.create_index("ix_links_day", "links", ["day", "id"], unique=False)
    op.create_index("ix_links_probability", "links", ["type", "probability", "day", "id"], unique=False)
    tally_all(op.get_bind())
