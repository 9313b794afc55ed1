"""zoeken op plaats"""

import sqlalchemy as sa
from alembic import op

from kit import geometrie

revision = 'ff69a7a36031'
down_revision = '1317608827a4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(geometrie.maak_functies('zaken'))
    op.create_index('ix_zaak_kader', 'zaak', [sa.literal_column('zaken.kader(zaakgeometrie)')], unique=False, schema='zaken', postgresql_using='gist')


def downgrade() -> None:
    op.drop_index('ix_zaak_kader', table_name='zaak', schema='zaken', postgresql_using='gist')
    op.execute(geometrie.haal_functies_weg('zaken'))
