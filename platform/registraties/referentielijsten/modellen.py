"""De tabellen van de referentielijsten, in het schema `referentielijsten`."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource


class Basis(DeclarativeBase):
    metadata = maak_metadata("referentielijsten")
    type_annotation_map = TYPEN


class CommunicatieKanaal(Resource, Basis):
    __tablename__ = "communicatiekanaal"
    naam: Mapped[str] = mapped_column(unique=True)
    omschrijving: Mapped[str]


class ProcesType(Resource, Basis):
    __tablename__ = "procestype"
    nummer: Mapped[int]
    jaar: Mapped[int]
    naam: Mapped[str]
    omschrijving: Mapped[str]
    toelichting: Mapped[str]
    procesobject: Mapped[str]
    __table_args__ = (UniqueConstraint("jaar", "nummer"),)


class Resultaat(Resource, Basis):
    __tablename__ = "resultaat"
    proces_type: Mapped[UUID] = mapped_column(ForeignKey("referentielijsten.procestype.id", ondelete="CASCADE"))
    nummer: Mapped[int]
    volledig_nummer: Mapped[str]
    naam: Mapped[str]
    omschrijving: Mapped[str]
    herkomst: Mapped[str]
    waardering: Mapped[str]
    procestermijn: Mapped[str]
    procestermijn_opmerking: Mapped[str]
    bewaartermijn: Mapped[str | None]
    toelichting: Mapped[str]
    algemeen_bestuur_en_inrichting_organisatie: Mapped[bool]
    bedrijfsvoering_en_personeel: Mapped[bool]
    publieke_informatie_en_registratie: Mapped[bool]
    burgerzaken: Mapped[bool]
    veiligheid: Mapped[bool]
    verkeer_en_vervoer: Mapped[bool]
    economie: Mapped[bool]
    onderwijs: Mapped[bool]
    sport_cultuur_en_recreatie: Mapped[bool]
    sociaal_domein: Mapped[bool]
    volksgezonheid_en_milieu: Mapped[bool]
    vhrosv: Mapped[bool]
    heffen_belastingen: Mapped[bool]
    alle_taakgebieden: Mapped[bool]
    __table_args__ = (UniqueConstraint("proces_type", "volledig_nummer"),)


class ResultaattypeOmschrijving(Resource, Basis):
    __tablename__ = "resultaattypeomschrijving"
    omschrijving: Mapped[str] = mapped_column(unique=True)
    definitie: Mapped[str]
    opmerking: Mapped[str]
