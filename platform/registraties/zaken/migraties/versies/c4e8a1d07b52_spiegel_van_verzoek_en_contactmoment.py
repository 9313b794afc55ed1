"""spiegel van verzoek en contactmoment"""

import sqlalchemy as sa
from alembic import op

revision = "c4e8a1d07b52"
down_revision = "95f262fa8fc8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for tabel in ("zaakcontactmoment", "zaakverzoek"):
        op.add_column(tabel, sa.Column("mark", sa.Text(), server_default="", nullable=False), schema="zaken")


def downgrade() -> None:
    for tabel in ("zaakcontactmoment", "zaakverzoek"):
        op.drop_column(tabel, "mark", schema="zaken")
