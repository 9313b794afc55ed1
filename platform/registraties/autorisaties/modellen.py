"""De tabellen van de Autorisaties API, in het schema `autorisaties`."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource


class Basis(DeclarativeBase):
    metadata = maak_metadata("autorisaties")
    type_annotation_map = TYPEN


class Applicatie(Resource, Basis):
    __tablename__ = "applicatie"
    client_ids: Mapped[list[str]]
    label: Mapped[str]
    heeft_alle_autorisaties: Mapped[bool]
    alleen_is_gereed_voor_publicatie: Mapped[bool]
    autorisaties: Mapped[list[Any]]  # types als dienst:pad


class Client(Basis):
    """Elk client_id hoort bij precies één applicatie (ac-001), ook bij gelijktijdige verzoeken."""

    __tablename__ = "client"
    client_id: Mapped[str] = mapped_column(primary_key=True)
    applicatie: Mapped[UUID] = mapped_column(ForeignKey("autorisaties.applicatie.id", ondelete="CASCADE"), index=True)
