"""kader alleen waar een plaats is"""

import sqlalchemy as sa
from alembic import op

revision = '5b1f0c7a92de'
down_revision = 'c4e8a1d07b52'
branch_labels = None
depends_on = None

KADER = [sa.literal_column('zaken.kader(zaakgeometrie)')]
GEVULD = sa.text('zaakgeometrie IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_zaak_kader', table_name='zaak', schema='zaken', postgresql_using='gist')
    op.create_index('ix_zaak_kader', 'zaak', KADER, unique=False, schema='zaken', postgresql_using='gist', postgresql_where=GEVULD)


def downgrade() -> None:
    op.drop_index('ix_zaak_kader', table_name='zaak', schema='zaken', postgresql_using='gist')
    op.create_index('ix_zaak_kader', 'zaak', KADER, unique=False, schema='zaken', postgresql_using='gist')
