"""nummerreeks van zaken"""

import sqlalchemy as sa
from alembic import op

revision = "a7c1d2e3f405"
down_revision = "549a87a7f723"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("zaaknummer", schema="zaken"), if_not_exists=True))


def downgrade() -> None:
    op.execute(sa.schema.DropSequence(sa.Sequence("zaaknummer", schema="zaken")))
