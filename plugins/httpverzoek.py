"""Het bouwblok dat een ander systeem aanroept, alleen op adressen die de beheerder toestaat (HTTP_TOEGESTAAN)."""

from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
import orjson
from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Gegevens, Onherstelbaar, Opdracht, Tekst
from integratie.basis import NietBereikbaar
from kern.plugins import haak
from plugins.hulp import gewoon

GROOTSTE = 256 << 10
GEWEIGERD = Fout(
    "geweigerd", Tekst("Het andere systeem weigerde het verzoek (4xx).", "The other system refused (4xx).")
)


class HttpKeuze(Gegevens):
    adres: str = Field(title="Adres", description="Begin van de URL; moet vallen onder wat de beheerder toestaat.")
    methode: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = Field(
        "GET", title="Methode", description="HTTP-methode."
    )


class HttpInvoer(Gegevens):
    pad: str = Field("", title="Pad", description="Komt achter het adres.", pattern=r"^[A-Za-z0-9._~/-]*$")
    gegevens: dict[str, Any] = Field(default_factory=dict, title="Gegevens", description="Het lichaam, als JSON.")
    parameters: dict[str, str] = Field(default_factory=dict, title="Parameters", description="Achter het vraagteken.")


class HttpUitvoer(Gegevens):
    status: int = Field(title="Status", description="HTTP-status van het antwoord.")
    antwoord: Any = Field(title="Antwoord", description="Het antwoord uit JSON; null als het geen JSON is.")


class HttpVerzoek(Bouwblok[HttpKeuze, HttpInvoer, HttpUitvoer]):
    """Elke poging heeft dezelfde Idempotency-Key; of het andere systeem haar kent, bepaalt of herhalen veilig is."""

    sleutel = "http.verzoek"
    naam = Tekst("HTTP-verzoek", "HTTP request")
    uitleg = Tekst("Roept een ander systeem aan met JSON.", "Calls another system with JSON.")
    groep = Tekst("Techniek", "Technical")
    fouten = (GEWEIGERD,)

    def voer_uit(self, opdracht: Opdracht[HttpKeuze, HttpInvoer]) -> HttpUitvoer:
        url = _url(opdracht.configuratie.adres, opdracht.invoer.pad)
        if not mag(url, opdracht.installatie.instellingen.http_toegestaan):
            raise Onherstelbaar("dit adres valt niet onder HTTP_TOEGESTAAN")
        antwoord = self._stuur(opdracht, url)
        if antwoord.is_server_error or antwoord.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise NietBereikbaar(antwoord.status_code, "http", "Het andere systeem gaf een foutmelding.")
        if antwoord.is_client_error:
            raise BpmnFout(GEWEIGERD.code)
        return HttpUitvoer(status=antwoord.status_code, antwoord=_json(antwoord))

    def _stuur(self, opdracht: Opdracht[HttpKeuze, HttpInvoer], url: str) -> httpx.Response:
        keuze, invoer = opdracht.configuratie, opdracht.invoer
        met_lichaam = keuze.methode in ("POST", "PUT", "PATCH")
        try:
            return opdracht.installatie.http.request(
                keuze.methode,
                url,
                params=invoer.parameters or None,
                content=orjson.dumps(gewoon(invoer.gegevens)) if met_lichaam else None,
                headers={
                    "Accept": "application/json",
                    "Idempotency-Key": opdracht.idempotentie("http"),
                    **({"Content-Type": "application/json"} if met_lichaam else {}),
                },
            )
        except httpx.TransportError as fout:
            raise NietBereikbaar(503, type(fout).__name__, "Het andere systeem is niet bereikbaar.") from None


def _url(adres: str, pad: str) -> str:
    if any(deel in (".", "..") for deel in pad.split("/")):
        raise Onherstelbaar("een pad mag niet omhoog wijzen")
    return f"{adres.rstrip('/')}/{pad.lstrip('/')}" if pad else adres


def mag(url: str, toegestaan: str) -> bool:
    """Valt deze URL onder een van de toegestane adressen: zelfde protocol en host, en een pad dat daarmee begint op een streep?"""
    delen = urlsplit(url)
    if delen.username or delen.password or "\\" in url:
        return False
    for tekst in filter(None, (deel.strip() for deel in toegestaan.split(","))):
        begin = urlsplit(tekst)
        wortel = begin.path.rstrip("/")
        if (delen.scheme, delen.netloc) == (begin.scheme, begin.netloc) and f"{delen.path}/".startswith(f"{wortel}/"):
            return True
    return False


def _json(antwoord: httpx.Response) -> Any:
    if len(antwoord.content) > GROOTSTE:
        raise Onherstelbaar("het antwoord is te groot voor een procesvariabele")
    try:
        return orjson.loads(antwoord.content)
    except orjson.JSONDecodeError:
        return None


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [HttpVerzoek]
