"""Alles wat bij het versturen van één zending bekend is, met wat de kanalen daarvan delen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracten import Bijlage
from formuliermotor.brief import Gevuld
from integratie.documenten.schemas import DocumentUit
from integratie.geadresseerde import Geadresseerde
from integratie.zaken.schemas import RolUit, ZaakUit
from processen.verzenden.voorkeur import Voorkeur


@dataclass(frozen=True)
class Post:
    """Alles wat bij het versturen van één zending bekend is."""

    rij: Mapping[str, Any]
    zaak: ZaakUit
    rol: RolUit
    documenten: list[DocumentUit]
    gevuld: Gevuld
    geadresseerde: Geadresseerde
    voorkeur: Voorkeur

    @property
    def referentie(self) -> str:
        """Het kenmerk van het bericht in MijnGemeente: steeds hetzelfde bij deze zending."""
        return str(self.rij["id"].hex[:25])

    @property
    def wat(self) -> str:
        """Wat er verstuurd wordt, voor het bewijs: het onderwerp en de documenten."""
        return ", ".join([self.gevuld.onderwerp, *(document.titel for document in self.documenten)])

    @property
    def bijlagen(self) -> tuple[Bijlage, ...]:
        """De documenten, zoals een kanaal ze meestuurt."""
        return tuple(
            Bijlage(document.url, document.bestandsnaam or "document.pdf", document.formaat or "application/pdf")
            for document in self.documenten
        )
