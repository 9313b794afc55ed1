"""Een bericht dat niemand kan bereiken: een medewerker krijgt een taak met de reden. Een adres staat daar nooit in."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from integratie.catalogi import CatalogiClient
from integratie.configuratie import PROCESPAKKET, Configuratie
from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from processen.verzenden.bewijs import Bewijs

NAMENS = "processen"
ANDERS = "behandelaars"


def leg_voor(installatie: Installatie, zaak: ZaakUit, zending: UUID, onderwerp: str, mislukt: Iterable[Bewijs]) -> None:
    """Eén taak per zending, ook als dit nog eens loopt."""
    redenen = " ".join(f"{bewijs.kanaal}: {bewijs.antwoord}." for bewijs in mislukt) or "Er is geen kanaal."
    taak = MedewerkerTaakIn(
        titel="Bericht kan niet bezorgd worden",
        toelichting=f"{onderwerp}. {redenen} Zoek uit hoe wij de aanvrager bereiken en verstuur het bericht opnieuw.",
        kandidaatgroepen=groepen_van(installatie, zaak),
        zaak=zaak.url,
        zaaknummer=zaak.identificatie,
    )
    TakenClient(installatie, namens=NAMENS).maak_medewerkertaak(taak, sleutel=f"niet-bezorgd-{zending}")


def groepen_van(installatie: Installatie, zaak: ZaakUit) -> list[str]:
    """De teams die zaken van dit zaaktype behandelen."""
    return sorted(set(_groepen(installatie, zaak))) or [ANDERS]


def _groepen(installatie: Installatie, zaak: ZaakUit) -> Iterator[str]:
    soort = CatalogiClient(installatie, namens=NAMENS).type_bij_url(zaak.zaaktype).identificatie
    for pakket in Configuratie(installatie, namens=NAMENS).alle(PROCESPAKKET):
        for team in pakket.get("teams", ()):
            if team["zaaktype"] == soort:
                yield from team["groepen"]
