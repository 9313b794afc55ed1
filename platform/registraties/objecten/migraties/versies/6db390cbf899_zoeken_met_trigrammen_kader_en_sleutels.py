"""zoeken met trigrammen kader en sleutels"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from registraties.objecten import functies

revision = '6db390cbf899'
down_revision = '08b37af1ada9'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(functies.maak())
    op.add_column('record', sa.Column('type', sa.Text()), schema='objecten')
    op.add_column('record', sa.Column('laatste', sa.Boolean()), schema='objecten')
    op.execute(
        'UPDATE objecten.record r SET type = o.type, laatste = NOT EXISTS ('
        'SELECT 1 FROM objecten.record later WHERE later.object = r.object AND later.index > r.index) '
        'FROM objecten.object o WHERE o.id = r.object'
    )
    op.alter_column('record', 'type', nullable=False, schema='objecten')
    op.alter_column('record', 'laatste', nullable=False, schema='objecten')
    op.add_column('record', sa.Column('trigrammen', postgresql.ARRAY(sa.Integer()), sa.Computed('objecten.trigrammen(objecten.zoektekst(data))', persisted=True), nullable=False), schema='objecten')
    op.drop_index(op.f('ix_record_geldig'), table_name='record', schema='objecten')
    op.create_index('ix_record_kader', 'record', [sa.literal_column('objecten.kader(geometry)')], unique=False, schema='objecten', postgresql_using='gist')
    op.create_index('ix_record_lijst', 'record', ['type', 'nr'], unique=False, schema='objecten')
    op.create_index('ix_record_trigrammen', 'record', ['trigrammen'], unique=False, schema='objecten', postgresql_using='gin', postgresql_with={'fastupdate': 'off'})


def downgrade() -> None:
    op.drop_index('ix_record_trigrammen', table_name='record', schema='objecten', postgresql_using='gin', postgresql_with={'fastupdate': 'off'})
    op.drop_index('ix_record_lijst', table_name='record', schema='objecten')
    op.drop_index('ix_record_kader', table_name='record', schema='objecten', postgresql_using='gist')
    op.create_index(op.f('ix_record_geldig'), 'record', ['object', 'start_at', 'end_at'], unique=False, schema='objecten')
    op.drop_column('record', 'trigrammen', schema='objecten')
    op.drop_column('record', 'laatste', schema='objecten')
    op.drop_column('record', 'type', schema='objecten')
    op.execute(functies.haal_weg())
