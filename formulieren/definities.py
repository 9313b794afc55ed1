"""De gepubliceerde formulieren, uit de inrichting van de gemeente."""

from datetime import datetime, timedelta

import structlog

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, Formulierdefinitie, lees_definitie
from integratie.configuratie import Configuratie, LijstOntbreekt
from kern.installatie import Installatie

log = structlog.get_logger()
NAMENS = "formulieren"
VERS = timedelta(seconds=10)
"""Zo lang gebruikt een proces een definitie zonder opnieuw te kijken: een wijziging is er dus na hoogstens tien tellen."""


class Definities:
    """De definities op slug. Een definitie die niet klopt telt als niet aanwezig, met een regel in het log."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie
        self._veldtypen = veldtypen_van(installatie)
        self._bekend: dict[str, tuple[datetime, Formulierdefinitie | None]] = {}

    def haal(self, slug: str) -> Formulierdefinitie | None:
        """De definitie, of None. Alleen formulieren met een verzoektype zijn zelf in te dienen; de andere horen bij een taak."""
        nu = self._installatie.klok.nu()
        gelezen, definitie = self._bekend.get(slug, (None, None))
        if gelezen is None or not gelezen <= nu < gelezen + VERS:
            definitie = self._lees(slug)
            self._bekend[slug] = (nu, definitie)
        return definitie

    def _lees(self, slug: str) -> Formulierdefinitie | None:
        try:
            bewaard = Configuratie(self._installatie, namens=NAMENS).formulier(slug)
            if bewaard is None or "verzoektype" not in bewaard["definitie"].get("gegevens", {}):
                return None
            return lees_definitie(bewaard["definitie"], self._veldtypen)
        except LijstOntbreekt as fout:
            log.error("formulier zonder referentielijst", formulier=slug, fout=str(fout))  # noqa: TRY400  # de fout zegt genoeg
            return None
        except DefinitieFout as fout:
            log.error("formulierdefinitie klopt niet", formulier=slug, fouten=[str(f) for f in fout.fouten])  # noqa: TRY400  # de fouten zeggen genoeg
            return None
