"""De tabellen van kern: technische toestand, geen domein. Schema `kern`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.deel import Deel

NAMEN = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TYPEN = {
    datetime: DateTime(timezone=True),
    str: Text(),
    dict[str, Any]: JSONB(),
    list[Any]: JSONB(),
    list[str]: JSONB(),
    bytes: LargeBinary(),
}


def maak_metadata(schema: str) -> MetaData:
    """De metadata voor de tabellen van één onderdeel: eigen schema en vaste namen."""
    return MetaData(schema=schema, naming_convention=NAMEN)


class Basis(DeclarativeBase):
    metadata = MetaData(schema="kern", naming_convention=NAMEN)
    type_annotation_map = TYPEN


class Adres(Basis):
    """Publieke adressen die deze installatie heeft of had."""

    __tablename__ = "adres"
    adres: Mapped[str] = mapped_column(primary_key=True)


class OutboxTabel(Basis):
    """Werk dat een transactie naliet. Rijen met dezelfde (verwerker, sleutel) gaan op volgorde van `id`."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    verwerker: Mapped[str]
    sleutel: Mapped[str | None]
    inhoud: Mapped[dict[str, Any]]
    staat: Mapped[str] = mapped_column(server_default=text("'wacht'"))  # wacht, bezig, dood
    vanaf: Mapped[datetime]
    pogingen: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    lease: Mapped[UUID | None]
    lease_tot: Mapped[datetime | None]
    fout: Mapped[str | None]
    aangemaakt: Mapped[datetime]
    spoor: Mapped[str] = mapped_column(server_default=text("''"))
    __table_args__ = (
        Index("ix_outbox_klaar", "vanaf", "id", postgresql_where=text("staat <> 'dood'")),
        Index("ix_outbox_volgorde", "verwerker", "sleutel", "id"),
    )


class Idempotentie(Basis):
    """Antwoorden op verzoeken met een Idempotency-Key, uniek per aanroeper."""

    __tablename__ = "idempotentie"
    client: Mapped[str] = mapped_column(primary_key=True)
    sleutel: Mapped[str] = mapped_column(primary_key=True)
    vingerafdruk: Mapped[str]
    status: Mapped[int | None]
    antwoord: Mapped[bytes | None]
    headers: Mapped[dict[str, Any] | None]
    aangemaakt: Mapped[datetime] = mapped_column(index=True)


class Concept(Basis):
    """Een concept van iemand: inzending onderweg, bewaarstand van een editor. Versleuteld, vervalt, echt verwijderd."""

    __tablename__ = "concept"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    soort: Mapped[str]
    eigenaar: Mapped[str] = mapped_column(index=True)  # afgeleide sleutel, nooit een BSN
    versie: Mapped[int]
    inhoud: Mapped[bytes]
    verloopt: Mapped[datetime] = mapped_column(index=True)


class Toegangssleutel(Basis):
    """Waarmee een machine zich aanmeldt: een client_id met geheim (zgw), of een token met rechten per API."""

    __tablename__ = "toegangssleutel"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    soort: Mapped[str]  # zgw, token
    client_id: Mapped[str]
    geheim: Mapped[bytes]  # versleuteld (zgw) of sha256 (token)
    rechten: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    tot: Mapped[date | None]  # de laatste dag dat een token geldt; leeg: tot het ingetrokken wordt
    __table_args__ = (UniqueConstraint("soort", "client_id"), UniqueConstraint("soort", "geheim"))


class Verwerking(Basis):
    """Een regel van het Logboek dataverwerkingen (LDV). De betrokkene staat er alleen versleuteld in."""

    __tablename__ = "verwerking"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    trace_id: Mapped[str] = mapped_column(index=True)
    operation_id: Mapped[str]
    status: Mapped[str]
    naam: Mapped[str]
    begin: Mapped[datetime] = mapped_column(index=True)
    eind: Mapped[datetime]
    verwerkingsactiviteit: Mapped[str]
    betrokkene: Mapped[bytes]  # versleuteld
    betrokkene_sleutel: Mapped[str]  # afgeleid, om op te zoeken wie mijn gegevens gebruikte
    betrokkene_soort: Mapped[str]
    __table_args__ = (
        Index("ix_verwerking_betrokkene_sleutel_begin", "betrokkene_sleutel", "begin"),
        Index("ix_verwerking_activiteit_begin", "verwerkingsactiviteit", "begin"),
    )


class Auditregel(Basis):
    """Wie van de medewerkers wat deed. Apart van de LDV-regel, die geen gebruiker bevat."""

    __tablename__ = "auditregel"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    tijdstip: Mapped[datetime] = mapped_column(index=True)
    gebruiker: Mapped[str] = mapped_column(index=True)
    actie: Mapped[str]
    onderwerp: Mapped[str]
    trace_id: Mapped[str]


class Importstand(Basis):
    """Hoe ver een import uit een ander systeem is, per stap. `verder` is waar de bron verdergaat; leeg en `klaar`: alles gelezen."""

    __tablename__ = "importstand"
    herkomst: Mapped[str] = mapped_column(primary_key=True)
    stap: Mapped[str] = mapped_column(primary_key=True)
    verder: Mapped[str] = mapped_column(server_default=text("''"))
    klaar: Mapped[bool] = mapped_column(server_default=text("false"))
    tellingen: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class Importregel(Basis):
    """Wat een import niet kon overnemen, en waarom."""

    __tablename__ = "importregel"
    herkomst: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    stap: Mapped[str]
    reden: Mapped[str]


class Importverwijzing(Basis):
    """Wat hier al stond onder een ander nummer dan in het andere systeem; beide als dienst:pad."""

    __tablename__ = "importverwijzing"
    herkomst: Mapped[str] = mapped_column(primary_key=True)
    daar: Mapped[str] = mapped_column(primary_key=True)
    hier: Mapped[str]


KERN = Deel("kern", "kern", tabellen=Basis.metadata)
