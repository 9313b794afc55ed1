"""De andere installatie: lezen langs haar API's, met haar aanmelding, en haar adressen omzetten naar die van hier."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
import orjson
from joserfc import jwt
from joserfc.jwk import OctKey

from integratie.basis import CRS
from kern.diensten import API_PADEN
from kern.installatie import Installatie

POGINGEN = 5
TIJDSLIMIET = httpx.Timeout(60, connect=10)
TEGELIJK = 8
T = TypeVar("T")
R = TypeVar("R")


class NietTeLezen(Exception):
    """De andere installatie geeft dit niet; `status` is 0 als zij helemaal niet antwoordt."""

    def __init__(self, status: int, url: str, tekst: str = "") -> None:
        self.status, self.url = status, url
        super().__init__(f"{status or 'geen antwoord'} van {url}{f': {tekst}' if tekst else ''}")


@dataclass(frozen=True)
class Aanmelding:
    """Waarmee wij ons daar aanmelden: een client_id met geheim (ZGW), of een token; `tokens` zijn die van API's met een eigen token."""

    client_id: str = ""
    geheim: str = ""
    token: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pagina:
    """Eén pagina van een lijst; `volgende` is leeg bij de laatste."""

    objecten: list[dict[str, Any]]
    volgende: str
    totaal: int


