"""Wat een ZGW-client mag, uit de Autorisaties API; in het geheugen zolang de versie in Redis gelijk blijft."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from integratie.basis import ApiFout
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.machines import EIGEN_PREFIX, Aanroeper
from kern.versies import huidige_versie
from kit.ophalen import Ophaler
from kit.toegang import Autorisatie, Toegang

# Een autorisatie voor een hele catalogus verandert ook als daar een type bij komt.
VERSIES = ("autorisaties", "catalogi")
TYPEVELD = {"zrc": "zaaktype", "drc": "informatieobjecttype", "brc": "besluittype"}


class Autorisatiebron(Protocol):
    """Geeft de toegang van een aanroeper."""

    def toegang(self, aanroeper: Aanroeper) -> Toegang: ...


class UitAutorisatiesApi:
    """Vraagt de Autorisaties API, ook als die van een ander is. Onze registraties zelf mogen alles."""

    def __init__(self, installatie: Installatie, ophaler: Ophaler) -> None:
        self._installatie = installatie
        self._ophaler = ophaler
        self._bekend: dict[tuple[str, Any], Toegang] = {}
        self._versie: Any = None

    def toegang(self, aanroeper: Aanroeper) -> Toegang:
        if is_registratie(aanroeper):
            return Toegang(aanroeper, alles=True)
        versie = tuple(huidige_versie(self._installatie, naam) for naam in VERSIES)
        if versie != self._versie:
            self._versie = versie
            self._bekend.clear()
        sleutel = (aanroeper.client_id, versie)  # wie intussen wijzigt, verhoogt de versie
        if sleutel not in self._bekend:
            self._bekend[sleutel] = self._vraag(aanroeper)
        return replace(self._bekend[sleutel], aanroeper=aanroeper)

    def _vraag(self, aanroeper: Aanroeper) -> Toegang:
        try:
            applicatie = self._ophaler.client("autorisaties").vraag(
                "GET", "applicaties/consumer", params={"clientId": aanroeper.client_id}
            )
        except ApiFout as fout:
            if fout.status >= 500:  # noqa: PLR2004  # een storing mag geen rechten geven of afnemen
                raise
            return Toegang(aanroeper)
        return uit_applicatie(aanroeper, applicatie, self._installatie.diensten.naar_opslag)


def is_registratie(aanroeper: Aanroeper) -> bool:
    """Is de aanroeper een van onze eigen registraties (die elkaar mogen vragen wat nodig is)?"""
    return aanroeper.eigen and aanroeper.client_id.removeprefix(EIGEN_PREFIX) in API_PADEN


def uit_applicatie(
    aanroeper: Aanroeper, applicatie: Mapping[str, Any], naar_opslag: Callable[[str], str] = str
) -> Toegang:
    """De rechten uit een Applicatie van de Autorisaties API; `naar_opslag` maakt van een URL `dienst:pad`."""
    return Toegang(
        aanroeper,
        bool(applicatie["heeftAlleAutorisaties"]),
        tuple(_autorisatie(deel, naar_opslag) for deel in applicatie["autorisaties"]),
        alleen_gereed=bool(applicatie.get("alleenIsGereedVoorPublicatie")),
    )


def _autorisatie(deel: Mapping[str, Any], naar_opslag: Callable[[str], str]) -> Autorisatie:
    url = deel.get(TYPEVELD.get(deel["component"], "")) or ""
    return Autorisatie(
        deel["component"],
        frozenset(deel["scopes"]),
        naar_opslag(url) if url else "",
        deel.get("maxVertrouwelijkheidaanduiding") or "",
    )
