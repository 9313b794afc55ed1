"""Een behandelaar achter zijn browser, en zaken zoals het pakket toeristische-verhuur ze maakt."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx

from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn, MedewerkerTaakUit
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from tests import schermhulp
from tests.reishulp import CORPORATIE, Gemeente
from tests.schermhulp import kapot

Beoordeling = tuple[ZaakUit, MedewerkerTaakUit]
BAS, NADIA, TESSA, KIM = "bas", "nadia", "tessa", "kim"
SLEUTEL = re.compile(r'name="sleutel" value="([^"]+)"')

__all__ = ["BAS", "KIM", "NADIA", "TESSA", "Beoordeling", "Browser", "aanroepen", "browser", "kapot", "losse_taak"]


class Browser(schermhulp.Venster):
    """Het venster van een behandelaar."""

    @property
    def sleutel(self) -> str:
        """De sleutel waaraan een dubbele klik op een actie te herkennen is."""
        treffer = SLEUTEL.search(self.antwoord.text)
        assert treffer, "er staat geen actie op deze pagina"
        return treffer[1]


@contextmanager
def browser(installatie: Installatie, wie: str = "") -> Iterator[Browser]:
    """Een browser, met `wie` aangemeld en op de werklijst."""
    with schermhulp.http_naar(installatie) as http:
        venster = Browser(http)
        yield venster.log_in(wie, "/behandelen/") if wie else venster


def te_beoordelen(gemeente: Gemeente) -> Beoordeling:
    """Een aanvraag die een mens moet beoordelen, met haar taak."""
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    (taak,) = gemeente.taken(zaak)
    return zaak, taak


def registratie(gemeente: Gemeente) -> ZaakUit:
    """Een zaak die rechtdoor ging, waarop een behandelaar een controle kan starten."""
    verzoek = gemeente.dien_in("registratie", {"woonsituatie": "koop", "deelVanWoning": "geheel"})
    gemeente.werk()
    return gemeente.zaak(verzoek)


def taken_van(installatie: Installatie) -> TakenClient:
    return TakenClient(installatie, namens="behandelen")


def losse_taak(installatie: Installatie, titel: str, **velden: Any) -> MedewerkerTaakUit:
    """Een taak zonder proces erachter."""
    gegevens: dict[str, Any] = {"titel": titel, "kandidaatgroepen": ["vergunningen"], **velden}
    taak = MedewerkerTaakIn.model_validate(gegevens)
    return TakenClient(installatie, namens="processen").maak_medewerkertaak(taak, sleutel=f"los-{titel}")


def pad_taak(taak: MedewerkerTaakUit) -> str:
    return f"/behandelen/taken/{taak.uuid}"


def pad_zaak(zaak: ZaakUit) -> str:
    return f"/behandelen/zaken/{zaak.uuid}"


def aanroepen(installatie: Installatie) -> AbstractContextManager[list[httpx.Request]]:
    """De aanroepen die de schermen zelf doen."""
    return schermhulp.aanroepen(installatie, _van_behandelen)


def _van_behandelen(verzoek: httpx.Request, client_id: str) -> bool:
    medewerker = "X-Gebruiker" in verzoek.headers
    return client_id == "dienstverlening-behandelen" or medewerker or verzoek.url.path.startswith("/simulatoren/brp")
