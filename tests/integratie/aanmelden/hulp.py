"""Een platform en een simulator die elkaar kennen, en een browser die op de inlogpagina een keuze maakt."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
from flask import Flask
from joserfc.jwk import RSAKey

from kern.aanmelden import Identiteit, Inlogmiddel, Niveau
from kern.aanmelden.aanmelder import Aanmelder, Poging
from kern.klok import VerzetbareKlok
from simulatoren.oidc import maak_app, maak_proefopstelling

NU = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLATFORM = "http://platform.test"
SIMULATOR = "http://simulator.test"
JAN = "999000007"


@dataclass
class Opstelling:
    """Aanmelder en simulator op dezelfde, stilstaande klok; `http` bereikt de simulator zonder socket."""

    app: Flask
    http: httpx.Client
    klok: VerzetbareKlok
    aanmelder: Aanmelder
    middelen: dict[str, Inlogmiddel]

    def begin(self, middel: str = "digid", minimaal: Niveau = Niveau.BASIS) -> tuple[str, Poging]:
        return self.aanmelder.begin(self.middelen[middel], "/mijn/", minimaal)

    def log_in(
        self, middel: str = "digid", persoon: str = JAN, minimaal: Niveau = Niveau.BASIS, **keuze: str
    ) -> Identiteit:
        """De hele stroom: naar de simulator, daar kiezen, en terug."""
        adres, poging = self.begin(middel, minimaal)
        terug = kies(self.http, adres, persoon, **keuze)
        return self.aanmelder.rond_af(self.middelen[middel], terug, poging)


@cache
def _pem(_naam: str) -> bytes:
    return RSAKey.generate_key(2048).as_pem(private=True)


def leg_sleutels_klaar(map_: Path) -> None:
    """Zet in een proefmap de sleutels die de simulator anders zelf maakt: één keer per testloop is genoeg rekenwerk."""
    for naam in ("ondertekening.pem", "client.pem"):
        (map_ / naam).write_bytes(_pem(naam))


@contextmanager
def opstelling(map_: Path, basis_url: str = SIMULATOR) -> Iterator[Opstelling]:
    """Een opstelling in één proces."""
    klok = VerzetbareKlok(stil_op=NU)
    leg_sleutels_klaar(map_)
    proef = maak_proefopstelling(basis_url=basis_url, publiek_adres=PLATFORM, map_=map_)
    app = maak_app(omgeving="test", basis_url=basis_url, map_=map_, klok=klok, clients=proef.clients)
    with httpx.Client(transport=httpx.WSGITransport(app)) as http:
        aanmelder = Aanmelder(http, klok, f"{PLATFORM}/aanmelden")
        yield Opstelling(app, http, klok, aanmelder, {middel.naam: middel for middel in proef.middelen})


def kies(http: httpx.Client, adres: str, persoon: str, *, acr: str = "", **velden: str) -> dict[str, str]:
    """Kies iemand op de inlogpagina (zonder `acr` het laagste aangeboden niveau) en geef de parameters van de terugkeer."""
    pagina = http.get(adres)
    assert pagina.status_code == 200
    laagste = pagina.text.split('name="acr"')[1].split('value="')[1].split('"')[0]
    antwoord = http.post(adres, data={"persoon": persoon, "acr": acr or laagste, "actie": "inloggen", **velden})
    assert antwoord.status_code == 303, antwoord.text
    return argumenten(antwoord.headers["Location"])


def argumenten(adres: str) -> dict[str, str]:
    """De queryparameters van een adres."""
    return dict(parse_qsl(urlsplit(adres).query))
