"""eerste tabellen"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = 'd213584f047d'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence('documentnummer', schema='documenten')))
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
    schema='documenten'
    )
    op.create_index(op.f('ix_audittrail_hoofd'), 'audittrail', ['hoofd'], unique=False, schema='documenten')
    op.create_table('document',
    sa.Column('lock', sa.Text(), server_default='', nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('identificatie', sa.Text(), nullable=False),
    sa.Column('bronorganisatie', sa.Text(), nullable=False),
    sa.Column('creatiedatum', sa.Date(), nullable=False),
    sa.Column('titel', sa.Text(), nullable=False),
    sa.Column('vertrouwelijkheidaanduiding', sa.Text(), nullable=False),
    sa.Column('is_gereed_voor_publicatie', sa.Boolean(), nullable=True),
    sa.Column('tonen_aan_initiator', sa.Boolean(), nullable=False),
    sa.Column('auteur', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('inhoud_is_vervallen', sa.Boolean(), nullable=True),
    sa.Column('formaat', sa.Text(), nullable=False),
    sa.Column('taal', sa.Text(), nullable=False),
    sa.Column('bestandsnaam', sa.Text(), nullable=False),
    sa.Column('bestandsomvang', sa.BigInteger(), nullable=True),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('beschrijving', sa.Text(), nullable=False),
    sa.Column('ontvangstdatum', sa.Date(), nullable=True),
    sa.Column('verzenddatum', sa.Date(), nullable=True),
    sa.Column('indicatie_gebruiksrecht', sa.Boolean(), nullable=True),
    sa.Column('verschijningsvorm', sa.Text(), nullable=False),
    sa.Column('ondertekening', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('integriteit', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('informatieobjecttype', sa.Text(), nullable=False),
    sa.Column('trefwoorden', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('versie', sa.Integer(), nullable=False),
    sa.Column('begin_registratie', sa.DateTime(timezone=True), nullable=False),
    sa.Column('bestand', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('bronorganisatie', 'identificatie', name=op.f('uq_document_bronorganisatie_identificatie')),
    sa.UniqueConstraint('nr', name=op.f('uq_document_nr')),
    schema='documenten'
    )
    op.create_index('ix_document_creatiedatum', 'document', ['creatiedatum'], unique=False, schema='documenten')
    op.create_index('ix_document_identificatie', 'document', ['identificatie'], unique=False, schema='documenten')
    op.create_index('ix_document_informatieobjecttype', 'document', ['informatieobjecttype'], unique=False, schema='documenten')
    op.create_index('ix_document_trefwoorden', 'document', ['trefwoorden'], unique=False, schema='documenten', postgresql_using='gin')
    op.create_table('bestandsdeel',
    sa.Column('document', sa.Uuid(), nullable=False),
    sa.Column('versie', sa.Integer(), nullable=False),
    sa.Column('volgnummer', sa.Integer(), nullable=False),
    sa.Column('omvang', sa.BigInteger(), nullable=False),
    sa.Column('bestand', sa.Text(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.ForeignKeyConstraint(['document'], ['documenten.document.id'], name=op.f('fk_bestandsdeel_document'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bestandsdeel')),
    sa.UniqueConstraint('document', 'volgnummer', name=op.f('uq_bestandsdeel_document_volgnummer')),
    sa.UniqueConstraint('nr', name=op.f('uq_bestandsdeel_nr')),
    schema='documenten'
    )
    op.create_index(op.f('ix_bestandsdeel_bestand'), 'bestandsdeel', ['bestand'], unique=False, schema='documenten')
    op.create_table('documentversie',
    sa.Column('document', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('identificatie', sa.Text(), nullable=False),
    sa.Column('bronorganisatie', sa.Text(), nullable=False),
    sa.Column('creatiedatum', sa.Date(), nullable=False),
    sa.Column('titel', sa.Text(), nullable=False),
    sa.Column('vertrouwelijkheidaanduiding', sa.Text(), nullable=False),
    sa.Column('is_gereed_voor_publicatie', sa.Boolean(), nullable=True),
    sa.Column('tonen_aan_initiator', sa.Boolean(), nullable=False),
    sa.Column('auteur', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('inhoud_is_vervallen', sa.Boolean(), nullable=True),
    sa.Column('formaat', sa.Text(), nullable=False),
    sa.Column('taal', sa.Text(), nullable=False),
    sa.Column('bestandsnaam', sa.Text(), nullable=False),
    sa.Column('bestandsomvang', sa.BigInteger(), nullable=True),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('beschrijving', sa.Text(), nullable=False),
    sa.Column('ontvangstdatum', sa.Date(), nullable=True),
    sa.Column('verzenddatum', sa.Date(), nullable=True),
    sa.Column('indicatie_gebruiksrecht', sa.Boolean(), nullable=True),
    sa.Column('verschijningsvorm', sa.Text(), nullable=False),
    sa.Column('ondertekening', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('integriteit', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('informatieobjecttype', sa.Text(), nullable=False),
    sa.Column('trefwoorden', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('versie', sa.Integer(), nullable=False),
    sa.Column('begin_registratie', sa.DateTime(timezone=True), nullable=False),
    sa.Column('bestand', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['document'], ['documenten.document.id'], name=op.f('fk_documentversie_document'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documentversie')),
    sa.UniqueConstraint('document', 'versie', name=op.f('uq_documentversie_document_versie')),
    sa.UniqueConstraint('nr', name=op.f('uq_documentversie_nr')),
    schema='documenten'
    )
    op.create_index('ix_documentversie_bestand', 'documentversie', ['bestand'], unique=False, schema='documenten')
    op.create_table('gebruiksrecht',
    sa.Column('informatieobject', sa.Uuid(), nullable=False),
    sa.Column('startdatum', sa.DateTime(timezone=True), nullable=False),
    sa.Column('einddatum', sa.DateTime(timezone=True), nullable=True),
    sa.Column('omschrijving_voorwaarden', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.ForeignKeyConstraint(['informatieobject'], ['documenten.document.id'], name=op.f('fk_gebruiksrecht_informatieobject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gebruiksrecht')),
    sa.UniqueConstraint('nr', name=op.f('uq_gebruiksrecht_nr')),
    schema='documenten'
    )
    op.create_index(op.f('ix_gebruiksrecht_informatieobject'), 'gebruiksrecht', ['informatieobject'], unique=False, schema='documenten')
    op.create_table('objectinformatieobject',
    sa.Column('informatieobject', sa.Uuid(), nullable=False),
    sa.Column('object', sa.Text(), nullable=False),
    sa.Column('object_type', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('revisie', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('nr', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.ForeignKeyConstraint(['informatieobject'], ['documenten.document.id'], name=op.f('fk_objectinformatieobject_informatieobject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objectinformatieobject')),
    sa.UniqueConstraint('informatieobject', 'object', name=op.f('uq_objectinformatieobject_informatieobject_object')),
    sa.UniqueConstraint('nr', name=op.f('uq_objectinformatieobject_nr')),
    schema='documenten'
    )
    op.create_index(op.f('ix_objectinformatieobject_object'), 'objectinformatieobject', ['object'], unique=False, schema='documenten')


def downgrade() -> None:
    op.drop_index(op.f('ix_objectinformatieobject_object'), table_name='objectinformatieobject', schema='documenten')
    op.drop_table('objectinformatieobject', schema='documenten')
    op.drop_index(op.f('ix_gebruiksrecht_informatieobject'), table_name='gebruiksrecht', schema='documenten')
    op.drop_table('gebruiksrecht', schema='documenten')
    op.drop_index('ix_documentversie_bestand', table_name='documentversie', schema='documenten')
    op.drop_table('documentversie', schema='documenten')
    op.drop_index(op.f('ix_bestandsdeel_bestand'), table_name='bestandsdeel', schema='documenten')
    op.drop_table('bestandsdeel', schema='documenten')
    op.drop_index('ix_document_trefwoorden', table_name='document', schema='documenten', postgresql_using='gin')
    op.drop_index('ix_document_informatieobjecttype', table_name='document', schema='documenten')
    op.drop_index('ix_document_identificatie', table_name='document', schema='documenten')
    op.drop_index('ix_document_creatiedatum', table_name='document', schema='documenten')
    op.drop_table('document', schema='documenten')
    op.drop_index(op.f('ix_audittrail_hoofd'), table_name='audittrail', schema='documenten')
    op.drop_table('audittrail', schema='documenten')
    op.execute(sa.schema.DropSequence(sa.Sequence('documentnummer', schema='documenten')))
