"""Eerste tabellen van kern"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2086794d92db'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('adres',
    sa.Column('adres', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('adres', name=op.f('pk_adres')),
    schema='kern'
    )
    op.create_table('auditregel',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('tijdstip', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gebruiker', sa.Text(), nullable=False),
    sa.Column('actie', sa.Text(), nullable=False),
    sa.Column('onderwerp', sa.Text(), nullable=False),
    sa.Column('trace_id', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_auditregel')),
    schema='kern'
    )
    op.create_index(op.f('ix_auditregel_gebruiker'), 'auditregel', ['gebruiker'], unique=False, schema='kern')
    op.create_index(op.f('ix_auditregel_tijdstip'), 'auditregel', ['tijdstip'], unique=False, schema='kern')
    op.create_table('concept',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('soort', sa.Text(), nullable=False),
    sa.Column('eigenaar', sa.Text(), nullable=False),
    sa.Column('versie', sa.Integer(), nullable=False),
    sa.Column('inhoud', sa.LargeBinary(), nullable=False),
    sa.Column('verloopt', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concept')),
    schema='kern'
    )
    op.create_index(op.f('ix_concept_eigenaar'), 'concept', ['eigenaar'], unique=False, schema='kern')
    op.create_index(op.f('ix_concept_verloopt'), 'concept', ['verloopt'], unique=False, schema='kern')
    op.create_table('idempotentie',
    sa.Column('client', sa.Text(), nullable=False),
    sa.Column('sleutel', sa.Text(), nullable=False),
    sa.Column('vingerafdruk', sa.Text(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('antwoord', sa.LargeBinary(), nullable=True),
    sa.Column('headers', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('aangemaakt', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('client', 'sleutel', name=op.f('pk_idempotentie')),
    schema='kern'
    )
    op.create_index(op.f('ix_idempotentie_aangemaakt'), 'idempotentie', ['aangemaakt'], unique=False, schema='kern')
    op.create_table('outbox',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('verwerker', sa.Text(), nullable=False),
    sa.Column('sleutel', sa.Text(), nullable=True),
    sa.Column('inhoud', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('staat', sa.Text(), server_default=sa.text("'wacht'"), nullable=False),
    sa.Column('vanaf', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pogingen', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('lease', sa.Uuid(), nullable=True),
    sa.Column('lease_tot', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fout', sa.Text(), nullable=True),
    sa.Column('aangemaakt', sa.DateTime(timezone=True), nullable=False),
    sa.Column('spoor', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    schema='kern'
    )
    op.create_index('ix_outbox_klaar', 'outbox', ['vanaf', 'id'], unique=False, schema='kern', postgresql_where=sa.text("staat <> 'dood'"))
    op.create_index('ix_outbox_volgorde', 'outbox', ['verwerker', 'sleutel', 'id'], unique=False, schema='kern')
    op.create_table('toegangssleutel',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('soort', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Text(), nullable=False),
    sa.Column('geheim', sa.LargeBinary(), nullable=False),
    sa.Column('rechten', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_toegangssleutel')),
    sa.UniqueConstraint('soort', 'client_id', name=op.f('uq_toegangssleutel_soort_client_id')),
    sa.UniqueConstraint('soort', 'geheim', name=op.f('uq_toegangssleutel_soort_geheim')),
    schema='kern'
    )
    op.create_table('verwerking',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('trace_id', sa.Text(), nullable=False),
    sa.Column('operation_id', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('naam', sa.Text(), nullable=False),
    sa.Column('begin', sa.DateTime(timezone=True), nullable=False),
    sa.Column('eind', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verwerkingsactiviteit', sa.Text(), nullable=False),
    sa.Column('betrokkene', sa.LargeBinary(), nullable=False),
    sa.Column('betrokkene_sleutel', sa.Text(), nullable=False),
    sa.Column('betrokkene_soort', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verwerking')),
    schema='kern'
    )
    op.create_index(op.f('ix_verwerking_begin'), 'verwerking', ['begin'], unique=False, schema='kern')
    op.create_index(op.f('ix_verwerking_betrokkene_sleutel'), 'verwerking', ['betrokkene_sleutel'], unique=False, schema='kern')


def downgrade() -> None:
    op.drop_index(op.f('ix_verwerking_betrokkene_sleutel'), table_name='verwerking', schema='kern')
    op.drop_index(op.f('ix_verwerking_begin'), table_name='verwerking', schema='kern')
    op.drop_table('verwerking', schema='kern')
    op.drop_table('toegangssleutel', schema='kern')
    op.drop_index('ix_outbox_volgorde', table_name='outbox', schema='kern')
    op.drop_index('ix_outbox_klaar', table_name='outbox', schema='kern', postgresql_where=sa.text("staat <> 'dood'"))
    op.drop_table('outbox', schema='kern')
    op.drop_index(op.f('ix_idempotentie_aangemaakt'), table_name='idempotentie', schema='kern')
    op.drop_table('idempotentie', schema='kern')
    op.drop_index(op.f('ix_concept_verloopt'), table_name='concept', schema='kern')
    op.drop_index(op.f('ix_concept_eigenaar'), table_name='concept', schema='kern')
    op.drop_table('concept', schema='kern')
    op.drop_index(op.f('ix_auditregel_tijdstip'), table_name='auditregel', schema='kern')
    op.drop_index(op.f('ix_auditregel_gebruiker'), table_name='auditregel', schema='kern')
    op.drop_table('auditregel', schema='kern')
    op.drop_table('adres', schema='kern')
