"""De ontvangstbevestiging van een verzoek: welke zending daarbij hoort. Eén per zaak, hoe vaak er ook om gevraagd wordt."""

from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from integratie.configuratie import FORMULIER, Configuratie
from integratie.processen.schemas import ZendingIn
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeUit, VerzoekUit
from kern.installatie import Installatie

SJABLOON: Final = "ontvangstbevestiging"
SOORT: Final = "ontvangst"
"""De soort bericht als het formulier er geen noemt."""


def bevestiging_van(
    installatie: Installatie, namens: str, zaak: str, verzoek: VerzoekUit, *, sjabloon: str = SJABLOON, soort: str = ""
) -> ZendingIn:
    """De ontvangstbevestiging die bij deze zaak (URL) en dit verzoek hoort."""
    verzoektype = VerzoekenClient(installatie, namens=namens).haal(verzoek.verzoek_type, VerzoekTypeUit)
    genoemd = formulier_van(installatie, namens, verzoek).get("gegevens", {}).get("soortBericht")
    return ZendingIn(
        uuid=uuid5(NAMESPACE_URL, f"ontvangst:{verzoek.uuid}"),
        zaak=zaak,
        sjabloon=sjabloon,
        soort=soort or str(genoemd or SOORT),
        gegevens={"soort": verzoektype.soort, "titel": verzoektype.titel},
        ontvangst=True,
        verzoek=verzoek.url,
    )


def formulier_van(installatie: Installatie, namens: str, verzoek: VerzoekUit) -> dict[str, Any]:
    """De definitie van het formulier achter een verzoek; het heet naar het verzoektype. Leeg als het er niet (meer) is."""
    naam = VerzoekenClient(installatie, namens=namens).haal(verzoek.verzoek_type, VerzoekTypeUit).naam
    definitie: dict[str, Any] = (Configuratie(installatie, namens=namens).haal(FORMULIER, naam) or {}).get(
        "definitie", {}
    )
    return definitie
