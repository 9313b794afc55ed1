"""De tabellen van de Contactgegevens API, in het schema `contactgegevens`."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource


class Basis(DeclarativeBase):
    metadata = maak_metadata("contactgegevens")
    type_annotation_map = TYPEN


class Persoon(Resource, Basis):
    __tablename__ = "persoon"
    geboortedatum: Mapped[date]
    overlijdensdatum: Mapped[date | None]
    geslachtsnaam: Mapped[str]
    geslacht: Mapped[str]
    voorvoegsel: Mapped[str]
    voornamen: Mapped[str]
    adres: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Organisatie(Resource, Basis):
    __tablename__ = "organisatie"
    handelsnaam: Mapped[str]
    oprichtingsdatum: Mapped[date | None]
    opheffingsdatum: Mapped[date | None]
    adres: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
