"""Wat elke tabel van een registratie heeft."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Identity, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

ALLEEN_ZOEKEN = {"alleen_zoeken": True}
"""`info` van een kolom die er alleen voor een index is: de kit leest haar niet mee."""


class Resource:
    """Kolommen van elke resource: het uuid uit de URL, een vaste volgorde voor pagina's, en een revisie tegen verloren wijzigingen."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    revisie: Mapped[int] = mapped_column(server_default=text("1"))

    @declared_attr
    def nr(self) -> Mapped[int]:
        return mapped_column(BigInteger, Identity(), unique=True)


class Gespiegeld:
    """Een relatie die ook in een andere registratie staat. `mark` is leeg, of zegt wat er mee bezig is (zie `kit.spiegelen`)."""

    mark: Mapped[str] = mapped_column(server_default="")


class AuditTabel:
    """De audittrail van een registratie: elke schrijfactie op een hoofdobject en wat daaronder hangt."""

    __tablename__ = "audittrail"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    nr: Mapped[int] = mapped_column(BigInteger, Identity())
    hoofd: Mapped[UUID] = mapped_column(index=True)
    applicatie_id: Mapped[str]
    gebruikers_id: Mapped[str]
    gebruikers_weergave: Mapped[str]
    actie: Mapped[str]
    resultaat: Mapped[int]
    hoofd_object: Mapped[str]  # als dienst:pad
    resource: Mapped[str]
    resource_url: Mapped[str]  # als dienst:pad
    toelichting: Mapped[str]
    resource_weergave: Mapped[str]
    aanmaakdatum: Mapped[datetime]
    oud: Mapped[dict[str, Any] | None]
    nieuw: Mapped[dict[str, Any] | None]


class TellingTabel:
    """Hoeveel rijen een tabel per type en vertrouwelijkheid heeft; triggers houden het bij (zie `kit.tellingen`)."""

    __tablename__ = "telling"
    tabel: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(primary_key=True)
    va: Mapped[str] = mapped_column(primary_key=True)
    emmer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    aantal: Mapped[int] = mapped_column(BigInteger)


def verwijzing(**opties: Any) -> Any:
    """Een kolom met een URL naar een andere API, bewaard als `dienst:pad`."""
    return mapped_column(info={"verwijzing": True}, **opties)
