"""Hoe iemand bereikt wil worden: de keuze die hij in een formulier of in MijnGemeente maakte, uit Klantinteracties."""

from integratie.klantinteracties import KlantinteractiesClient
from integratie.zaken.schemas import RolUit
from kern.installatie import Installatie

NAMENS = "verzenden"


def emailadres(installatie: Installatie, rol: RolUit, soort: str) -> str:
    """Het e-mailadres voor dit soort bericht; leeg als iemand daar niet mee instemde."""
    client = KlantinteractiesClient(installatie, namens=NAMENS)
    betrokkene = rol.betrokkene_identificatie or {}
    partij = None
    if betrokkene.get("inpBsn"):
        partij = client.partij_bij_bsn(betrokkene["inpBsn"])
    elif betrokkene.get("kvkNummer"):
        partij = client.partij_bij_kvk(betrokkene["kvkNummer"])
    keuze = client.kanaalvoorkeur(partij.uuid, soort) if partij else None
    return keuze.adres if keuze and keuze.soort_adres == "email" else ""
