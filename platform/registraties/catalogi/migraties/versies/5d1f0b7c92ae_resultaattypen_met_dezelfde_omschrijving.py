"""resultaattypen van één zaaktype mogen dezelfde omschrijving hebben"""

from alembic import op
revision = '5d1f0b7c92ae'
down_revision = 'e565b6fac69f'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint('uq_resultaattype_zaaktype_omschrijving', 'resultaattype', schema='catalogi', type_='unique')


def downgrade() -> None:
    op.create_unique_constraint('uq_resultaattype_zaaktype_omschrijving', 'resultaattype', ['zaaktype', 'omschrijving'], schema='catalogi')
