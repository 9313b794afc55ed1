"""Waar elke API-client en elk schema op bouwt."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Generic, TypeVar
from uuid import uuid4

import httpx
import orjson
import structlog
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema

from kern.fouten import ParamFout
from kern.installatie import Installatie
from kern.machines import GeenGeheim, Ondertekening
from kern.spoor import KOP, huidig
from kern.transport import roep_eigen

T = TypeVar("T", bound=BaseModel)
SERVERFOUT = 500
MEESTE_PAGINAS = 100
CRS = "EPSG:4326"
EENVOUDIG = {"content", "params", "headers"}


class Schema(BaseModel):
    """Basis van elk API-schema: velden in snake_case, op de lijn in camelCase. Onbekende velden tellen niet mee."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="ignore",
        defer_build=True,
        json_schema_serialization_defaults_required=True,
    )

    def als_json(self, *, alleen_gezet: bool = False) -> dict[str, Any]:
        """De vorm op de lijn."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=alleen_gezet)


class SlangSchema(Schema):
    """Een schema dat ook op de lijn snake_case gebruikt (Producten, Producttypen)."""

    model_config = ConfigDict(alias_generator=None, extra="ignore", defer_build=True)


class Verwijzing:
    """Merkteken op een veldtype: deze tekst is een URL, die bewaard wordt als (dienst, pad)."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, maak: GetJsonSchemaHandler) -> dict[str, Any]:
        gewoon = {**maak(schema), "format": "uri"}
        return gewoon if gewoon.get("minLength") else {"anyOf": [gewoon, {"type": "string", "const": ""}]}


Url = Annotated[str, StringConstraints(max_length=1000), Verwijzing()]


# Een verwijzing die niet leeg kan zijn.
GevuldeUrl = Annotated[str, StringConstraints(min_length=1, max_length=1000), Verwijzing()]


class Pagina(BaseModel, Generic[T]):
    """Eén pagina van een lijst; `count` is het totaal over alle pagina's."""

    count: int
    next: str | None = None
    previous: str | None = None
    results: list[T]


class ApiFout(Exception):
    """Een API gaf een fout. `code` en `fouten` (invalidParams) komen uit problem+json als dat er was."""

    def __init__(self, status: int, code: str = "", detail: str = "", fouten: tuple[ParamFout, ...] = ()) -> None:
        self.status, self.code, self.detail, self.fouten = status, code, detail, fouten
        velden = "; ".join(f"{fout.naam}: {fout.code}" for fout in fouten)
        super().__init__(f"{status} {code} {velden}".strip())


class NietBereikbaar(ApiFout):
    """De API antwoordt niet, of met een 5xx: later opnieuw proberen kan helpen."""


class NietIngesteld(NietBereikbaar):
    """Wij kunnen ons bij deze API van een ander niet aanmelden; `detail` zegt wat een beheerder moet instellen."""


