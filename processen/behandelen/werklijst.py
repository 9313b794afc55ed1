"""De werklijst: taken van mij, van mijn groepen, of allemaal; uit de Taken API, welke motor ze ook maakte."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakUit
from kern.aanmelden import Identiteit

Lijst = Literal["mijn", "groep", "alle"]
PAGINA = 25
TEAMLEIDER = "teamleider"
MEESTE_COLLEGAS = 100


@dataclass(frozen=True)
class Werklijst:
    """Eén pagina taken met het totaal."""

    taken: list[MedewerkerTaakUit]
    aantal: int
    paginas: int


def lees_werklijst(client: TakenClient, identiteit: Identiteit, lijst: Lijst, pagina: int) -> Werklijst:
    """De open taken; wat het eerst af moet staat bovenaan. Een pagina die er niet is geeft `ApiFout` 404."""
    filters: dict[str, str] = {
        "mijn": {"behandelaar": identiteit.gebruikersnaam},
        "groep": {"behandelaar": "", "kandidaatgroep": _groepen(identiteit)},
        "alle": {"kandidaatgroep": _groepen(identiteit)},
    }[lijst]
    gevonden = client.werklijst(
        status="open", ordering="einddatum,-prioriteit,aangemaaktOp", page=pagina, pageSize=PAGINA, **filters
    )
    return Werklijst(gevonden.results, gevonden.count, max(1, -(-gevonden.count // PAGINA)))


def _groepen(identiteit: Identiteit) -> str:
    """Het filter op groepen; wie in geen groep zit, krijgt niets in plaats van alles."""
    return ",".join(identiteit.groepen) or "-"


def lees_collegas(client: TakenClient, identiteit: Identiteit) -> dict[str, str]:
    """Gebruikersnaam → naam van wie onlangs een taak van deze groepen had, en van iemand zelf.

    Een register van medewerkers heeft een gemeente in haar identity provider; de standaarden kennen er geen, dus dit is wie we zagen.
    """
    recent = client.werklijst(
        kandidaatgroep=_groepen(identiteit), ordering="-aangemaaktOp", pageSize=MEESTE_COLLEGAS
    ).results
    gezien = {
        taak.behandelaar: taak.behandelaar_naam or taak.behandelaar for taak in reversed(recent) if taak.behandelaar
    }
    gezien[identiteit.gebruikersnaam] = identiteit.naam
    return dict(sorted(gezien.items(), key=lambda collega: collega[1]))


def mag_zien(taak: MedewerkerTaakUit, identiteit: Identiteit) -> bool:
    """Is deze taak van mij of van een van mijn groepen?"""
    return taak.behandelaar == identiteit.gebruikersnaam or bool(set(taak.kandidaatgroepen) & set(identiteit.groepen))


def mag_teruggeven(taak: MedewerkerTaakUit, identiteit: Identiteit) -> bool:
    """Een taak teruggeven of doorgeven doet wie haar heeft, of een teamleider van de groep."""
    return taak.behandelaar == identiteit.gebruikersnaam or TEAMLEIDER in identiteit.rollen


def dagen_tot(dag: date | None, vandaag: date) -> int | None:
    """Hoeveel dagen er nog zijn; negatief is te laat."""
    return None if dag is None else (dag - vandaag).days
