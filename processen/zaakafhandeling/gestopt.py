"""Een verzoek voor een dienst die gestopt is: er begint geen proces meer, dus een medewerker krijgt het te zien.

Onze Verzoeken API weigert zo'n verzoek. Het kan er toch komen: vlak voor het stoppen ingediend, of bij een registratie van een ander.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn
from integratie.verzoeken.schemas import VerzoekUit
from kern.installatie import Installatie
from processen.pakketten.stoppen import GESTOPTE_STARTS

NAMENS = "processen"
ANDERS = "behandelaars"
LANGSTE_TITEL = 200


def leg_gestopte_voor(installatie: Installatie, pakketten: Iterable[Mapping[str, Any]], verzoek: VerzoekUit) -> None:
    """Eén taak per verzoek, ook als dit nog eens loopt; niets bij een verzoektype dat nooit van een pakket was."""
    for pakket in pakketten:
        soorten = [start["verzoektype"] for start in pakket.get(GESTOPTE_STARTS, ())]
        if any(zelfde(installatie, soort, verzoek.verzoek_type) for soort in soorten):
            TakenClient(installatie, namens=NAMENS).maak_medewerkertaak(
                _taak(pakket, verzoek), sleutel=f"gestopt-{verzoek.uuid}"
            )
            return


def zelfde(installatie: Installatie, een: str, ander: str) -> bool:
    """Of twee adressen dezelfde resource zijn, ook als het platform intussen verhuisde."""
    return installatie.diensten.naar_opslag(een) == installatie.diensten.naar_opslag(ander)


def _taak(pakket: Mapping[str, Any], verzoek: VerzoekUit) -> MedewerkerTaakIn:
    groepen = {groep for team in pakket.get("teams", ()) for groep in team["groepen"]}
    return MedewerkerTaakIn(
        titel=f"Aanvraag voor een gestopte dienst: {pakket['titel']}"[:LANGSTE_TITEL],
        toelichting=(
            f"Verzoek {verzoek.uuid} kwam binnen terwijl deze dienst gestopt is. Er is geen zaak begonnen. Zoek het verzoek op en laat de "
            "aanvrager weten wat er nu kan, of vraag de functioneel beheerder om de dienst weer te openen."
        ),
        kandidaatgroepen=sorted(groepen) or [ANDERS],
        gegevens={"verzoek": verzoek.url},
    )
