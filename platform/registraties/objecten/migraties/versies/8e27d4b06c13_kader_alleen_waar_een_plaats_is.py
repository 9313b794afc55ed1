"""kader alleen waar een plaats is"""

import sqlalchemy as sa
from alembic import op

revision = '8e27d4b06c13'
down_revision = 'ceb791eb3cc1'
branch_labels = None
depends_on = None

KADER = [sa.literal_column('objecten.kader(geometry)')]
GEVULD = sa.text('geometry IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_record_kader', table_name='record', schema='objecten', postgresql_using='gist')
    op.create_index('ix_record_kader', 'record', KADER, unique=False, schema='objecten', postgresql_using='gist', postgresql_where=GEVULD)


def downgrade() -> None:
    op.drop_index('ix_record_kader', table_name='record', schema='objecten', postgresql_using='gist')
    op.create_index('ix_record_kader', 'record', KADER, unique=False, schema='objecten', postgresql_using='gist')
