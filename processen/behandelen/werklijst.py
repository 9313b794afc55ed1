"""De werklijst: taken van mij, van mijn groepen, of allemaal; uit de Taken API, welke motor ze ook maakte."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakUit
from kern.aanmelden import Identiteit

Lijst = Literal["mijn", "groep", "alle"]
PAGINA = 25


@dataclass(frozen=True)
class Werklijst:
    """Eén pagina taken met het totaal."""

    taken: list[MedewerkerTaakUit]
    aantal: int
    paginas: int


def lees_werklijst(client: TakenClient, identiteit: Identiteit, lijst: Lijst, pagina: int) -> Werklijst:
    """De open taken; wat het eerst af moet staat bovenaan."""
    filters: dict[str, str] = {
        "mijn": {"behandelaar": identiteit.gebruikersnaam},
        "groep": {"behandelaar": ""},
        "alle": {},
    }[lijst]
    groepen = {} if lijst == "mijn" else {"kandidaatgroep": ",".join(identiteit.groepen) or "-"}
    gevonden = client.werklijst(
        status="open", ordering="einddatum,-prioriteit", page=pagina, pageSize=PAGINA, **filters, **groepen
    )
    return Werklijst(gevonden.results, gevonden.count, max(1, -(-gevonden.count // PAGINA)))


def mag_zien(taak: MedewerkerTaakUit, identiteit: Identiteit) -> bool:
    """Is deze taak van mij of van een van mijn groepen?"""
    return taak.behandelaar == identiteit.gebruikersnaam or bool(set(taak.kandidaatgroepen) & set(identiteit.groepen))


def dagen_tot(dag: date | None, vandaag: date) -> int | None:
    """Hoeveel dagen er nog zijn; negatief is te laat."""
    return None if dag is None else (dag - vandaag).days
