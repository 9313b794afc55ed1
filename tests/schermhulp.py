"""Wat tests van de medewerkersschermen delen: een browser zonder scherm, een bron die wegvalt, en zien wat er aangeroepen wordt."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any, Self
from urllib.parse import urljoin

import httpx
from lxml import html

from kern.diensten import Dienst
from kern.installatie import Installatie
from kern.transport import EigenTransport

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ACR = re.compile(r'name="acr"[^>]*value="([^"]+)"')


class Venster:
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

    @property
    def token(self) -> str:
        treffer = TOKEN.search(self.antwoord.text)
        return treffer[1] if treffer else ""

    def naar(self, pad: str) -> Self:
        self.antwoord = self.http.get(pad)
        return self

    def stuur(self, pad: str, **velden: str) -> Self:
        """Verstuur een formulier dat op de huidige pagina staat."""
        self.antwoord = self.http.post(pad, data={"csrf_token": self.token, **velden})
        return self

    def log_in(self, wie: str, pad: str) -> Self:
        """Meld deze medewerker van de simulator aan, op het hoogste niveau, en kom terug op `pad`."""
        inlogpagina = self.http.get(pad)
        acr = ACR.findall(inlogpagina.text)[-1]
        self.antwoord = self.http.post(str(inlogpagina.url), data={"persoon": wie, "acr": acr, "actie": "inloggen"})
        return self


def leesbare_tekst(bladzijde: str, *zonder: str) -> str:
    """Wat er op een pagina te lezen is, zonder de elementen die deze XPath-stappen aanwijzen."""
    boom: Any = html.document_fromstring(bladzijde)  # de typen van lxml kennen HtmlElement hier niet
    for stap in ("head", "script", "style", *zonder):
        for element in boom.findall(f".//{stap}"):
            element.drop_tree()
    return " ".join(boom.text_content().split())


@contextmanager
def http_naar(installatie: Installatie) -> Iterator[httpx.Client]:
    """HTTP zoals een browser: volgt omleidingen, ook die zonder adres."""
    transport = EigenTransport(lambda: installatie.wsgi)
    adres = installatie.instellingen.adres
    with httpx.Client(transport=transport, base_url=adres, follow_redirects=True) as http:
        http.event_hooks = {"response": [lambda antwoord: _absoluut(antwoord, adres)]}
        yield http


def _absoluut(antwoord: httpx.Response, adres: str) -> None:
    if "location" in antwoord.headers:
        antwoord.headers["location"] = urljoin(adres, antwoord.headers["location"])


@contextmanager
def kapot(installatie: Installatie, *namen: str) -> Iterator[None]:
    """Laat API's op een adres staan waar niets luistert, zoals bij een storing."""
    diensten = installatie.diensten._op_naam
    goed = {naam: diensten[naam] for naam in namen}
    for naam, dienst in goed.items():
        diensten[naam] = Dienst(naam, "http://127.0.0.1:9/weg", dienst.aanmelding, "x", "x" * 40, eigen=False)
    try:
        yield
    finally:
        diensten.update(goed)


@contextmanager
def aanroepen(installatie: Installatie, van_ons: Callable[[httpx.Request, str], bool]) -> Iterator[list[httpx.Request]]:
    """De aanroepen die een scherm zelf doet; `van_ons` krijgt het verzoek en de client_id. Wat registraties vragen telt niet mee."""
    gedaan: list[httpx.Request] = []
    gewoon = installatie.wsgi

    def genoteerd(omgeving: dict[str, Any], start_response: Any) -> Any:
        request = _als_verzoek(omgeving)
        soort, _, token = request.headers.get("Authorization", "").partition(" ")
        if van_ons(request, _client_id(token) if soort == "Bearer" else ""):
            gedaan.append(request)
        return gewoon(omgeving, start_response)

    installatie.stel_samen(genoteerd)
    try:
        yield gedaan
    finally:
        installatie.stel_samen(gewoon)


def _als_verzoek(omgeving: dict[str, Any]) -> httpx.Request:
    """Een binnenkomend verzoek zoals de aanroeper het stuurde, zonder lichaam."""
    koppen = {naam[5:].replace("_", "-"): waarde for naam, waarde in omgeving.items() if naam.startswith("HTTP_")}
    adres = f"{omgeving['wsgi.url_scheme']}://{omgeving['SERVER_NAME']}:{omgeving['SERVER_PORT']}"
    url = f"{adres}{omgeving['PATH_INFO']}?{omgeving['QUERY_STRING']}"
    return httpx.Request(omgeving["REQUEST_METHOD"], url, headers=koppen)


def _client_id(token: str) -> str:
    delen = token.split(".")
    return str(json.loads(base64.urlsafe_b64decode(delen[1] + "==")).get("client_id", "")) if len(delen) > 1 else ""
