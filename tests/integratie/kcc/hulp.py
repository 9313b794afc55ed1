"""Een browser zonder scherm: houdt cookies vast, vult formulieren in met hun token, en meldt een medewerker aan via de simulator."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import urljoin

import httpx

from kern.installatie import Installatie
from kern.transport import EigenTransport

JAN, ANNA, SOPHIE, LISA, ONBEKEND = "999000007", "999000032", "999000275", "999000500", "999990019"
BEDRIJF = "90000018"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
VERSIE = re.compile(r'name="versie" value="(\d+)"')
VRAAG = re.compile(r'name="(v[0-9a-f]{12}-)onderwerp"')


class Medewerker:
    """Iemand achter een browser, met zijn laatste pagina."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        self.antwoord = httpx.Response(204)

    @property
    def tekst(self) -> str:
        return unescape(self.antwoord.text)

    @property
    def pad(self) -> str:
        return self.antwoord.url.path

    def naar(self, pad: str) -> "Medewerker":
        self.antwoord = self.http.get(pad)
        return self

    def stuur(self, pad: str, **velden: str) -> "Medewerker":
        """Verstuur een formulier dat op de huidige pagina staat, met het token van die pagina."""
        treffer = TOKEN.search(self.antwoord.text)
        token = treffer[1] if treffer else ""
        self.antwoord = self.http.post(pad, data={"csrf_token": token, **velden})
        return self

    def log_in(self, wie: str) -> "Medewerker":
        """Meld deze medewerker van de simulator aan; eindigt op de startpagina van het KCC."""
        inlogpagina = self.http.get("/kcc/contactverzoeken")
        acr = re.findall(r'name="acr"[^>]*value="([^"]+)"', inlogpagina.text)[-1]
        keuze = {"persoon": wie, "acr": acr, "actie": "inloggen"}
        self.antwoord = self.http.post(str(inlogpagina.url), data=keuze)
        assert self.antwoord.status_code == 200, self.antwoord.text
        return self

    def zoek(self, soort: str, **velden: str) -> "Medewerker":
        return self.naar(f"/kcc/zoeken/{soort}").stuur(f"/kcc/zoeken/{soort}", **velden)

    def begin_gesprek(self, klant: str = "") -> "Medewerker":
        return self.stuur("/kcc/gesprekken", klant=klant)

    @property
    def vragen(self) -> list[str]:
        """Het begin van de veldnamen van elke vraag op de gesprekspagina."""
        return VRAAG.findall(self.antwoord.text)

    def bewaar(self, actie: str, **antwoorden: str) -> "Medewerker":
        """Verstuur het gesprek; `antwoorden` zijn die van de eerste vraag."""
        velden = {f"{self.vragen[0]}{naam}": waarde for naam, waarde in antwoorden.items()}
        versie = VERSIE.search(self.antwoord.text)
        assert versie
        return self.stuur(self.pad, kanaal="telefoon", versie=versie[1], actie=actie, **velden)


@contextmanager
def medewerker(installatie: Installatie, wie: str = "kim") -> Iterator[Medewerker]:
    transport = EigenTransport(lambda: installatie.wsgi)
    adres = installatie.instellingen.adres
    with httpx.Client(transport=transport, base_url=adres, follow_redirects=True) as http:
        http.event_hooks = {"response": [lambda antwoord: _absoluut(antwoord, adres)]}
        yield Medewerker(http).log_in(wie)


def _absoluut(antwoord: httpx.Response, adres: str) -> None:
    if "location" in antwoord.headers:
        antwoord.headers["location"] = urljoin(adres, antwoord.headers["location"])
