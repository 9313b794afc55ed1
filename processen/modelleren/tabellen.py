"""De tabellen van de werkbank (schema `modelleren`): bewaarstanden, geen dossiers. Gepubliceerde versies zijn objecten."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, Integer, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata


class Basis(DeclarativeBase):
    metadata = maak_metadata("modelleren")
    type_annotation_map = TYPEN


class Werkversie(Basis):
    """Een pakket waaraan gewerkt wordt. `versie` telt elke wijziging; tot en met `gelijk_bij` is zij gelijk aan wat er staat."""

    __tablename__ = "werkversie"
    pakket: Mapped[str] = mapped_column(primary_key=True)
    titel: Mapped[str]
    versie: Mapped[int] = mapped_column(Integer)
    gelijk_bij: Mapped[int] = mapped_column(Integer)
    begonnen: Mapped[datetime]
    gewijzigd: Mapped[datetime]
    door: Mapped[str]
    door_naam: Mapped[str]


class Bestand(Basis):
    """Eén bestand van een werkversie. `versie` is die van de werkversie bij de laatste wijziging van dit bestand.

    `basis` is het bestand zoals het geïnstalleerd is: zo is te zien wie wat veranderde. Een bestand zonder `inhoud` is weggehaald.
    """

    __tablename__ = "bestand"
    pakket: Mapped[str] = mapped_column(primary_key=True)
    pad: Mapped[str] = mapped_column(primary_key=True)
    inhoud: Mapped[bytes | None]
    basis: Mapped[bytes | None]
    versie: Mapped[int] = mapped_column(Integer)
    gewijzigd: Mapped[datetime]
    door: Mapped[str]
    door_naam: Mapped[str]


class Stap(Basis):
    """Eén wijziging, om terug te gaan. `bewaard`, of `geparkeerd`: wat iemand instuurde terwijl een collega net iets anders bewaarde."""

    __tablename__ = "stap"
    pakket: Mapped[str] = mapped_column(primary_key=True)
    nr: Mapped[int] = mapped_column(Integer, primary_key=True)
    pad: Mapped[str] = mapped_column(primary_key=True)
    soort: Mapped[str]
    oud: Mapped[bytes | None]
    nieuw: Mapped[bytes | None]
    ongedaan: Mapped[bool] = mapped_column(Boolean)
    wat: Mapped[str]
    tijdstip: Mapped[datetime]
    door: Mapped[str]
    door_naam: Mapped[str]


class Proef(Basis):
    """Eén keer alle scenario's van een werkversie spelen. `staat` is wacht, loopt, klaar of afgebroken; `regels` het verslag tot nu toe."""

    __tablename__ = "proef"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    pakket: Mapped[str]
    versie: Mapped[int] = mapped_column(Integer)
    alleen: Mapped[str]
    staat: Mapped[str]
    regels: Mapped[list[str]]
    uitslag: Mapped[dict[str, Any]]
    gevraagd: Mapped[datetime]
    klaar: Mapped[datetime | None]
    door: Mapped[str]
    door_naam: Mapped[str]
    __table_args__ = (Index("ix_proef_pakket_gevraagd", "pakket", "gevraagd"),)


class Proefrun(Basis):
    """Een proefrun van een beheerder: het scenario tot nu toe, en hoe het er daarna voor staat.

    Elke stap komt bij `scenario`, dat de worker dan opnieuw speelt op een installatie van zichzelf. `staat` is wacht, klaar of
    mislukt; `stukken` zijn de brieven (naam en inhoud in base64). `nieuw` is de stap die nog gespeeld moet worden.
    """

    __tablename__ = "proefrun"
    pakket: Mapped[str] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(primary_key=True)
    door_naam: Mapped[str]
    versie: Mapped[int] = mapped_column(Integer)
    scenario: Mapped[dict[str, Any]]
    nieuw: Mapped[dict[str, Any] | None]
    staat: Mapped[str]
    melding: Mapped[str]
    beeld: Mapped[dict[str, Any]]
    stukken: Mapped[list[Any]]
    gevraagd: Mapped[datetime]
    klaar: Mapped[datetime | None]
    duur: Mapped[float]


class Aanvraag(Basis):
    """Iemand vraagt een collega om te publiceren, terug te draaien of uit te faseren (vier ogen). Verandert de werkversie, dan vervalt zij.

    `nummer` is de versie die erbij komt, of waar het naar terug gaat; `waarheen` wat inwoners bij uitfaseren lezen, per taal. `staat` is
    open of geweigerd, dan met `reden`; wat gedaan of ingetrokken is staat er niet meer. `id` wijst aan welke vraag een collega las.
    """

    __tablename__ = "aanvraag"
    pakket: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(Integer)
    soort: Mapped[str] = mapped_column(server_default="publiceren")
    nummer: Mapped[str]
    toelichting: Mapped[str]
    waarheen: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    gevraagd: Mapped[datetime]
    door: Mapped[str]
    door_naam: Mapped[str]
    id: Mapped[UUID] = mapped_column(server_default=func.gen_random_uuid())
    staat: Mapped[str] = mapped_column(server_default="open")
    reden: Mapped[str] = mapped_column(server_default="")
    beslist: Mapped[datetime | None]
    beslist_door_naam: Mapped[str] = mapped_column(server_default="")
