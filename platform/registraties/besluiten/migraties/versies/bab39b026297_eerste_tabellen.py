"""eerste tabellen"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = 'bab39b026297'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence('besluitnummer', schema='besluiten')))
    op.create_table('audittrail',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('hoofd', sa.Uuid(), nullable=False),
    sa.Column('applicatie_id', sa.Text(), nullable=False),
    sa.Column('gebruikers_id', sa.Text(), nullable=False),
    sa.Column('gebruikers_weergave', sa.Text(), nullable=False),
    sa.Column('actie', sa.Text(), nullable=False),
    sa.Column('resultaat', sa.Integer(), nullable=False),
    sa.Column('hoofd_object', sa.Text(), nullable=False),
    sa.Column('resource', sa.Text(), nullable=False),
    sa.Column('resource_url', sa.Text(), nullable=False),
    sa.Column('toelichting', sa.Text(), nullable=False),
    sa.Column('resource_weergave', sa.Text(), nullable=False),
    sa.Column('aanmaakdatum', sa.DateTime(timezone=True), nullable=False),
    sa.Column('oud', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('nieuw', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audittrail')),
    schema='besluiten'
    )
    op.create_index(op.f('ix_audittrail_hoofd'), 'audittrail', ['hoofd'], unique=False, schema='besluiten')
    op.create_table('besluit',
    sa.Column('identificatie', sa.Text(), nullable=False),
    sa.Column('verantwoordelijke_organisatie', sa.Text(), nullable=False),
    sa.Column('besluittype', sa.Text(), nullable=False),
    sa.Column('zaak', sa.Text(), nullable=False),
    sa.Column('datum', sa.Date(), nullable=False),
    sa.Column('toelichting', sa.Text(), nullable=False),
    sa.Column('bestuursorgaan', sa.Text(), nullable=False),
    sa.Column('ingangsdatum', sa.Date(), nullable=False),
    sa.Column('vervaldatum', sa.Date(), nullable=True),
    sa.Column('vervalreden', sa.Text(), nullable=False),
    sa.Column('publicatiedatum', sa.Date(), nullable=True),
    sa.Column('verzenddatum', sa.Date(), nullable=True),
    sa.Column('uiterlijke_reactiedatum', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_besluit')),
    sa.UniqueConstraint('nr', name=op.f('uq_besluit_nr')),
    sa.UniqueConstraint('verantwoordelijke_organisatie', 'identificatie', name=op.f('uq_besluit_verantwoordelijke_organisatie_identificatie')),
    schema='besluiten'
    )
    op.create_index(op.f('ix_besluit_besluittype'), 'besluit', ['besluittype'], unique=False, schema='besluiten')
    op.create_index(op.f('ix_besluit_identificatie'), 'besluit', ['identificatie'], unique=False, schema='besluiten')
    op.create_index(op.f('ix_besluit_zaak'), 'besluit', ['zaak'], unique=False, schema='besluiten')
    op.create_table('besluitinformatieobject',
    sa.Column('informatieobject', sa.Text(), nullable=False),
    sa.Column('besluit', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('mark', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['besluit'], ['besluiten.besluit.id'], name=op.f('fk_besluitinformatieobject_besluit'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_besluitinformatieobject')),
    sa.UniqueConstraint('besluit', 'informatieobject', name=op.f('uq_besluitinformatieobject_besluit_informatieobject')),
    sa.UniqueConstraint('nr', name=op.f('uq_besluitinformatieobject_nr')),
    schema='besluiten'
    )
    op.create_index(op.f('ix_besluitinformatieobject_informatieobject'), 'besluitinformatieobject', ['informatieobject'], unique=False, schema='besluiten')


def downgrade() -> None:
    op.drop_index(op.f('ix_besluitinformatieobject_informatieobject'), table_name='besluitinformatieobject', schema='besluiten')
    op.drop_table('besluitinformatieobject', schema='besluiten')
    op.drop_index(op.f('ix_besluit_zaak'), table_name='besluit', schema='besluiten')
    op.drop_index(op.f('ix_besluit_identificatie'), table_name='besluit', schema='besluiten')
    op.drop_index(op.f('ix_besluit_besluittype'), table_name='besluit', schema='besluiten')
    op.drop_table('besluit', schema='besluiten')
    op.drop_index(op.f('ix_audittrail_hoofd'), table_name='audittrail', schema='besluiten')
    op.drop_table('audittrail', schema='besluiten')
    op.execute(sa.schema.DropSequence(sa.Sequence('besluitnummer', schema='besluiten')))
