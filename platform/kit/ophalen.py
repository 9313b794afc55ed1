"""Gegevens van andere API's, met de eigen aanmelding van de registratie. Types (ook eigen objecttypen) staan per dag in het geheugen."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from datetime import date
from threading import Thread
from typing import Any, TypeVar

import orjson

from integratie.basis import ApiClient, ApiFout, NietBereikbaar, NietIngesteld
from kern.installatie import Installatie
from kern.versies import huidige_versie

T = TypeVar("T")
GROOTSTE_CACHE = 5000
EIGEN_PAGINA, STANDAARD_PAGINA = 500, 100  # hoeveel er op een pagina van `_zoek` past
GEDULD = 1.5  # seconden: met een dienst die zwijgt heeft de aanroeper zo binnen 2 s antwoord
GROOTSTE_RESOURCE = 5 << 20  # bytes; wie de URL van een groot bestand opgeeft, vult het geheugen niet


class Geduld:
    """Hoe lang één verzoek samen mag wachten op diensten van een ander, hoeveel verwijzingen er ook in staan."""

    def __init__(self, seconden: float = GEDULD) -> None:
        self.over = seconden

    def wacht_op(self, doe: Callable[[], T]) -> T:
        """Wat `doe` geeft; `TimeoutError` als dat langer duurt dan er over is, ook als een dienst druppelsgewijs antwoordt."""
        uitkomst: Future[T] = Future()
        begin, omgeving = time.monotonic(), copy_context()

        def voer_uit() -> None:
            try:
                uitkomst.set_result(omgeving.run(doe))
            except BaseException as fout:  # noqa: BLE001  # de aanroeper krijgt haar
                uitkomst.set_exception(fout)

        if self.over > 0:
            Thread(target=voer_uit, name="ophalen", daemon=True).start()
        try:
            return uitkomst.result(timeout=max(self.over, 0))
        finally:
            self.over -= time.monotonic() - begin


class AnderZwijgt(NietBereikbaar):
    """Een dienst van een ander antwoordt niet, of niet op tijd; daar kan de aanroeper niets aan doen, en wij ook niet."""


class Ophaler:
    """Haalt resources op bij hun URL. Alleen geregistreerde diensten; een onbekend adres levert None."""

    def __init__(self, installatie: Installatie, *, namens: str) -> None:
        self._installatie = installatie
        self._namens = namens
        self._clients: dict[str, ApiClient] = {}
        self._lezers: dict[str, ApiClient] = {}
        self._types: dict[tuple[str, date, Any], dict[str, Any]] = {}
        self._versies: dict[str, Any] = {}

    def haal(self, url: str, geduld: Geduld | None = None) -> dict[str, Any] | None:
        """De resource, of None als het adres onbekend is of niet op 200 eindigt; zonder velden als daar geen JSON-object staat.

        `NietBereikbaar` bij een storing, of als een dienst van een ander het `geduld` van dit verzoek opmaakt.
        """
        geduld = geduld or Geduld()
        dienst = self._installatie.diensten.bij_url(url)
        if dienst is None:
            return None
        if dienst.naam == "catalogi" or (dienst.naam == "objecttypen" and dienst.eigen):
            return self._type(dienst.naam, url, geduld)
        return self._vraag(dienst.naam, url, geduld)

    def _type(self, api: str, url: str, geduld: Geduld) -> dict[str, Any] | None:
        versie = huidige_versie(self._installatie, api)
        if versie != self._versies.get(api) or len(self._types) > GROOTSTE_CACHE:
            self._versies[api] = versie
            self._types.clear()
        sleutel = (url, self._installatie.klok.vandaag(), versie)  # wie intussen wijzigt, verhoogt de versie
        gevonden = self._types.get(sleutel) or self._vraag(api, url, geduld)
        if gevonden is not None:
            self._types[sleutel] = gevonden
        return gevonden

    def _vraag(self, api: str, url: str, geduld: Geduld) -> dict[str, Any] | None:
        try:
            inhoud = self._op_tijd(api, url, geduld)
        except NietIngesteld:
            raise
        except NietBereikbaar as fout:  # een storing is geen foute URL
            if self._installatie.diensten[api].eigen:
                raise
            raise AnderZwijgt(fout.status, fout.code, f"De {api} API antwoordt niet (op tijd).") from fout
        except ApiFout:  # geen 200
            return None
        return None if inhoud is None else _als_resource(inhoud)

    def _op_tijd(self, api: str, url: str, geduld: Geduld) -> bytes | None:
        if self._installatie.diensten[api].eigen:
            return self._inhoud(api, url)
        try:
            return geduld.wacht_op(lambda: self._inhoud(api, url))
        except TimeoutError as fout:
            raise NietBereikbaar(503, "ReadTimeout", f"De {api} API antwoordt te traag.") from fout

    def _inhoud(self, api: str, url: str) -> bytes | None:
        """Wat achter de URL staat; None als het te groot is."""
        inhoud, uiterlijk = bytearray(), time.monotonic() + GEDULD
        eigen = self._installatie.diensten[api].eigen  # in dit proces: die antwoordt of geeft een fout
        for deel in self._lezer(api).stroom(self._huidig(url)):
            inhoud += deel
            if len(inhoud) > GROOTSTE_RESOURCE:
                return None
            if not eigen and time.monotonic() > uiterlijk:
                raise NietBereikbaar(503, "ReadTimeout", f"De {api} API antwoordt te traag.")
        return bytes(inhoud)

    def zoek(self, verzameling: str, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        """De resources met deze uuid's, met `_zoek` in porties; `verzameling` als `dienst:pad`. Wie er niet is, ontbreekt."""
        api, _, pad = verzameling.partition(":")
        eigen = self._installatie.diensten[api].eigen
        grootte, params = (EIGEN_PAGINA, {"pageSize": EIGEN_PAGINA}) if eigen else (STANDAARD_PAGINA, None)
        for begin in range(0, len(ids), grootte):
            criteria = {"uuid__in": list(ids[begin : begin + grootte])}
            yield from self.client(api).vraag("POST", f"{pad}/_zoek", json=criteria, params=params)["results"]

    def alle(self, verzameling: str, **params: str) -> Iterator[dict[str, Any]]:
        """Alle resources van een lijst (`dienst:pad`), pagina voor pagina."""
        api, _, pad = verzameling.partition(":")
        antwoord = self.client(api).vraag("GET", pad, params=params)
        while True:
            yield from antwoord["results"]
            if not antwoord["next"]:
                return
            antwoord = self.client(api).vraag("GET", antwoord["next"])

    def bestaat(self, api: str) -> bool:
        """Biedt deze installatie de API aan?"""
        try:
            self.client(api).vraag("GET", "openapi.json")
        except ApiFout as fout:
            if fout.status == 404:  # noqa: PLR2004  # op dat pad staat geen onderdeel
                return False
            raise
        return True

    def _huidig(self, url: str) -> str:
        """Een URL onder een vroeger adres, op het adres van nu."""
        return self._installatie.diensten.naar_url(self._installatie.diensten.naar_opslag(url))

    def _lezer(self, api: str) -> ApiClient:
        """De client om te lezen; bij een dienst van een ander met weinig geduld: de aanroeper wacht ook."""
        if self._installatie.diensten[api].eigen:
            return self.client(api)
        if api not in self._lezers:
            soort = type("Lezer", (ApiClient,), {"api": api, "tijdslimiet": GEDULD})
            self._lezers[api] = soort(self._installatie, namens=self._namens)
        return self._lezers[api]

    def client(self, api: str) -> ApiClient:
        """De client voor een API, met de aanmelding van deze registratie."""
        if api not in self._clients:
            soort = type("Client", (ApiClient,), {"api": api})
            self._clients[api] = soort(self._installatie, namens=self._namens)
        return self._clients[api]


def _als_resource(inhoud: bytes) -> dict[str, Any]:
    """Wat er met een 200 stond; een bestand of pagina heeft geen velden, en is dus geen resource van welke soort ook."""
    try:
        gelezen = orjson.loads(inhoud)
    except orjson.JSONDecodeError:
        return {}
    return gelezen if isinstance(gelezen, dict) else {}
