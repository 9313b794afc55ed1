"""einddatum van een token"""

import sqlalchemy as sa
from alembic import op

revision = 'a3d71c0b95e2'
down_revision = '78cf59a8c2e4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('toegangssleutel', sa.Column('tot', sa.Date(), nullable=True), schema='kern')


def downgrade() -> None:
    op.drop_column('toegangssleutel', 'tot', schema='kern')