class Andere:
    """Leest bij een andere installatie.

    `adres` is haar wortel (`https://openzaak.gemeente.nl`), met de API's op hun gewone pad; `bases` noemt API's die ergens anders
    staan. `verwijzingen` zegt van dingen die hier een ander nummer hebben welk (beide als dienst:pad); mag onderweg groeien.
    """

    def __init__(
        self,
        installatie: Installatie,
        adres: str,
        aanmelding: Aanmelding,
        bases: Mapping[str, str] | None = None,
        verwijzingen: dict[str, str] | None = None,
    ) -> None:
        self.adres = adres.rstrip("/")
        self._installatie = installatie
        self._aanmelding = aanmelding
        gewoon = {api: f"{self.adres}{pad}" for api, (pad, _) in API_PADEN.items()}
        self._bases = gewoon | {api: basis.rstrip("/") for api, basis in (bases or {}).items()}
        self.verwijzingen = {} if verwijzingen is None else verwijzingen
        self._http = httpx.Client(timeout=TIJDSLIMIET, headers={"Accept-Crs": CRS}, auth=self._meld_aan)
        self._onthouden: dict[str, dict[str, Any]] = {}
        self._samen = ThreadPoolExecutor(TEGELIJK)

    def sluit(self) -> None:
        """Geef verbindingen en draden terug."""
        self._samen.shutdown(cancel_futures=True)
        self._http.close()

    # lezen

    def haal(self, url: str, *, taal: str = "", **params: Any) -> Any:
        """Het JSON-antwoord, zo mogelijk in `taal`; `url` is van daar, of `api:pad`."""
        koppen = {"Accept-Language": taal} if taal else {}
        return orjson.loads(self._vraag(self.url(url), params, koppen).content)

    def onthouden(self, url: str) -> dict[str, Any]:
        """Eén resource die vaak gevraagd wordt (een type), één keer opgehaald."""
        if url not in self._onthouden:
            self._onthouden[url] = self.haal(url)
        return self._onthouden[url]

    def pagina(self, url: str, **params: Any) -> Pagina:
        """Eén pagina, of de hele lijst als deze API daar geen pagina's heeft."""
        antwoord = self.haal(url, **params)
        if isinstance(antwoord, list):
            return Pagina(antwoord, "", len(antwoord))
        return Pagina(antwoord["results"], antwoord.get("next") or "", antwoord.get("count") or 0)

    def alle(self, url: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Alles van een lijst, pagina voor pagina."""
        pagina = self.pagina(url, **params)
        while True:
            yield from pagina.objecten
            if not pagina.volgende:
                return
            pagina = self.pagina(pagina.volgende)

    def stroom(self, url: str) -> Iterator[bytes]:
        """De binaire inhoud achter een URL, in brokken."""
        volledig = self.url(url)
        try:
            with self._http.stream("GET", volledig) as antwoord:
                if not antwoord.is_success:
                    raise NietTeLezen(antwoord.status_code, volledig)
                yield from antwoord.iter_bytes(1 << 16)
        except httpx.TransportError as fout:
            raise NietTeLezen(0, volledig, type(fout).__name__) from fout

    def samen(self, functie: Callable[[T], R], delen: list[T]) -> list[R]:
        """De functie voor elk deel, een paar tegelijk, in dezelfde volgorde."""
        return list(self._samen.map(functie, delen))

    def _vraag(self, url: str, params: Mapping[str, Any], koppen: Mapping[str, str]) -> httpx.Response:
        for poging in range(POGINGEN):
            laatste = poging == POGINGEN - 1
            try:
                antwoord = self._http.get(url, params=params or None, headers=koppen)
            except httpx.TransportError as fout:
                if laatste:
                    raise NietTeLezen(0, url, type(fout).__name__) from fout
            else:
                if antwoord.is_success:
                    return antwoord
                if laatste or not (antwoord.is_server_error or antwoord.status_code == httpx.codes.TOO_MANY_REQUESTS):
                    raise NietTeLezen(antwoord.status_code, url, antwoord.text[:200])
            time.sleep(2**poging / 2)
        raise AssertionError("onbereikbaar")

    def _meld_aan(self, verzoek: httpx.Request) -> httpx.Request:
        token = self._token(str(verzoek.url))
        verzoek.headers["Authorization"] = f"Token {token}" if token else f"Bearer {self._jwt()}"
        return verzoek

    def _token(self, url: str) -> str:
        eigen = self._aanmelding.tokens.items()
        return next((t for api, t in eigen if url.startswith(f"{self._bases[api]}/")), self._aanmelding.token)

    def _jwt(self) -> str:
        wie = self._aanmelding.client_id
        nu = int(self._installatie.klok.nu().timestamp())
        inhoud = {"iss": wie, "iat": nu, "client_id": wie, "user_id": "importeer", "user_representation": "importeer"}
        return jwt.encode({"alg": "HS256"}, inhoud, OctKey.import_key(self._aanmelding.geheim))

    # adressen

    def url(self, verwijzing: str) -> str:
        """De volledige URL daar. Een adres buiten haar API's krijgt onze aanmelding niet: `NietTeLezen`."""
        api, _, pad = verwijzing.partition(":")
        if api in self._bases:
            return f"{self._bases[api]}/{pad}"
        if not any(verwijzing.startswith(f"{basis}/") for basis in self._bases.values()):
            raise NietTeLezen(0, verwijzing, "dit adres hoort niet bij de andere installatie")
        return verwijzing

    def vertaal(self, waarde: Any) -> Any:
        """Dezelfde JSON, met elke URL van daar als URL van hier."""
        if isinstance(waarde, str):
            return self._vertaal_url(waarde) if waarde.startswith("http") else waarde
        if isinstance(waarde, list):
            return [self.vertaal(deel) for deel in waarde]
        return {naam: self.vertaal(deel) for naam, deel in waarde.items()} if isinstance(waarde, dict) else waarde

    def _vertaal_url(self, url: str) -> str:
        for api, basis in self._bases.items():
            if url.startswith(f"{basis}/"):
                opslag = f"{api}:{url[len(basis) + 1 :]}"
                return self._installatie.diensten.naar_url(self.verwijzingen.get(opslag, opslag))
        return url

    def opslag(self, url: str) -> str:
        """Een URL van daar als dienst:pad, zonder naar `verwijzingen` te kijken."""
        return next(
            (f"{api}:{url[len(basis) + 1 :]}" for api, basis in self._bases.items() if url.startswith(f"{basis}/")), url
        )
