"""De tabellen van de Notificaties API, in het schema `notificaties`. Berichten staan alleen in de outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.tabel import verwijzing


class Basis(DeclarativeBase):
    metadata = maak_metadata("notificaties")
    type_annotation_map = TYPEN


class Kanaal(Resource, Basis):
    __tablename__ = "kanaal"
    naam: Mapped[str] = mapped_column(unique=True)
    documentatie_link: Mapped[str]
    filters: Mapped[list[str]]


class Abonnement(Resource, Basis):
    """`hapert_tot`: de abonnee was niet te bereiken; tot dan krijgt hij geen pogingen die anderen laten wachten."""

    __tablename__ = "abonnement"
    callback_url: Mapped[str] = verwijzing()
    geheim: Mapped[bytes]  # de Authorization-header, versleuteld
    kanalen: Mapped[list[Any]]
    eigenaar: Mapped[str]  # client_id
    send_cloudevents: Mapped[bool] = mapped_column(server_default=text("false"))
    cloudevent_filters: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    hapert_tot: Mapped[datetime | None]
