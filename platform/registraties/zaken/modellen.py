"""De tabellen van de Zaken API, in het schema `zaken`. Kolommen heten naar de velden van de standaard."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Sequence, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import AuditTabel, Resource
from kit.tabel import Gespiegeld, verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("zaken")
    type_annotation_map = TYPEN


ZAAKNUMMER = Sequence("zaaknummer", schema="zaken", metadata=Basis.metadata)


class Zaak(Resource, Basis):
    __tablename__ = "zaak"
    identificatie: Mapped[str]
    bronorganisatie: Mapped[str]
    omschrijving: Mapped[str]
    toelichting: Mapped[str]
    zaaktype: Mapped[str] = verwijzing(index=True)
    registratiedatum: Mapped[date]
    verantwoordelijke_organisatie: Mapped[str]
    startdatum: Mapped[date] = mapped_column(index=True)
    einddatum: Mapped[date | None] = mapped_column(index=True)
    einddatum_gepland: Mapped[date | None]
    uiterlijke_einddatum_afdoening: Mapped[date | None] = mapped_column(index=True)
    publicatiedatum: Mapped[date | None]
    communicatiekanaal: Mapped[str] = verwijzing()
    producten_of_diensten: Mapped[list[str]]
    vertrouwelijkheidaanduiding: Mapped[str]
    betalingsindicatie: Mapped[str]
    laatste_betaaldatum: Mapped[datetime | None]
    zaakgeometrie: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    verlenging: Mapped[dict[str, Any]]
    opschorting: Mapped[dict[str, Any]]
    selectielijstklasse: Mapped[str] = verwijzing()
    hoofdzaak: Mapped[UUID | None] = mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"), index=True)
    relevante_andere_zaken: Mapped[list[Any]]
    kenmerken: Mapped[list[Any]]
    archiefnominatie: Mapped[str | None] = mapped_column(index=True)
    archiefstatus: Mapped[str]
    archiefactiedatum: Mapped[date | None] = mapped_column(index=True)
    opdrachtgevende_organisatie: Mapped[str]
    processobjectaard: Mapped[str | None]
    startdatum_bewaartermijn: Mapped[date | None]
    processobject: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("bronorganisatie", "identificatie"),)


class Rol(Resource, Basis):
    __tablename__ = "rol"
    zaak: Mapped[UUID] = mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"), index=True)
    betrokkene: Mapped[str] = verwijzing(index=True)
    betrokkene_type: Mapped[str]
    afwijkende_naam_betrokkene: Mapped[str]
    roltype: Mapped[str] = verwijzing(index=True)
    roltoelichting: Mapped[str]
    omschrijving: Mapped[str]
    omschrijving_generiek: Mapped[str]
    registratiedatum: Mapped[datetime]
    indicatie_machtiging: Mapped[str]
    contactpersoon_rol: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    betrokkene_identificatie: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    authenticatie_context: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    __table_args__ = (
        Index("ix_rol_bsn", betrokkene_identificatie["inpBsn"].astext),
        Index("ix_rol_kvk", betrokkene_identificatie["kvkNummer"].astext),
        Index("ix_rol_nnp", betrokkene_identificatie["innNnpId"].astext),
        Index("ix_rol_vestiging", betrokkene_identificatie["vestigingsNummer"].astext),
        Index("ix_rol_medewerker", betrokkene_identificatie["identificatie"].astext),
    )


class Status(Resource, Basis):
    __tablename__ = "status"
    zaak: Mapped[UUID] = mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"))
    statustype: Mapped[str] = verwijzing(index=True)
    datum_status_gezet: Mapped[datetime]
    statustoelichting: Mapped[str]
    gezetdoor: Mapped[UUID | None] = mapped_column(ForeignKey("zaken.rol.id", ondelete="SET NULL"), index=True)
    __table_args__ = (UniqueConstraint("zaak", "datum_status_gezet"),)


class Resultaat(Resource, Basis):
    __tablename__ = "resultaat"
    zaak: Mapped[UUID] = mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"), unique=True)
    resultaattype: Mapped[str] = verwijzing(index=True)
    toelichting: Mapped[str]


class ZaakInformatieObject(Resource, Gespiegeld, Basis):
    __tablename__ = "zaakinformatieobject"
    informatieobject: Mapped[str] = verwijzing(index=True)
    zaak: Mapped[UUID] = mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"))
    titel: Mapped[str]
    beschrijving: Mapped[str]
    registratiedatum: Mapped[datetime]
    vernietigingsdatum: Mapped[datetime | None]
    status: Mapped[UUID | None] = mapped_column(ForeignKey("zaken.status.id", ondelete="SET NULL"), index=True)
    __table_args__ = (UniqueConstraint("zaak", "informatieobject"),)


class ZaakEigenschap(Resource, Basis):
    __tablename__ = "zaakeigenschap"
    zaak: Mapped[UUID] = mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"), index=True)
    eigenschap: Mapped[str] = verwijzing()
    naam: Mapped[str]
    waarde: Mapped[str]


class Audittrail(AuditTabel, Basis):
    pass
