"""De tabellen van de Producttypen API, in het schema `producttypen`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, ForeignKey, Index, Table, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.tabel import ALLEEN_ZOEKEN
from kit.trigram import trigramindex, trigramkolom


class Basis(DeclarativeBase):
    metadata = maak_metadata("producttypen")
    type_annotation_map = TYPEN


def _verwijst(tabel: str, **opties: Any) -> Any:
    return mapped_column(ForeignKey(f"producttypen.{tabel}.id", ondelete="CASCADE"), index=True, **opties)


def _lijst_index(tabel: str, kolom: str, soort: str = "jsonb_path_ops") -> Index:
    return Index(f"ix_{tabel}_{kolom}", kolom, postgresql_using="gin", postgresql_ops={kolom: soort})


class _Adres:
    naam: Mapped[str] = mapped_column(index=True)
    email: Mapped[str]
    telefoonnummer: Mapped[str]
    straat: Mapped[str]
    huisnummer: Mapped[str]
    postcode: Mapped[str] = mapped_column(index=True)
    stad: Mapped[str] = mapped_column(index=True)


class Locatie(_Adres, Resource, Basis):
    __tablename__ = "locatie"


class Organisatie(_Adres, Resource, Basis):
    __tablename__ = "organisatie"
    code: Mapped[str] = mapped_column(unique=True)


class Contact(Resource, Basis):
    __tablename__ = "contact"
    organisatie_uuid: Mapped[UUID | None] = mapped_column(
        ForeignKey("producttypen.organisatie.id", ondelete="SET NULL"), index=True
    )
    naam: Mapped[str] = mapped_column(index=True)
    email: Mapped[str]
    telefoonnummer: Mapped[str]
    rol: Mapped[str] = mapped_column(index=True)


class Thema(Resource, Basis):
    __tablename__ = "thema"
    naam: Mapped[str] = mapped_column(index=True)
    beschrijving: Mapped[str]
    gepubliceerd: Mapped[bool]
    hoofd_thema: Mapped[UUID | None] = mapped_column(ForeignKey("producttypen.thema.id"), index=True)
    aanmaak_datum: Mapped[datetime] = mapped_column(index=True)
    update_datum: Mapped[datetime] = mapped_column(index=True)


class JsonSchema(Resource, Basis):
    __tablename__ = "jsonschema"
    naam: Mapped[str] = mapped_column(unique=True)
    json_schema: Mapped[dict[str, Any]]


class ProductType(Resource, Basis):
    __tablename__ = "producttype"
    uniforme_product_naam: Mapped[str | None] = mapped_column(index=True)
    doelgroep: Mapped[str] = mapped_column(index=True)
    eigenaar: Mapped[str | None]
    naam: Mapped[str] = mapped_column(index=True)
    samenvatting: Mapped[str]
    externe_codes: Mapped[list[Any]]
    parameters: Mapped[list[Any]]
    publicatie_start_datum: Mapped[date | None] = mapped_column(index=True)
    publicatie_eind_datum: Mapped[date | None] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(unique=True)
    toegestane_statussen: Mapped[list[str]]
    keywords: Mapped[list[str]]
    interne_opmerkingen: Mapped[str]
    zaaktypen: Mapped[list[Any]]
    verzoektypen: Mapped[list[Any]]
    processen: Mapped[list[Any]]
    verbruiksobject_schema_id: Mapped[UUID | None] = mapped_column(ForeignKey("producttypen.jsonschema.id"), index=True)
    dataobject_schema_id: Mapped[UUID | None] = mapped_column(ForeignKey("producttypen.jsonschema.id"), index=True)
    aanmaak_datum: Mapped[datetime] = mapped_column(index=True)
    update_datum: Mapped[datetime] = mapped_column(index=True)
    vertalingen: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    __table_args__ = (
        _lijst_index("producttype", "externe_codes"),
        _lijst_index("producttype", "parameters"),
        _lijst_index("producttype", "zaaktypen"),
        _lijst_index("producttype", "verzoektypen"),
        _lijst_index("producttype", "processen"),
        _lijst_index("producttype", "keywords", "jsonb_ops"),
        _lijst_index("producttype", "toegestane_statussen", "jsonb_ops"),
    )


def _koppeling(naam: str) -> Table:
    """Welke producttypen bij welke `naam` horen."""
    return Table(
        f"producttype_{naam}",
        Basis.metadata,
        Column("producttype", Uuid, ForeignKey("producttypen.producttype.id", ondelete="CASCADE"), primary_key=True),
        Column("doel", Uuid, ForeignKey(f"producttypen.{naam}.id", ondelete="CASCADE"), primary_key=True, index=True),
    )


BIJ_THEMA = _koppeling("thema")
BIJ_LOCATIE = _koppeling("locatie")
BIJ_ORGANISATIE = _koppeling("organisatie")
BIJ_CONTACT = _koppeling("contact")


class ContentLabel(Resource, Basis):
    __tablename__ = "contentlabel"
    naam: Mapped[str] = mapped_column(unique=True)


class ContentElement(Resource, Basis):
    __tablename__ = "contentelement"
    producttype_uuid: Mapped[UUID | None] = _verwijst("producttype")
    thema_uuid: Mapped[UUID | None] = _verwijst("thema")
    content: Mapped[str]
    aanvullende_informatie: Mapped[str]
    labels: Mapped[list[str]]
    vertalingen: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    __table_args__ = (
        CheckConstraint("num_nonnulls(producttype_uuid, thema_uuid) = 1", name="bij_een"),
        _lijst_index("contentelement", "labels", "jsonb_ops"),
    )


class Prijs(Resource, Basis):
    __tablename__ = "prijs"
    producttype_uuid: Mapped[UUID] = mapped_column(ForeignKey("producttypen.producttype.id", ondelete="CASCADE"))
    actief_vanaf: Mapped[date] = mapped_column(index=True)
    prijsopties: Mapped[list[Any]]
    prijsregels: Mapped[list[Any]]
    __table_args__ = (
        UniqueConstraint("producttype_uuid", "actief_vanaf"),
        _lijst_index("prijs", "prijsopties"),
        _lijst_index("prijs", "prijsregels"),
    )


class Link(Resource, Basis):
    __tablename__ = "link"
    producttype_uuid: Mapped[UUID] = _verwijst("producttype")
    naam: Mapped[str] = mapped_column(index=True)
    url: Mapped[str] = mapped_column(index=True)


class DmnConfig(Resource, Basis):
    __tablename__ = "dmnconfig"
    naam: Mapped[str] = mapped_column(unique=True)
    tabel_endpoint: Mapped[str] = mapped_column(unique=True)


class Actie(Resource, Basis):
    __tablename__ = "actie"
    producttype_uuid: Mapped[UUID] = _verwijst("producttype")
    naam: Mapped[str] = mapped_column(index=True)
    direct_url: Mapped[str | None] = mapped_column(index=True)
    tabel_endpoint: Mapped[str | None] = mapped_column(index=True)
    dmn_tabel_id: Mapped[str | None] = mapped_column(index=True)
    mapping: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Bestand(Resource, Basis):
    """Een bestand bij een producttype, met zijn inhoud: folders van hoogstens enkele MB, die zo met de rij komen en gaan."""

    __tablename__ = "bestand"
    producttype_uuid: Mapped[UUID] = _verwijst("producttype")
    bestandsnaam: Mapped[str] = mapped_column(index=True)
    inhoud: Mapped[bytes] = mapped_column(deferred=True, info=ALLEEN_ZOEKEN)


class UniformeProductnaam(Resource, Basis):
    __tablename__ = "uniformeproductnaam"
    naam: Mapped[str] = mapped_column(unique=True)
    uri: Mapped[str]
    sdg: Mapped[list[str]]
    is_verwijderd: Mapped[bool]


class Synoniem(Resource, Basis):
    """Woorden die bij het zoeken hetzelfde betekenen."""

    __tablename__ = "synoniem"
    woorden: Mapped[list[str]]
    stammen: Mapped[list[str]] = mapped_column(
        Computed("producttypen.stammen(woorden)", persisted=True), deferred=True, info=ALLEEN_ZOEKEN
    )
    __table_args__ = (
        _lijst_index("synoniem", "woorden", "jsonb_ops"),
        _lijst_index("synoniem", "stammen", "jsonb_ops"),
    )


class Zoekregel(Basis):
    """Waarop een producttype te vinden is; `registraties.producttypen.zoekindex` houdt haar bij."""

    __tablename__ = "zoekregel"
    producttype: Mapped[UUID] = mapped_column(
        ForeignKey("producttypen.producttype.id", ondelete="CASCADE"), primary_key=True
    )
    tekst: Mapped[str]
    kop: Mapped[Any] = mapped_column(TSVECTOR)
    publicatie_start_datum: Mapped[date | None]
    publicatie_eind_datum: Mapped[date | None]
    woorden: Mapped[Any] = mapped_column(TSVECTOR)
    __table_args__ = (
        Index("ix_zoekregel_woorden", "woorden", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_zoekregel_kop", "kop", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    )


class Zoekwoord(Basis):
    """Elk woord uit de catalogus, om een tikfout te herkennen; met spaties eromheen, zodat ook begin en eind meetellen."""

    __tablename__ = "zoekwoord"
    woord: Mapped[str] = mapped_column(primary_key=True)
    trigrammen: Mapped[list[int]] = trigramkolom("producttypen", "'  ' || woord || ' '")
    __table_args__ = (trigramindex("ix_zoekwoord_trigrammen", "trigrammen"),)
