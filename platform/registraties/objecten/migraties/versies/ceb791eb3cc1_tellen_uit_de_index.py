"""tellen uit de index"""

from alembic import op

revision = 'ceb791eb3cc1'
down_revision = '6db390cbf899'
branch_labels = None
depends_on = None

MEE = ['start_at', 'end_at', 'laatste', 'object', 'index']


def upgrade() -> None:
    op.drop_index('ix_record_lijst', table_name='record', schema='objecten')
    op.create_index('ix_record_lijst', 'record', ['type', 'nr'], unique=False, schema='objecten', postgresql_include=MEE)


def downgrade() -> None:
    op.drop_index('ix_record_lijst', table_name='record', schema='objecten', postgresql_include=MEE)
    op.create_index('ix_record_lijst', 'record', ['type', 'nr'], unique=False, schema='objecten')
