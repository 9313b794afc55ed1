"""De tabel van zendingen. Adressen en BSN's staan er niet in: de ontvanger wordt bij het versturen opgezocht."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from processen.motor.tabellen import Basis


class Zending(Basis):
    __tablename__ = "zending"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    zaak: Mapped[str] = mapped_column(index=True)  # als dienst:pad, net als de andere verwijzingen
    sjabloon: Mapped[str]
    soort: Mapped[str]
    gegevens: Mapped[dict[str, Any]]
    documenten: Mapped[list[str]]
    bijlagen_in_email: Mapped[bool]
    kanaal: Mapped[str] = mapped_column(server_default="voorkeur")
    besluit: Mapped[str | None]
    verzoek: Mapped[str | None]
    aard: Mapped[str] = mapped_column(server_default="overig")
    ontvangst: Mapped[bool] = mapped_column(server_default="false")
    staat: Mapped[str] = mapped_column(index=True)  # klaar, verzonden, mislukt
    kanalen: Mapped[list[str]]
    onderwerp: Mapped[str]
    tekst: Mapped[str] = mapped_column(server_default="")  # wat er verstuurd is, woord voor woord
    aangemaakt: Mapped[datetime]
    verzonden: Mapped[datetime | None]
    bewijs: Mapped[list[Any]] = mapped_column(server_default="[]")
