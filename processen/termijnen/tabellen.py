"""De tabellen van de wettelijke klok (schema `termijnen`).

Het grootboek van gebeurtenissen groeit alleen aan: een regel wordt nooit gewijzigd (de database weigert het), en alleen de
vernietiging van de zaak haalt haar weg. De klok zelf is een uitkomst, die altijd opnieuw uit het grootboek te berekenen is.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata

OPEN = text("NOT gesloten")


class Basis(DeclarativeBase):
    metadata = maak_metadata("termijnen")
    type_annotation_map = TYPEN


class Klok(Basis):
    """De klok van één zaak; `id` is het uuid van de zaak en `regels` wat er bij het begin gold.

    `keerdagen` zijn de dagen die iets anders zouden geven als het een feestdag of een storing was. `gemeld` is wat de zaak weet, en
    `volgende` wanneer de uitkomst vanzelf verandert.
    """

    __tablename__ = "klok"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    zaak: Mapped[str] = mapped_column(unique=True)
    zaaknummer: Mapped[str]
    zaaktype: Mapped[str]
    zaaktype_naam: Mapped[str]
    soort: Mapped[str]
    regels: Mapped[dict[str, Any]]
    werkdagen: Mapped[int] = mapped_column(Integer)
    versie: Mapped[int] = mapped_column(Integer)
    gesloten: Mapped[bool] = mapped_column(Boolean)
    toestand: Mapped[str]
    begin: Mapped[date | None]
    einddatum: Mapped[date | None]
    streefdatum: Mapped[date | None]
    dreigt_vanaf: Mapped[date | None]
    opgeschort_vanaf: Mapped[date | None]
    opgeschort_tot: Mapped[date | None]
    keerdagen: Mapped[list[date]] = mapped_column(ARRAY(Date))
    gemeld: Mapped[dict[str, Any]]
    volgende: Mapped[datetime | None]
    sein: Mapped[int | None] = mapped_column(BigInteger)
    aangemaakt: Mapped[datetime]
    __table_args__ = (
        Index("ix_klok_open", "einddatum", "id", postgresql_where=OPEN),
        Index("ix_klok_zaaktype", "zaaktype", "einddatum", postgresql_where=OPEN),
        Index("ix_klok_keerdagen", "keerdagen", postgresql_using="gin", postgresql_where=OPEN),
    )


class Regel(Basis):
    """Eén regel van het grootboek. Met `herroept` is het een correctie: die andere regel telt niet meer mee."""

    __tablename__ = "gebeurtenis"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    klok: Mapped[UUID]
    nr: Mapped[int] = mapped_column(Integer)
    soort: Mapped[str]
    dag: Mapped[date]
    tot: Mapped[date | None]
    duur: Mapped[str]
    reden: Mapped[str]
    grondslag: Mapped[str]
    door: Mapped[str]
    door_naam: Mapped[str]
    vastgelegd: Mapped[datetime]
    herroept: Mapped[UUID | None]
    __table_args__ = (UniqueConstraint("klok", "nr"),)


class Wekker(Basis):
    """Een proces dat op een moment wacht. `om` schuift mee met de klok; `beurt` telt hoe vaak het bericht al gegeven is."""

    __tablename__ = "wekker"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    klok: Mapped[UUID] = mapped_column(index=True)
    moment: Mapped[str]
    datum: Mapped[date | None]
    werkdagen: Mapped[int] = mapped_column(Integer)
    om: Mapped[date | None]
    gegeven: Mapped[date | None]
    beurt: Mapped[int] = mapped_column(Integer)


class Storing(Basis):
    """Een storing van het digitale kanaal (Awb 2:21)."""

    __tablename__ = "storing"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    begin: Mapped[datetime]
    einde: Mapped[datetime | None]
    omschrijving: Mapped[str]
    ingetrokken: Mapped[bool] = mapped_column(Boolean)
    door: Mapped[str]
    door_naam: Mapped[str]
    vastgelegd: Mapped[datetime]


class Feestdag(Basis):
    """Een dag die met een algemeen erkende feestdag is gelijkgesteld (Atw artikel 3, lid 3)."""

    __tablename__ = "feestdag"
    dag: Mapped[date] = mapped_column(primary_key=True)
    naam: Mapped[str]
    grondslag: Mapped[str]
    door: Mapped[str]
    door_naam: Mapped[str]
    vastgelegd: Mapped[datetime]
