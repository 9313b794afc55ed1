"""De tabellen van de Producttypen API, in het schema `producttypen`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource

ZOEKTEKST = "to_tsvector('dutch', naam || ' ' || samenvatting || ' ' || (keywords)::text)"


class Basis(DeclarativeBase):
    metadata = maak_metadata("producttypen")
    type_annotation_map = TYPEN


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
    publicatie_eind_datum: Mapped[date | None]
    code: Mapped[str] = mapped_column(unique=True)
    toegestane_statussen: Mapped[list[str]]
    keywords: Mapped[list[str]]
    interne_opmerkingen: Mapped[str]
    zaaktypen: Mapped[list[Any]]
    verzoektypen: Mapped[list[Any]]
    processen: Mapped[list[Any]]
    aanmaak_datum: Mapped[datetime]
    update_datum: Mapped[datetime]
    vertalingen: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    zoektekst: Mapped[Any] = mapped_column(TSVECTOR, Computed(ZOEKTEKST, persisted=True))
    __table_args__ = (Index("ix_producttype_zoektekst", "zoektekst", postgresql_using="gin"),)


class ContentElement(Resource, Basis):
    __tablename__ = "contentelement"
    producttype_uuid: Mapped[UUID] = mapped_column(
        ForeignKey("producttypen.producttype.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[str]
    aanvullende_informatie: Mapped[str]
    labels: Mapped[list[str]]
    vertalingen: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


class Prijs(Resource, Basis):
    __tablename__ = "prijs"
    producttype_uuid: Mapped[UUID] = mapped_column(ForeignKey("producttypen.producttype.id", ondelete="CASCADE"))
    actief_vanaf: Mapped[date]
    prijsopties: Mapped[list[Any]]
    prijsregels: Mapped[list[Any]]
    __table_args__ = (UniqueConstraint("producttype_uuid", "actief_vanaf"),)


class Link(Resource, Basis):
    __tablename__ = "link"
    producttype_uuid: Mapped[UUID] = mapped_column(
        ForeignKey("producttypen.producttype.id", ondelete="CASCADE"), index=True
    )
    naam: Mapped[str]
    url: Mapped[str]
