"""De gepubliceerde formulieren, uit de inrichting van de gemeente."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, Formulierdefinitie, lees_definitie
from integratie.configuratie import Configuratie, Einde, LijstOntbreekt
from kern.installatie import Installatie
from kern.versies import huidige_versie

log = structlog.get_logger()
NAMENS = "formulieren"
VERS = timedelta(seconds=10)
"""Zo lang gebruikt een proces een definitie zonder opnieuw te kijken. Wat dit platform zelf bewaart is er meteen; een wijziging
die een ander in de Objecten API maakt na hoogstens tien tellen."""


@dataclass(frozen=True)
class Gevonden:
    """Een formulier, en als het niets meer aanneemt sinds wanneer en waarom."""

    definitie: Formulierdefinitie
    einde: Einde | None


class Definities:
    """De definities op slug. Een definitie die niet klopt telt als niet aanwezig, met een regel in het log."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie
        self._veldtypen = veldtypen_van(installatie)
        self._bekend: dict[str, tuple[datetime, Any, Gevonden | None]] = {}

    def haal(self, slug: str) -> Gevonden | None:
        """Het formulier, of None. Alleen formulieren met een verzoektype zijn zelf in te dienen; de andere horen bij een taak."""
        nu, versie = self._installatie.klok.nu(), huidige_versie(self._installatie, "inrichting")
        bekend = self._bekend.get(slug)
        if bekend and bekend[1] == versie and bekend[0] <= nu < bekend[0] + VERS:
            return bekend[2]
        gevonden = self._lees(slug)
        self._bekend[slug] = (nu, versie, gevonden)
        return gevonden

    def _lees(self, slug: str) -> Gevonden | None:
        try:
            bewaard = Configuratie(self._installatie, namens=NAMENS).formulier(slug)
            if bewaard is None or "verzoektype" not in bewaard["definitie"].get("gegevens", {}):
                return None
            return Gevonden(lees_definitie(bewaard["definitie"], self._veldtypen), Einde.van(bewaard))
        except LijstOntbreekt as fout:
            log.error("formulier zonder referentielijst", formulier=slug, fout=str(fout))  # noqa: TRY400  # de fout zegt genoeg
            return None
        except DefinitieFout as fout:
            log.error("formulierdefinitie klopt niet", formulier=slug, fouten=[str(f) for f in fout.fouten])  # noqa: TRY400  # de fouten zeggen genoeg
            return None
