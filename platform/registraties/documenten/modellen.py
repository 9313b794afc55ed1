"""De tabellen van de Documenten API, in het schema `documenten`. Kolommen heten naar de velden van de standaard.

`document` heeft de laatste stand, `documentversie` elke stand die er was (ook de laatste). Bestanden staan in de opslag, onder
de sleutel in `bestand`; standen kunnen een bestand delen.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Sequence, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import AuditTabel, Resource
from kit.tabel import Gespiegeld, verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("documenten")
    type_annotation_map = TYPEN


DOCUMENTNUMMER = Sequence("documentnummer", schema="documenten", metadata=Basis.metadata)


class Stand:
    """De kolommen die per versie bewaard worden."""

    identificatie: Mapped[str]
    bronorganisatie: Mapped[str]
    creatiedatum: Mapped[date]
    titel: Mapped[str]
    vertrouwelijkheidaanduiding: Mapped[str]
    is_gereed_voor_publicatie: Mapped[bool | None]
    tonen_aan_initiator: Mapped[bool]
    auteur: Mapped[str]
    status: Mapped[str]
    inhoud_is_vervallen: Mapped[bool | None]
    formaat: Mapped[str]
    taal: Mapped[str]
    bestandsnaam: Mapped[str]
    bestandsomvang: Mapped[int | None] = mapped_column(BigInteger)
    link: Mapped[str]
    beschrijving: Mapped[str]
    ontvangstdatum: Mapped[date | None]
    verzenddatum: Mapped[date | None]
    indicatie_gebruiksrecht: Mapped[bool | None]
    verschijningsvorm: Mapped[str]
    ondertekening: Mapped[dict[str, Any]]
    integriteit: Mapped[dict[str, Any]]
    informatieobjecttype: Mapped[str] = verwijzing()
    trefwoorden: Mapped[list[str]]
    versie: Mapped[int]
    begin_registratie: Mapped[datetime]
    bestand: Mapped[str | None]


class Document(Resource, Stand, Gespiegeld, Basis):
    """Het enkelvoudig informatieobject. `lock` is leeg als het niet vergrendeld is; `mark` als het er helemaal is."""

    __tablename__ = "document"
    lock: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        UniqueConstraint("bronorganisatie", "identificatie"),
        Index("ix_document_identificatie", "identificatie"),
        Index("ix_document_informatieobjecttype", "informatieobjecttype"),
        Index("ix_document_creatiedatum", "creatiedatum"),
        Index("ix_document_trefwoorden", "trefwoorden", postgresql_using="gin"),
    )


class Documentversie(Resource, Stand, Basis):
    __tablename__ = "documentversie"
    document: Mapped[UUID] = mapped_column(ForeignKey("documenten.document.id", ondelete="CASCADE"))
    __table_args__ = (
        UniqueConstraint("document", "versie"),
        Index("ix_documentversie_bestand", "bestand"),
    )


class Bestandsdeel(Resource, Basis):
    """Een deel van de inhoud die nog gestuurd wordt, voor de versie waar zij bij hoort."""

    __tablename__ = "bestandsdeel"
    document: Mapped[UUID] = mapped_column(ForeignKey("documenten.document.id", ondelete="CASCADE"))
    versie: Mapped[int]
    volgnummer: Mapped[int]
    omvang: Mapped[int] = mapped_column(BigInteger)
    bestand: Mapped[str | None] = mapped_column(index=True)
    __table_args__ = (UniqueConstraint("document", "volgnummer"),)


class ObjectInformatieObject(Resource, Basis):
    __tablename__ = "objectinformatieobject"
    informatieobject: Mapped[UUID] = mapped_column(ForeignKey("documenten.document.id", ondelete="CASCADE"))
    object: Mapped[str] = verwijzing(index=True)
    object_type: Mapped[str]
    __table_args__ = (UniqueConstraint("informatieobject", "object"),)


class Gebruiksrecht(Resource, Basis):
    __tablename__ = "gebruiksrecht"
    informatieobject: Mapped[UUID] = mapped_column(ForeignKey("documenten.document.id", ondelete="CASCADE"), index=True)
    startdatum: Mapped[datetime]
    einddatum: Mapped[datetime | None]
    omschrijving_voorwaarden: Mapped[str]


class Verzending(Resource, Basis):
    __tablename__ = "verzending"
    informatieobject: Mapped[UUID] = mapped_column(ForeignKey("documenten.document.id", ondelete="CASCADE"), index=True)
    betrokkene: Mapped[str] = verwijzing(index=True)
    aard_relatie: Mapped[str] = mapped_column(index=True)
    toelichting: Mapped[str]
    ontvangstdatum: Mapped[date | None]
    verzenddatum: Mapped[date | None]
    contact_persoon: Mapped[str] = verwijzing()
    contactpersoonnaam: Mapped[str]
    binnenlands_correspondentieadres: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    buitenlands_correspondentieadres: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    correspondentie_postadres: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    faxnummer: Mapped[str | None]
    emailadres: Mapped[str | None]
    mijn_overheid: Mapped[bool]
    telefoonnummer: Mapped[str | None]


class Documentimport(Basis):
    """Een bulkimport. `positie` is waar de volgende regel in de CSV begint, in bytes."""

    __tablename__ = "documentimport"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[str]
    applicatie_id: Mapped[str]
    gebruikers_id: Mapped[str]
    bestand: Mapped[str] = mapped_column(server_default="", index=True)
    koppen: Mapped[list[str]] = mapped_column(server_default="[]")
    positie: Mapped[int] = mapped_column(BigInteger, server_default="0")
    totaal: Mapped[int] = mapped_column(server_default="0")
    verwerkt: Mapped[int] = mapped_column(server_default="0")
    gelukt: Mapped[int] = mapped_column(server_default="0")
    mislukt: Mapped[int] = mapped_column(server_default="0")


class Importregel(Basis):
    """Een regel van het verslag van een import."""

    __tablename__ = "importregel"
    nr: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("documenten.documentimport.id", ondelete="CASCADE"), index=True)
    regel: Mapped[list[str]]


class Audittrail(AuditTabel, Basis):
    pass
