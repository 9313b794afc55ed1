"""De tabel van officiële bekendmakingen."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from processen.motor.tabellen import Basis


class Publicatie(Basis):
    __tablename__ = "publicatie"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    zaak: Mapped[str] = mapped_column(index=True)  # als dienst:pad, net als de andere verwijzingen
    besluit: Mapped[str | None]
    bekendmaakt: Mapped[bool]
    titel: Mapped[str]
    soort: Mapped[str]
    rubriek: Mapped[str]
    onderwerp: Mapped[str]
    tekst: Mapped[str]
    locatie: Mapped[str]
    gebied: Mapped[dict[str, Any] | None]
    datum: Mapped[date | None]
    ingangsdatum: Mapped[date | None]
    termijn: Mapped[str | None]
    termijn_naam: Mapped[str]
    bijlagen: Mapped[list[str]]
    staat: Mapped[str] = mapped_column(index=True)  # concept, aangeleverd, gepubliceerd, geweigerd, mislukt
    nagekeken: Mapped[bool]
    aangemaakt: Mapped[datetime]
    aangeleverd: Mapped[datetime | None]
    kenmerk: Mapped[str]
    nummer: Mapped[str]
    gepubliceerd: Mapped[date | None]
    adres: Mapped[str]
    laatste_dag: Mapped[date | None]
    reden: Mapped[str]
