"""Een behandelaar achter zijn browser, en zaken zoals het pakket toeristische-verhuur ze maakt."""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urljoin

import httpx

from integratie.taken import TakenClient
from integratie.taken.schemas import MedewerkerTaakIn, MedewerkerTaakUit
from integratie.zaken.schemas import ZaakUit
from kern.diensten import Dienst
from kern.installatie import Installatie
from kern.transport import EigenTransport
from tests.reishulp import CORPORATIE, Gemeente

Beoordeling = tuple[ZaakUit, MedewerkerTaakUit]
BAS, NADIA, TESSA, KIM = "bas", "nadia", "tessa", "kim"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SLEUTEL = re.compile(r'name="sleutel" value="([^"]+)"')


class Browser:
    """Houdt cookies en de laatste pagina vast, en vult formulieren in met het token van die pagina."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        self.antwoord = httpx.Response(204)

    @property
    def tekst(self) -> str:
        return unescape(self.antwoord.text)

    @property
    def pad(self) -> str:
        return self.antwoord.url.path

    @property
    def status(self) -> int:
        return self.antwoord.status_code

    def naar(self, pad: str) -> "Browser":
        self.antwoord = self.http.get(pad)
        return self

    def stuur(self, pad: str, **velden: str) -> "Browser":
        self.antwoord = self.http.post(pad, data={"csrf_token": self.token, **velden})
        return self

    @property
    def token(self) -> str:
        treffer = TOKEN.search(self.antwoord.text)
        return treffer[1] if treffer else ""

    @property
    def sleutel(self) -> str:
        """De sleutel waaraan een dubbele klik op een actie te herkennen is."""
        treffer = SLEUTEL.search(self.antwoord.text)
        assert treffer, "er staat geen actie op deze pagina"
        return treffer[1]

    def log_in(self, wie: str) -> "Browser":
        """Via de simulator, tot op de werklijst."""
        inlogpagina = self.http.get("/behandelen/")
        acr = re.findall(r'name="acr"[^>]*value="([^"]+)"', inlogpagina.text)[-1]
        self.antwoord = self.http.post(str(inlogpagina.url), data={"persoon": wie, "acr": acr, "actie": "inloggen"})
        return self


@contextmanager
def browser(installatie: Installatie, wie: str = "") -> Iterator[Browser]:
    """Een browser, met `wie` aangemeld."""
    transport = EigenTransport(lambda: installatie.wsgi)
    adres = installatie.instellingen.adres
    with httpx.Client(transport=transport, base_url=adres, follow_redirects=True) as http:
        http.event_hooks = {"response": [lambda antwoord: _absoluut(antwoord, adres)]}
        venster = Browser(http)
        yield venster.log_in(wie) if wie else venster


def _absoluut(antwoord: httpx.Response, adres: str) -> None:
    if "location" in antwoord.headers:
        antwoord.headers["location"] = urljoin(adres, antwoord.headers["location"])


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


@contextmanager
def kapot(installatie: Installatie, *namen: str) -> Iterator[None]:
    """Laat API's op een adres staan waar niets luistert, zoals bij een storing."""
    diensten = installatie.diensten._op_naam
    goed = {naam: diensten[naam] for naam in namen}
    for naam, dienst in goed.items():
        diensten[naam] = Dienst(naam, "http://127.0.0.1:9/weg", dienst.aanmelding, "x", "x" * 40, eigen=False)
    yield
    diensten.update(goed)


@contextmanager
def aanroepen(installatie: Installatie) -> Iterator[list[httpx.Request]]:
    """De aanroepen die de schermen zelf doen; wat registraties daarbinnen vragen telt niet mee."""
    gedaan: list[httpx.Request] = []

    def noteer(request: httpx.Request) -> None:
        soort, _, token = request.headers.get("Authorization", "").partition(" ")
        van_ons = soort == "Bearer" and _client_id(token) == "dienstverlening-behandelen"
        if van_ons or request.headers.get("X-Gebruiker") or request.url.path.startswith("/simulatoren/brp"):
            gedaan.append(request)

    haken = installatie.http.event_hooks["request"]
    haken.append(noteer)
    yield gedaan
    haken.remove(noteer)


def _client_id(token: str) -> str:
    delen = token.split(".")
    return str(json.loads(base64.urlsafe_b64decode(delen[1] + "==")).get("client_id", "")) if len(delen) > 1 else ""
