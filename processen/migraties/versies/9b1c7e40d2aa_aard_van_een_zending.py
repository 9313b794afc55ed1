"""aard van een zending: of de wet vraagt dat zij aankomt"""

import sqlalchemy as sa
from alembic import op

revision = '9b1c7e40d2aa'
down_revision = 'cda48b79fd93'
branch_labels = None
depends_on = None


def upgrade() -> None:
    kolom = sa.Column('aard', sa.Text(), server_default='overig', nullable=False)
    op.add_column('zending', kolom, schema='processen')
    op.execute(sa.text("UPDATE processen.zending SET aard = 'besluit' WHERE besluit IS NOT NULL"))
    op.execute(sa.text("UPDATE processen.zending SET aard = 'ontvangstbevestiging' WHERE ontvangst AND besluit IS NULL"))


def downgrade() -> None:
    op.drop_column('zending', 'aard', schema='processen')
