"""vier ogen ook bij terugdraaien en uitfaseren"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = 'c3d81f20b6a4'
down_revision = '842c95f29f7e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('aanvraag', sa.Column('soort', sa.Text(), server_default='publiceren', nullable=False), schema='modelleren')
    op.add_column('aanvraag', sa.Column('waarheen', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False), schema='modelleren')


def downgrade() -> None:
    op.drop_column('aanvraag', 'waarheen', schema='modelleren')
    op.drop_column('aanvraag', 'soort', schema='modelleren')
