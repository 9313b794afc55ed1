"""De tabel van de Producten API, in het schema `producten`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.tabel import verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("producten")
    type_annotation_map = TYPEN


class Product(Resource, Basis):
    __tablename__ = "product"
    producttype_uuid: Mapped[UUID] = mapped_column(index=True)
    producttype: Mapped[dict[str, Any]]
    naam: Mapped[str] = mapped_column(index=True)
    start_datum: Mapped[date | None] = mapped_column(index=True)
    eind_datum: Mapped[date | None] = mapped_column(index=True)
    gepubliceerd: Mapped[bool]
    eigenaren: Mapped[list[Any]]
    documenten: Mapped[list[Any]]
    zaken: Mapped[list[Any]]
    taken: Mapped[list[Any]]
    status: Mapped[str] = mapped_column(index=True)
    prijs: Mapped[Decimal | None] = mapped_column(index=True)
    frequentie: Mapped[str]
    verbruiksobject: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    dataobject: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aanvraag_zaak_urn: Mapped[str | None] = mapped_column(index=True)
    aanvraag_zaak_url: Mapped[str | None] = verwijzing(index=True)
    aanmaak_datum: Mapped[datetime] = mapped_column(index=True)
    update_datum: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = tuple(
        Index(f"ix_product_{kolom}", kolom, postgresql_using="gin", postgresql_ops={kolom: "jsonb_path_ops"})
        for kolom in ("eigenaren", "zaken", "documenten", "taken", "verbruiksobject", "dataobject")
    )
