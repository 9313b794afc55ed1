"""De tabellen van de Besluiten API, in het schema `besluiten`. Kolommen heten naar de velden van de standaard."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Sequence, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import AuditTabel, Resource
from kit.tabel import Gespiegeld, verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("besluiten")
    type_annotation_map = TYPEN


BESLUITNUMMER = Sequence("besluitnummer", schema="besluiten", metadata=Basis.metadata)


class Besluit(Resource, Gespiegeld, Basis):
    __tablename__ = "besluit"
    identificatie: Mapped[str] = mapped_column(index=True)
    verantwoordelijke_organisatie: Mapped[str]
    besluittype: Mapped[str] = verwijzing(index=True)
    zaak: Mapped[str] = verwijzing(index=True)
    datum: Mapped[date]
    toelichting: Mapped[str]
    bestuursorgaan: Mapped[str]
    ingangsdatum: Mapped[date]
    vervaldatum: Mapped[date | None]
    vervalreden: Mapped[str]
    publicatiedatum: Mapped[date | None]
    verzenddatum: Mapped[date | None]
    uiterlijke_reactiedatum: Mapped[date | None]
    __table_args__ = (UniqueConstraint("verantwoordelijke_organisatie", "identificatie"),)


class BesluitInformatieObject(Resource, Gespiegeld, Basis):
    __tablename__ = "besluitinformatieobject"
    informatieobject: Mapped[str] = verwijzing(index=True)
    besluit: Mapped[UUID] = mapped_column(ForeignKey("besluiten.besluit.id", ondelete="CASCADE"))
    __table_args__ = (UniqueConstraint("besluit", "informatieobject"),)


class Audittrail(AuditTabel, Basis):
    pass
