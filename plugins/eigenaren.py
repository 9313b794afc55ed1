"""Wie de eigenaar van een product is: de betrokkene van een rol, in de vorm van de Producten API."""

from integratie.producten.schemas import Eigenaar
from integratie.zaken.schemas import RolUit


def eigenaar(rol: RolUit) -> Eigenaar:
    """De eigenaar bij deze rol; wie alleen met eIDAS bekend is, krijgt zijn kenmerk als klantnummer."""
    betrokkene = rol.betrokkene_identificatie or {}
    if betrokkene.get("inpBsn"):
        return Eigenaar(bsn=betrokkene["inpBsn"])
    if betrokkene.get("kvkNummer"):
        return Eigenaar(kvk_nummer=betrokkene["kvkNummer"], vestigingsnummer=betrokkene.get("vestigingsNummer") or "")
    return Eigenaar(klantnummer=betrokkene.get("anpIdentificatie", "")[:50])
