"""Waar een bron te bereiken is: het ingestelde adres, en in demo en test anders de simulator in deze installatie."""

from integratie.basis import NietBereikbaar
from kern.installatie import Installatie


def bronadres(installatie: Installatie, instelling: str, simulatorpad: str) -> str:
    """Het basisadres uit `instelling` (een veld van Instellingen). `NietBereikbaar` als het in productie niet is ingevuld."""
    instellingen = installatie.instellingen
    ingesteld: str = getattr(instellingen, instelling)
    if not ingesteld and instellingen.omgeving == "productie":
        raise NietBereikbaar(503, "niet-ingesteld", f"{instelling.upper()} is niet ingesteld.")
    return (ingesteld or f"{instellingen.adres}{simulatorpad}").rstrip("/")
