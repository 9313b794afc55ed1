"""De bron `besluit`: gegevens van het besluit waar het kenmerk in het adres naar wijst, voor wie dat besluit kreeg."""

from collections.abc import Mapping
from typing import Any, Final

from formulieren.aanvrager import Aanvrager
from formulieren.definities import NAMENS
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitUit
from integratie.catalogi import CatalogiClient
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van, urn_van_rol
from kern import ldv
from kern.installatie import Installatie

ACTIVITEIT: Final = "urn:dienstverlening:verwerking:formulier-invullen"


def haal_besluit(installatie: Installatie, aanvrager: Aanvrager, kenmerk: str) -> Mapping[str, Any]:
    """`nummer`, `naam`, `genomen`, `laatsteDag` en `zaaknummer`; leeg als er geen kenmerk is of het besluit van een ander is."""
    if not kenmerk or not aanvrager.urn:
        return {}
    client = BesluitenClient(installatie, namens=NAMENS)
    besluit = client.met_nummer(kenmerk, installatie.instellingen.bronorganisatie)
    if besluit is None or not besluit.zaak:
        return {}
    naam = "Besluit bij een formulier gezocht"
    with ldv.verwerking(installatie, activiteit=ACTIVITEIT, naam=naam, betrokkene=aanvrager.eigenaar):
        return _van(installatie, aanvrager, besluit)


def _van(installatie: Installatie, aanvrager: Aanvrager, besluit: BesluitUit) -> Mapping[str, Any]:
    zaken = ZakenClient(installatie, namens=NAMENS)
    rol = initiator_van(zaken, besluit.zaak)
    if rol is None or urn_van_rol(rol) != aanvrager.urn:
        return {}
    soort = CatalogiClient(installatie, namens=NAMENS).vraag("GET", besluit.besluittype)
    uiterlijk = besluit.uiterlijke_reactiedatum
    return {
        "nummer": besluit.identificatie,
        "naam": soort["omschrijving"],
        "genomen": besluit.datum.isoformat(),
        "laatsteDag": uiterlijk.isoformat() if uiterlijk else None,
        "zaaknummer": zaken.zaak(besluit.zaak).identificatie,
    }