class ApiClient:
    """Aanroepen van één API namens een onderdeel; de basis van de getypte clients.

    Paden zijn relatief aan de API (`zaken`, `zaken/<uuid>`); een volledige URL mag ook. Fouten zijn `ApiFout`, waarvan
    `NietBereikbaar` het herhalen waard is. `sleutel` bij schrijven is de Idempotency-Key.
    """

    api = ""
    tijdslimiet: float | None = None
    """Zo lang mag een dienst zwijgen bij `stroom`, in seconden; None is de grens van de installatie."""

    def __init__(self, installatie: Installatie, *, namens: str, gebruiker: str = "", weergave: str = "") -> None:
        self._installatie = installatie
        self._http = installatie.http
        self._diensten = installatie.diensten
        self._dienst = self._diensten[self.api]
        self._auth = Ondertekening(installatie, self._dienst, namens, gebruiker, weergave)

    def haal(self, pad: str, schema: type[T], **params: Any) -> T:
        """Eén object; 404 is `ApiFout` met status 404."""
        return schema.model_validate(self.vraag("GET", pad, params=params))

    def lijst(self, pad: str, schema: type[T], **params: Any) -> Pagina[T]:
        """Eén pagina."""
        return Pagina[schema].model_validate(self.vraag("GET", pad, params=params))  # type: ignore[valid-type]  # T is pas bij aanroep bekend

    def alle(self, pad: str, schema: type[T], **params: Any) -> Iterator[T]:
        """Alle objecten van een lijst, pagina voor pagina; ook van lijsten zonder pagina's."""
        antwoord = self.vraag("GET", pad, params=params)
        while True:
            rijen = antwoord if isinstance(antwoord, list) else antwoord["results"]
            yield from map(schema.model_validate, rijen)
            volgende = None if isinstance(antwoord, list) else antwoord.get("next")
            if not volgende:
                return
            antwoord = self.vraag("GET", volgende)

    def zoek(self, pad: str, schema: type[T], criteria: Mapping[str, Any], **params: Any) -> Pagina[T]:
        """Zoeken met de criteria in het lichaam, zodat er geen nummers in de URL staan."""
        antwoord = self.vraag("POST", f"{pad}/_zoek", json=criteria, params=params)
        return Pagina[schema].model_validate(antwoord)  # type: ignore[valid-type]  # T is pas bij aanroep bekend

    def zoek_alle(
        self, pad: str, schema: type[T], criteria: Mapping[str, Any], *, hoogstens: int = MEESTE_PAGINAS
    ) -> Iterator[T]:
        """Als `zoek`, maar alle pagina's. Zijn het er meer dan `hoogstens`, dan is dat een fout: nooit een halve lijst."""
        for pagina in range(1, hoogstens + 1):
            gevonden = self.zoek(pad, schema, criteria, page=pagina)
            yield from gevonden.results
            if not gevonden.next:
                return
        raise RuntimeError(f"{pad}: meer dan {hoogstens} pagina's gevonden")

    def maak(
        self, pad: str, invoer: BaseModel | Mapping[str, Any], schema: type[T], *, sleutel: str | None = None
    ) -> T:
        """POST; met `sleutel` geeft een herhaling hetzelfde antwoord in plaats van een tweede object."""
        return schema.model_validate(self.vraag("POST", pad, json=invoer, sleutel=sleutel))

    def wijzig(self, pad: str, invoer: Mapping[str, Any], schema: type[T], *, sleutel: str | None = None) -> T:
        """PATCH met alleen de te wijzigen velden."""
        return schema.model_validate(self.vraag("PATCH", pad, json=invoer, sleutel=sleutel))

    def vervang(
        self, pad: str, invoer: BaseModel | Mapping[str, Any], schema: type[T], *, sleutel: str | None = None
    ) -> T:
        """PUT."""
        return schema.model_validate(self.vraag("PUT", pad, json=invoer, sleutel=sleutel))

    def verwijder(self, pad: str) -> None:
        """DELETE; bestaat het al niet meer, dan is dat goed."""
        try:
            self.vraag("DELETE", pad)
        except ApiFout as fout:
            if fout.status != httpx.codes.NOT_FOUND:
                raise

    def vraag(
        self,
        methode: str,
        pad: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        sleutel: str | None = None,
    ) -> Any:
        """Het JSON-antwoord (None bij een leeg antwoord). De basis van alle andere methoden."""
        antwoord = self._stuur(
            methode, pad, content=_lichaam(json), params=params or None, headers=_koppen(json, sleutel)
        )
        return orjson.loads(antwoord.content) if antwoord.content else None

    def stroom(self, pad: str, **params: Any) -> Iterator[bytes]:
        """De binaire inhoud achter een pad of URL, in brokken."""
        vraag = self._http.stream(
            "GET",
            self.url(pad),
            params=params or None,
            auth=self._auth,
            headers=_koppen(None, None),
            timeout=self.tijdslimiet or httpx.USE_CLIENT_DEFAULT,
        )
        try:
            with vraag as antwoord:
                if not antwoord.is_success:  # ook een omleiding is niet wat er gevraagd is
                    antwoord.read()
                    raise _fout(antwoord)
                yield from antwoord.iter_bytes(1 << 16)
        except httpx.TransportError as fout:
            raise self._onbereikbaar(fout) from fout

    def url(self, pad: str) -> str:
        """De volledige URL van een pad van deze API; een URL onder een vroeger adres wordt die van nu."""
        if not pad.startswith(("http://", "https://")):
            return f"{self._dienst.basis}/{pad}"
        return self._diensten.naar_url(self._diensten.naar_opslag(pad))

    def _onbereikbaar(self, fout: httpx.TransportError) -> NietBereikbaar:
        if isinstance(fout, GeenGeheim):
            return NietIngesteld(502, "service-not-configured", str(fout))
        return NietBereikbaar(503, type(fout).__name__, f"De {self.api} API is niet bereikbaar.")

    def _stuur(self, methode: str, pad: str, **opties: Any) -> httpx.Response:
        url = self.url(pad)
        roep = self._roep_eigen if self._is_eigen(url, opties) else self._http.request
        try:
            antwoord = roep(methode, url, auth=self._auth, **opties)
        except httpx.TransportError as fout:
            raise self._onbereikbaar(fout) from fout
        if antwoord.is_error:
            raise _fout(antwoord)
        return antwoord

    def _is_eigen(self, url: str, opties: Mapping[str, Any]) -> bool:
        """Een gewone aanroep binnen dit proces; bestanden en formulieren gaan als stroom door de HTTP-client."""
        eigen = url.startswith(f"{self._installatie.instellingen.adres}/") and "/." not in url
        return eigen and opties.keys() <= EENVOUDIG and isinstance(self._auth, Ondertekening)

    def _roep_eigen(
        self,
        methode: str,
        url: str,
        *,
        auth: Ondertekening,
        headers: Mapping[str, str] = MappingProxyType({}),
        content: bytes | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        adres = f"{url.partition('?')[0]}?{httpx.QueryParams(params)}" if params else url
        koppen = {KOP: huidig().kop, **headers, **auth.koppen()}
        return roep_eigen(self._installatie.wsgi, methode, adres, koppen, content or b"")


def _lichaam(json: Any) -> bytes | None:
    if isinstance(json, BaseModel):
        return orjson.dumps(json.model_dump(mode="json", by_alias=True, exclude_unset=True))
    return None if json is None else orjson.dumps(json)


def _koppen(json: Any, sleutel: str | None) -> dict[str, str]:
    koppen = {"Accept": "application/json", "Accept-Crs": CRS}
    if json is not None:
        koppen |= {"Content-Type": "application/json", "Content-Crs": CRS}
    if sleutel:
        koppen["Idempotency-Key"] = sleutel
    spoor = structlog.contextvars.get_contextvars().get("trace_id")
    if spoor:
        koppen[KOP] = f"00-{spoor}-{uuid4().hex[:16]}-01"
    return koppen


def _fout(antwoord: httpx.Response) -> ApiFout:
    try:
        inhoud = orjson.loads(antwoord.content)
    except orjson.JSONDecodeError:
        inhoud = {}
    inhoud = inhoud if isinstance(inhoud, dict) else {}
    params = tuple(
        ParamFout(p.get("name", ""), p.get("code", ""), p.get("reason", "")) for p in inhoud.get("invalidParams", [])
    )
    soort = NietBereikbaar if antwoord.status_code >= SERVERFOUT else ApiFout
    return soort(antwoord.status_code, str(inhoud.get("code", "")), str(inhoud.get("detail", "")), params)
