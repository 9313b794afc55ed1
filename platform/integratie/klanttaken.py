"""Wat elke klanttaak over een zaak gemeen heeft: voor wie zij is, bij welke zaak zij hoort, en haar formulier uit de inrichting."""

from typing import Any

from integratie.configuratie import Configuratie
from integratie.taken.schemas import IsGerelateerdAan
from integratie.typen import OmschrijvingGeneriek
from integratie.urn import urn_zaak
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import urn_van_rol
from kern.installatie import Installatie


def voor_initiator(
    installatie: Installatie, zaak: str, *, namens: str, doelgroep: OmschrijvingGeneriek = "initiator"
) -> dict[str, Any]:
    """De velden `is_toegewezen_aan` en `is_gerelateerd_aan` van een taak voor wie de zaak begon, of voor wie er een andere rol in
    heeft. `LookupError` als niemand die rol heeft.
    """
    zaken = ZakenClient(installatie, namens=namens)
    gelezen = zaken.zaak(zaak)
    rol = next(zaken.rollen(gelezen.url, omschrijvingGeneriek=doelgroep), None)
    if rol is None:
        raise LookupError(f"de zaak heeft geen {doelgroep} voor een klanttaak")
    urn = urn_zaak(installatie.instellingen.bronorganisatie, gelezen.identificatie)
    return {"is_toegewezen_aan": urn_van_rol(rol), "is_gerelateerd_aan": [IsGerelateerdAan(urn=urn)]}


def voor_organisatie(installatie: Installatie, zaak: str, urn: str, *, namens: str) -> dict[str, Any]:
    """Dezelfde velden, voor een taak bij deze zaak van de organisatie met deze URN."""
    gelezen = ZakenClient(installatie, namens=namens).zaak(zaak)
    bij = urn_zaak(installatie.instellingen.bronorganisatie, gelezen.identificatie)
    return {"is_toegewezen_aan": urn, "is_gerelateerd_aan": [IsGerelateerdAan(urn=bij)]}


def formulierdefinitie(installatie: Installatie, formulier: str, *, namens: str) -> dict[str, Any]:
    """De definitie uit de inrichting; het formulier gaat met de taak mee, zoals de Taken API het wil. `LookupError` als zij er niet is."""
    gevonden = Configuratie(installatie, namens=namens).formulier(formulier)
    if gevonden is None:
        raise LookupError(f"formulier {formulier} is niet ingericht")
    definitie: dict[str, Any] = gevonden["definitie"]
    return definitie
