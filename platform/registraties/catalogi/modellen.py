"""De tabellen van de Catalogi API, in het schema `catalogi`. Kolommen heten naar de velden van de standaard.

Verwijzingen tussen zaaktypen, besluittypen en informatieobjecttypen staan hier als namen (historiemodel, regels 3.3): een
verwijzing geldt voor elke versie met die naam in dezelfde catalogus.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.tabel import verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("catalogi")
    type_annotation_map = TYPEN


def _namen() -> Any:
    return mapped_column(ARRAY(Text))


class Catalogus(Resource, Basis):
    __tablename__ = "catalogus"
    domein: Mapped[str]
    rsin: Mapped[str]
    contactpersoon_beheer_naam: Mapped[str]
    contactpersoon_beheer_telefoonnummer: Mapped[str]
    contactpersoon_beheer_emailadres: Mapped[str]
    naam: Mapped[str | None]
    versie: Mapped[str | None]
    begindatum_versie: Mapped[date | None]
    __table_args__ = (UniqueConstraint("domein", "rsin"), Index(None, "rsin"))


class Versie(Resource):
    """Wat zaaktype, besluittype en informatieobjecttype gemeen hebben: een versie van een type in een catalogus."""

    catalogus: Mapped[UUID] = mapped_column(ForeignKey("catalogi.catalogus.id"))
    omschrijving: Mapped[str]
    begin_geldigheid: Mapped[date]
    einde_geldigheid: Mapped[date | None]
    concept: Mapped[bool] = mapped_column(server_default="true")


class Zaaktype(Versie, Basis):
    __tablename__ = "zaaktype"
    identificatie: Mapped[str]
    omschrijving_generiek: Mapped[str]
    vertrouwelijkheidaanduiding: Mapped[str]
    doel: Mapped[str]
    aanleiding: Mapped[str]
    toelichting: Mapped[str]
    indicatie_intern_of_extern: Mapped[str]
    handeling_initiator: Mapped[str]
    onderwerp: Mapped[str]
    handeling_behandelaar: Mapped[str]
    doorlooptijd: Mapped[str]
    servicenorm: Mapped[str | None]
    opschorting_en_aanhouding_mogelijk: Mapped[bool]
    verlenging_mogelijk: Mapped[bool]
    verlengingstermijn: Mapped[str | None]
    trefwoorden: Mapped[list[str]] = _namen()
    publicatie_indicatie: Mapped[bool]
    publicatietekst: Mapped[str]
    verantwoordingsrelatie: Mapped[list[str]]
    producten_of_diensten: Mapped[list[str]]
    selectielijst_procestype: Mapped[str] = verwijzing()
    referentieproces: Mapped[dict[str, Any]]
    verantwoordelijke: Mapped[str]
    broncatalogus: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    bronzaaktype: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    versiedatum: Mapped[date | None]
    besluittype_omschrijving: Mapped[list[str]] = _namen()
    deelzaaktype_identificaties: Mapped[list[str]] = _namen()
    relaties: Mapped[list[Any]]  # {zaaktypeIdentificatie, aardRelatie, toelichting}
    __table_args__ = (
        Index(None, "catalogus", "identificatie"),
        Index(None, "identificatie"),
        Index(None, "besluittype_omschrijving", postgresql_using="gin"),
        Index(None, "trefwoorden", postgresql_using="gin"),
    )


class Informatieobjecttype(Versie, Basis):
    __tablename__ = "informatieobjecttype"
    vertrouwelijkheidaanduiding: Mapped[str]
    informatieobjectcategorie: Mapped[str]
    trefwoord: Mapped[list[str]]
    omschrijving_generiek: Mapped[dict[str, Any]]
    __table_args__ = (Index(None, "catalogus", "omschrijving"), Index(None, "omschrijving"))


class Besluittype(Versie, Basis):
    __tablename__ = "besluittype"
    omschrijving_generiek: Mapped[str]
    besluitcategorie: Mapped[str]
    reactietermijn: Mapped[str | None]
    publicatie_indicatie: Mapped[bool]
    publicatietekst: Mapped[str]
    publicatietermijn: Mapped[str | None]
    toelichting: Mapped[str]
    informatieobjecttype_omschrijvingen: Mapped[list[str]] = _namen()
    __table_args__ = (
        Index(None, "catalogus", "omschrijving"),
        Index(None, "omschrijving"),
        Index(None, "informatieobjecttype_omschrijvingen", postgresql_using="gin"),
    )


class Onderdeel(Resource):
    """Wat aan precies één zaaktypeversie hangt."""

    zaaktype: Mapped[UUID] = mapped_column(ForeignKey("catalogi.zaaktype.id", ondelete="CASCADE"), index=True)


class Statustype(Onderdeel, Basis):
    __tablename__ = "statustype"
    omschrijving: Mapped[str]
    omschrijving_generiek: Mapped[str]
    statustekst: Mapped[str]
    volgnummer: Mapped[int]
    informeren: Mapped[bool]
    doorlooptijd: Mapped[str | None]
    toelichting: Mapped[str | None]
    checklistitem_statustype: Mapped[list[Any]]
    __table_args__ = (UniqueConstraint("zaaktype", "volgnummer"),)


class Resultaattype(Onderdeel, Basis):
    __tablename__ = "resultaattype"
    omschrijving: Mapped[str]
    omschrijving_generiek: Mapped[str]
    resultaattypeomschrijving: Mapped[str] = verwijzing()
    selectielijstklasse: Mapped[str] = verwijzing()
    toelichting: Mapped[str]
    archiefnominatie: Mapped[str]
    archiefactietermijn: Mapped[str | None]
    brondatum_archiefprocedure: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    procesobjectaard: Mapped[str | None]
    indicatie_specifiek: Mapped[bool | None]
    procestermijn: Mapped[str | None]
    besluittype_omschrijving: Mapped[list[str]] = _namen()
    informatieobjecttype_omschrijving: Mapped[list[str]] = _namen()


class Roltype(Onderdeel, Basis):
    __tablename__ = "roltype"
    omschrijving: Mapped[str]
    omschrijving_generiek: Mapped[str] = mapped_column(index=True)


class ZaaktypeInformatieobjecttype(Onderdeel, Basis):
    __tablename__ = "zaaktypeinformatieobjecttype"
    informatieobjecttype: Mapped[str] = mapped_column(index=True)  # omschrijving
    volgnummer: Mapped[int]
    richting: Mapped[str]
    statustype: Mapped[UUID | None] = mapped_column(ForeignKey("catalogi.statustype.id", ondelete="SET NULL"))
    __table_args__ = (UniqueConstraint("zaaktype", "volgnummer"), Index(None, "statustype"))


class Eigenschap(Onderdeel, Basis):
    __tablename__ = "eigenschap"
    naam: Mapped[str]
    definitie: Mapped[str]
    specificatie: Mapped[dict[str, Any]]
    toelichting: Mapped[str]
    statustype: Mapped[UUID | None] = mapped_column(ForeignKey("catalogi.statustype.id", ondelete="SET NULL"))
    __table_args__ = (UniqueConstraint("zaaktype", "naam"), Index(None, "statustype"))


class Zaakobjecttype(Onderdeel, Basis):
    __tablename__ = "zaakobjecttype"
    ander_objecttype: Mapped[bool]
    objecttype: Mapped[str] = verwijzing(index=True)
    relatie_omschrijving: Mapped[str]


NAAMKOLOM: Mapping[type[Any], str] = {
    Zaaktype: "identificatie",
    Besluittype: "omschrijving",
    Informatieobjecttype: "omschrijving",
}
"""Waaraan de versies van één type elkaar herkennen, binnen hun catalogus (regels 3.3)."""
