"""Een browser zonder scherm: cookies, omleidingen, formuliervelden en inloggen bij de simulator."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from lxml import html

from kern.installatie import Installatie
from kern.transport import EigenTransport

JAN = "999000007"
REGISTRATIE = "/formulieren/toeristische-verhuur-registratie"
VERGUNNING = "/formulieren/toeristische-verhuur-vergunning"


class Browser:
    """Volgt omleidingen, onthoudt cookies en vult formulieren in zoals iemand zonder JavaScript."""

    def __init__(self, installatie: Installatie) -> None:
        transport = EigenTransport(lambda: installatie.wsgi)
        adres = installatie.instellingen.adres
        self.http = httpx.Client(transport=transport, base_url=adres, follow_redirects=True)
        self.bezocht: list[httpx.Response] = []
        self._antwoord = httpx.Response(204)

    @property
    def antwoord(self) -> httpx.Response:
        """De pagina waar de browser nu is; zet haar om met de terugknop naar een vorige te gaan."""
        return self._antwoord

    @antwoord.setter
    def antwoord(self, nieuw: httpx.Response) -> None:
        self.bezocht += [*nieuw.history, nieuw]
        self._antwoord = nieuw

    def ga(self, adres: str) -> httpx.Response:
        """Open een pagina."""
        self.antwoord = self.http.get(adres)
        return self.antwoord

    @property
    def pad(self) -> str:
        """Het pad van de pagina waar de browser nu is."""
        return urlsplit(str(self.antwoord.url)).path

    @property
    def tekst(self) -> str:
        """De zichtbare tekst van de pagina."""
        return re.sub(r"\s+", " ", str(self._boom().text_content()))

    @property
    def kop(self) -> str:
        """De h1."""
        return str(self._boom().xpath("normalize-space(//h1)"))

    def velden(self, formulier: str = "//main//form") -> dict[str, str]:
        """De velden van een formulier zoals zij nu op de pagina staan."""
        form = self._boom().xpath(formulier)[-1]
        return {naam: waarde for naam, waarde in form.form_values() if naam != "actie"}

    def links(self) -> list[str]:
        """De adressen waar de pagina naartoe verwijst."""
        return [str(adres) for adres in self._boom().xpath("//main//a/@href")]

    def knopwaarden(self) -> list[str]:
        """De acties van de knoppen."""
        return [str(waarde) for waarde in self._boom().xpath("//main//button/@value")]

    def formulieren(self) -> list[tuple[str, dict[str, str]]]:
        """Elk formulier op de pagina, als adres en velden."""
        return [(form.get("action"), dict(form.form_values())) for form in self._boom().xpath("//main//form")]

    def stuur(
        self, velden: Mapping[str, Any] | None = None, actie: str = "verder", *, files: Any = None
    ) -> httpx.Response:
        """Verstuur het formulier op de pagina met deze antwoorden erbij."""
        form = self._boom().xpath("//main//form")[-1]
        adres = form.get("action") or str(self.antwoord.url)
        inhoud = {**self.velden(), **(velden or {}), "actie": actie}
        self.antwoord = self.http.post(adres, data=inhoud, files=files, headers={"Referer": str(self.antwoord.url)})
        return self.antwoord

    def log_in(self, pagina: str, middel: str = "digid", persoon: str = JAN, acr: str = "") -> httpx.Response:
        """Log in bij de simulator en kom terug op `pagina`."""
        self.ga(f"/aanmelden/{middel}?terug={pagina}&niveau=basis")
        return self.kies_persoon(persoon, acr)

    def kies_persoon(self, persoon: str = JAN, acr: str = "") -> httpx.Response:
        """Kies iemand op de inlogpagina van de simulator waar de browser nu is; zonder `acr` het laagste niveau."""
        gekozen = acr or str(
            self._boom().xpath("(//*[@name='acr'])[1]/@value | (//select[@name='acr']/option)[1]/@value")[0]
        )
        velden = {"persoon": persoon, "acr": gekozen, "actie": "inloggen"}
        self.antwoord = self.http.post(str(self.antwoord.url), data=velden)
        return self.antwoord

    def _boom(self) -> Any:
        return html.fromstring(self.antwoord.text)
