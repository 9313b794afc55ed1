"""De tabellen van de Zaken API, in het schema `zaken`. Kolommen heten naar de velden van de standaard."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Sequence, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import AuditTabel, Resource
from kit.geometrie import kaderindex
from kit.tabel import Gespiegeld, TellingTabel, verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("zaken")
    type_annotation_map = TYPEN


ZAAKNUMMER = Sequence("zaaknummer", schema="zaken", metadata=Basis.metadata)
KLANTCONTACTNUMMER = Sequence("klantcontactnummer", schema="zaken", metadata=Basis.metadata)


class Zaak(Resource, Basis):
    __tablename__ = "zaak"
    identificatie: Mapped[str]
    bronorganisatie: Mapped[str]
    omschrijving: Mapped[str]
    toelichting: Mapped[str]
    zaaktype: Mapped[str] = verwijzing(index=True)
    registratiedatum: Mapped[date] = mapped_column(index=True)
    verantwoordelijke_organisatie: Mapped[str]
    startdatum: Mapped[date] = mapped_column(index=True)
    einddatum: Mapped[date | None] = mapped_column(index=True)
    einddatum_gepland: Mapped[date | None] = mapped_column(index=True)
    uiterlijke_einddatum_afdoening: Mapped[date | None] = mapped_column(index=True)
    publicatiedatum: Mapped[date | None] = mapped_column(index=True)
    communicatiekanaal: Mapped[str] = verwijzing()
    communicatiekanaal_naam: Mapped[str] = mapped_column(server_default="")
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
    gerelateerde_zaken: Mapped[list[Any]] = mapped_column(server_default="[]")
    kenmerken: Mapped[list[Any]]
    archiefnominatie: Mapped[str | None] = mapped_column(index=True)
    archiefstatus: Mapped[str]
    archiefactiedatum: Mapped[date | None] = mapped_column(index=True)
    opdrachtgevende_organisatie: Mapped[str]
    processobjectaard: Mapped[str | None]
    startdatum_bewaartermijn: Mapped[date | None]
    processobject: Mapped[dict[str, Any]]
    laatst_geopend: Mapped[datetime | None]
    laatst_gemuteerd: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("bronorganisatie", "identificatie"),
        Index("ix_zaak_identificatie", "identificatie"),
        kaderindex("ix_zaak_kader", "zaken", "zaakgeometrie"),
        Index("ix_zaak_bladeren", "nr", "zaaktype", "vertrouwelijkheidaanduiding"),  # pagina's ver in de lijst
        Index("ix_zaak_kenmerken", "kenmerken", postgresql_using="gin", postgresql_ops={"kenmerken": "jsonb_path_ops"}),
        Index(
            "ix_zaak_relevant",
            "relevante_andere_zaken",
            postgresql_using="gin",
            postgresql_ops={"relevante_andere_zaken": "jsonb_path_ops"},
        ),
    )


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
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]
    __table_args__ = (
        Index("ix_rol_bsn", betrokkene_identificatie["inpBsn"].astext),
        Index("ix_rol_kvk", betrokkene_identificatie["kvkNummer"].astext),
        Index("ix_rol_nnp", betrokkene_identificatie["innNnpId"].astext),
        Index("ix_rol_vestiging", betrokkene_identificatie["vestigingsNummer"].astext),
        Index("ix_rol_medewerker", betrokkene_identificatie["identificatie"].astext),
        Index("ix_rol_anp", betrokkene_identificatie["anpIdentificatie"].astext),
        Index("ix_rol_ann", betrokkene_identificatie["annIdentificatie"].astext),
        Index("ix_rol_a_nummer", betrokkene_identificatie["inpA_nummer"].astext),
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


def _zaak(**opties: Any) -> Mapped[UUID]:
    """De verwijzing naar de zaak waar een onderdeel bij hoort, en waarmee het verdwijnt."""
    return mapped_column(ForeignKey("zaken.zaak.id", ondelete="CASCADE"), **opties)


class ZaakObject(Resource, Basis):
    __tablename__ = "zaakobject"
    zaak: Mapped[UUID] = _zaak(index=True)
    object: Mapped[str] = verwijzing(index=True)
    zaakobjecttype: Mapped[str | None] = verwijzing()
    object_type: Mapped[str] = mapped_column(index=True)
    object_type_overige: Mapped[str]
    object_type_overige_definitie: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    relatieomschrijving: Mapped[str]
    object_identificatie: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class ZaakBesluit(Resource, Basis):
    """Een besluit bij een zaak, zoals de Besluiten API het hier spiegelt (brc-006)."""

    __tablename__ = "zaakbesluit"
    zaak: Mapped[UUID] = _zaak()
    besluit: Mapped[str] = verwijzing(index=True)
    __table_args__ = (UniqueConstraint("zaak", "besluit"),)


class KlantContact(Resource, Basis):
    __tablename__ = "klantcontact"
    zaak: Mapped[UUID] = _zaak(index=True)
    identificatie: Mapped[str] = mapped_column(unique=True)
    datumtijd: Mapped[datetime]
    kanaal: Mapped[str]
    onderwerp: Mapped[str]
    toelichting: Mapped[str]


class ZaakContactMoment(Resource, Gespiegeld, Basis):
    __tablename__ = "zaakcontactmoment"
    zaak: Mapped[UUID] = _zaak()
    contactmoment: Mapped[str] = verwijzing(index=True)
    __table_args__ = (UniqueConstraint("zaak", "contactmoment"),)


class ZaakVerzoek(Resource, Gespiegeld, Basis):
    __tablename__ = "zaakverzoek"
    zaak: Mapped[UUID] = _zaak()
    verzoek: Mapped[str] = verwijzing(index=True)
    __table_args__ = (UniqueConstraint("zaak", "verzoek"),)


class ZaakNotitie(Resource, Basis):
    __tablename__ = "zaaknotitie"
    gerelateerd_aan: Mapped[UUID] = _zaak(index=True)
    onderwerp: Mapped[str] = mapped_column(index=True)
    tekst: Mapped[str]
    aangemaakt_door: Mapped[str] = mapped_column(index=True)
    notitie_type: Mapped[str]
    status: Mapped[str]
    aanmaakdatum: Mapped[datetime] = mapped_column(index=True)
    wijzigingsdatum: Mapped[datetime] = mapped_column(index=True)


class SubStatus(Resource, Basis):
    __tablename__ = "substatus"
    zaak: Mapped[UUID] = _zaak(index=True)
    status: Mapped[UUID] = mapped_column(ForeignKey("zaken.status.id", ondelete="CASCADE"), index=True)
    omschrijving: Mapped[str]
    tijdstip: Mapped[datetime]
    doelgroep: Mapped[str]


class Telling(TellingTabel, Basis):
    pass


class Audittrail(AuditTabel, Basis):
    pass
