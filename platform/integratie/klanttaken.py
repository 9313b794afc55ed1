"""Wat elke klanttaak over een zaak gemeen heeft: voor wie zij is, bij welke zaak zij hoort, en haar formulier uit de inrichting."""

from typing import Any

from integratie.configuratie import FORMULIER, Configuratie
from integratie.taken.schemas import IsGerelateerdAan
from integratie.urn import urn_zaak
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van, urn_van_rol
from kern.installatie import Installatie


def voor_initiator(installatie: Installatie, zaak: str, *, namens: str) -> dict[str, Any]:
    """De velden `is_toegewezen_aan` en `is_gerelateerd_aan` van een taak voor wie de zaak begon. `LookupError` zonder initiator."""
    zaken = ZakenClient(installatie, namens=namens)
    gelezen = zaken.zaak(zaak)
    rol = initiator_van(zaken, gelezen.url)
    if rol is None:
        raise LookupError("de zaak heeft geen initiator voor een klanttaak")
    urn = urn_zaak(installatie.instellingen.bronorganisatie, gelezen.identificatie)
    return {"is_toegewezen_aan": urn_van_rol(rol), "is_gerelateerd_aan": [IsGerelateerdAan(urn=urn)]}


def formulierdefinitie(installatie: Installatie, formulier: str, *, namens: str) -> dict[str, Any]:
    """De definitie uit de inrichting; het formulier gaat met de taak mee, zoals de Taken API het wil. `LookupError` als zij er niet is."""
    gevonden = Configuratie(installatie, namens=namens).haal(FORMULIER, formulier)
    if gevonden is None:
        raise LookupError(f"formulier {formulier} is niet ingericht")
    definitie: dict[str, Any] = gevonden["definitie"]
    return definitie
