"""Welke onderdelen er zijn en waar: de enige plek die ze allemaal noemt. Een nieuw onderdeel is hier één regel."""

from kern.deel import Plek
from kern.diensten import API_PADEN
from kern.instellingen import Instellingen


def _registratie(naam: str) -> Plek:
    pakket = f"registraties.{naam}"
    return Plek(naam, API_PADEN[naam][0], f"{pakket}:deel", pakket)


# Op volgorde van migreren en van naam van hun schema; de volgorde heeft verder geen betekenis.
PLEKKEN = (
    Plek("kern", "", "kern.tabellen:KERN", "kern"),
    Plek("huisstijl", "/static/huisstijl", "huisstijl.middelen:DEEL"),
    Plek("formulieren", "/formulieren", "formulieren:deel"),
    Plek("kcc", "/kcc", "kcc:deel"),
    Plek("mijngemeente", "/mijn", "mijngemeente:deel"),
    Plek("publiek", "", "mijngemeente.publiek:deel"),
    Plek("processen", "/processen/api/v1", "processen:deel", "processen"),
    Plek("behandelen", "/behandelen", "processen.behandelen:deel"),
    Plek("mandaten", "/beheer/mandaten", "processen.mandaten:deel"),
    Plek("sjablonen", "/beheer/sjablonen", "processen.sjablonen:deel"),
    Plek("termijnen", API_PADEN["termijnen"][0], "processen.termijnen.onderdeel:deel", "processen.termijnen"),
    Plek("termijnenbeheer", "/beheer/termijnen", "processen.termijnen.beheer:deel"),
    Plek("toezicht", "/toezicht", "processen.toezicht:deel"),
    _registratie("autorisaties"),
    _registratie("berichten"),
    _registratie("besluiten"),
    _registratie("catalogi"),
    _registratie("contactgegevens"),
    _registratie("documenten"),
    _registratie("klantinteracties"),
    _registratie("notificaties"),
    _registratie("objecten"),
    _registratie("objecttypen"),
    _registratie("producten"),
    _registratie("producttypen"),
    _registratie("referentielijsten"),
    _registratie("taken"),
    _registratie("verzoeken"),
    _registratie("zaken"),
    Plek("logboek", "/logboek/api/v1", "dienstverlening.logboek:DEEL"),
    Plek("catalogibeheer", "/beheer/catalogi", "dienstverlening.catalogibeheer:DEEL"),
    Plek("modelleren", "/beheer/pakketten", "dienstverlening.modelleren:DEEL", "processen.modelleren"),
    Plek("techniek", "/beheer/techniek", "dienstverlening.techniek:DEEL"),
    Plek("werkplek", "/werkplek", "dienstverlening.werkplek:DELEN"),
    Plek("beheer", "/beheer", "dienstverlening.werkplek:DELEN"),
    Plek("uitwisselen", "/uitwisselen", "dienstverlening.uitwisselen:DEEL"),
    Plek("aanmelden", "/aanmelden", "dienstverlening.aanmelden:DELEN"),
    Plek("afmelden", "/afmelden", "dienstverlening.aanmelden:DELEN"),
)

_NAGEBOOTST = (
    "oidc",
    "brp",
    "kvk",
    "bag",
    "inkomen",
    "betalen",
    "uitbetalen",
    "sms",
    "gemeenteblad",
    "postvak",
    "print",
)
# Alleen waar geen echte mensen zijn.
SIMULATOREN = (
    *(Plek(f"simulator-{naam}", f"/simulatoren/{naam}", "simulatoren:DELEN") for naam in _NAGEBOOTST),
    Plek("simulatoren", "/simulatoren", "simulatoren:DELEN"),
)


def plekken_van(instellingen: Instellingen) -> tuple[Plek, ...]:
    """De onderdelen van deze soort installatie, ook die dit proces niet aanbiedt: hun tabellen bestaan wel."""
    return PLEKKEN if instellingen.omgeving == "productie" else PLEKKEN + SIMULATOREN
