"""De client van de KVK-API's van het Handelsregister."""

import re
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from integratie.basis import ApiFout, NietBereikbaar
from integratie.kvk.schemas import (
    Basisprofiel,
    Gegevens,
    Vestigingenlijst,
    VestigingKort,
    Vestigingsprofiel,
    Zoekresultaat,
)
from kern.installatie import Installatie

SIMULATORPAD = "/simulatoren/kvk/api"
"""Waar de simulator hangt in een installatie zonder KVK_URL."""

TIJDSLIMIET = httpx.Timeout(8, connect=2)

_Soort = TypeVar("_Soort", bound=Gegevens)


class KvkFout(ApiFout):
    """De KVK gaf geen bruikbaar antwoord."""


class KvkOnbereikbaar(KvkFout, NietBereikbaar):
    """Geen verbinding, te laat, te druk, of een fout aan de kant van de KVK: probeer het later opnieuw."""


class KvkGeweigerd(KvkFout):
    """De KVK accepteert onze sleutel niet."""


class KvkVraagOnjuist(KvkFout):
    """Onze vraag klopt niet; `code` is de IPD-code van de KVK."""


class KvkAntwoordOnjuist(KvkFout):
    """Het antwoord heeft niet de verwachte vorm."""


class KvkClient:
    """De KVK-API's onder `basis_url` (`https://api.kvk.nl/api`). `sleutel` gaat mee als `apikey`."""

    def __init__(
        self, http: httpx.Client, basis_url: str, *, sleutel: str = "", tijdslimiet: httpx.Timeout = TIJDSLIMIET
    ) -> None:
        self._http = http
        self._basis = basis_url.rstrip("/")
        self._headers = {"Accept": "application/json", **({"apikey": sleutel} if sleutel else {})}
        self._tijdslimiet = tijdslimiet

    def zoek(
        self, *, ook_beeindigd: bool = False, pagina: int = 1, per_pagina: int = 10, **criteria: Any
    ) -> Zoekresultaat:
        """Zoek met de parameters van de Zoeken API (`kvkNummer`, `rsin`, `vestigingsnummer`, `naam`, `postcode` + `huisnummer`, `plaats` …).

        Niets gevonden is een leeg resultaat, geen fout.
        """
        vraag = {naam: waarde for naam, waarde in criteria.items() if waarde not in ("", None)}
        vraag |= {"pagina": pagina, "resultatenPerPagina": per_pagina}
        if ook_beeindigd:
            vraag["inclusiefInactieveRegistraties"] = "true"
        return self._haal("v2/zoeken", Zoekresultaat, **vraag) or Zoekresultaat()

    def basisprofiel(self, kvk_nummer: str) -> Basisprofiel | None:
        """De onderneming, met hoofdvestiging en eigenaar; None als zij niet bestaat."""
        return self._haal(f"v1/basisprofielen/{_cijfers(kvk_nummer, 8)}", Basisprofiel)

    def vestigingen(self, kvk_nummer: str) -> tuple[VestigingKort, ...]:
        """Alle vestigingen van een onderneming; leeg als zij er geen heeft of niet bestaat."""
        lijst = self._haal(f"v1/basisprofielen/{_cijfers(kvk_nummer, 8)}/vestigingen", Vestigingenlijst)
        return lijst.vestigingen if lijst else ()

    def vestigingsprofiel(self, vestigingsnummer: str, *, geo: bool = False) -> Vestigingsprofiel | None:
        """Eén vestiging; None als zij niet bestaat. Met `geo` ook de BAG-nummers van de adressen."""
        params = {"geoData": "true"} if geo else {}
        return self._haal(f"v1/vestigingsprofielen/{_cijfers(vestigingsnummer, 12)}", Vestigingsprofiel, **params)

    def _haal(self, pad: str, schema: type[_Soort], **params: Any) -> _Soort | None:
        try:
            antwoord = self._http.get(
                f"{self._basis}/{pad}", params=params or None, headers=self._headers, timeout=self._tijdslimiet
            )
        except httpx.TransportError as fout:
            raise KvkOnbereikbaar(503, type(fout).__name__, "De KVK is niet bereikbaar.") from None
        if antwoord.status_code == httpx.codes.NOT_FOUND and _code(antwoord).startswith("IPD"):
            return None
        _eis_gelukt(antwoord)
        try:
            return schema.model_validate_json(antwoord.content)
        except ValidationError as fout:
            plekken = ", ".join(sorted({".".join(map(str, deel["loc"])) for deel in fout.errors(include_input=False)}))
            raise KvkAntwoordOnjuist(502, "antwoord", f"Het antwoord van de KVK klopt niet bij: {plekken}") from None


def _cijfers(nummer: str, aantal: int) -> str:
    """Het nummer, als het zo veel cijfers heeft: anders zou het een ander pad kunnen worden."""
    if not re.fullmatch(f"[0-9]{{{aantal}}}", nummer):
        raise KvkVraagOnjuist(400, "nummer", f"Een nummer van {aantal} cijfers is nodig.")
    return nummer


def maak_kvk_client(installatie: Installatie) -> KvkClient:
    """De client volgens de instellingen; zonder KVK_URL die op de simulator (alleen demo en test).

    Geeft `KvkOnbereikbaar` als er in productie geen adres is ingesteld.
    """
    i = installatie.instellingen
    if not i.kvk_url and i.omgeving == "productie":
        raise KvkOnbereikbaar(503, "niet-ingesteld", "KVK_URL is niet ingesteld.")
    adres = i.kvk_url or f"{i.adres}{SIMULATORPAD}"
    return KvkClient(installatie.http, adres, sleutel=i.kvk_sleutel.get_secret_value())


def _eis_gelukt(antwoord: httpx.Response) -> None:
    status = antwoord.status_code
    if status == httpx.codes.OK:
        return
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise KvkGeweigerd(status, "geweigerd", "De KVK weigert de bevraging.")
    if status == httpx.codes.BAD_REQUEST:
        raise KvkVraagOnjuist(status, _code(antwoord), "De KVK vindt de vraag onjuist.")
    raise KvkOnbereikbaar(status, _code(antwoord) or "fout", "De KVK gaf een foutmelding.")


def _code(antwoord: httpx.Response) -> str:
    try:
        return str(antwoord.json()["fout"][0]["code"])
    except (ValueError, KeyError, TypeError, IndexError):
        return ""
