"""een vraag om vier ogen heeft een staat, een reden en een kenmerk"""

import sqlalchemy as sa
from alembic import op
revision = 'd19a4be7c035'
down_revision = 'c3d81f20b6a4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('aanvraag', sa.Column('id', sa.Uuid(), server_default=sa.text('gen_random_uuid()'), nullable=False), schema='modelleren')
    op.add_column('aanvraag', sa.Column('staat', sa.Text(), server_default='open', nullable=False), schema='modelleren')
    op.add_column('aanvraag', sa.Column('reden', sa.Text(), server_default='', nullable=False), schema='modelleren')
    op.add_column('aanvraag', sa.Column('beslist', sa.DateTime(timezone=True), nullable=True), schema='modelleren')
    op.add_column('aanvraag', sa.Column('beslist_door_naam', sa.Text(), server_default='', nullable=False), schema='modelleren')


def downgrade() -> None:
    for kolom in ('beslist_door_naam', 'beslist', 'reden', 'staat', 'id'):
        op.drop_column('aanvraag', kolom, schema='modelleren')
