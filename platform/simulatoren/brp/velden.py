"""Het filteren met `fields`: welke paden bestaan (afgeleid uit de schema's) en welke gegevens een antwoord dan bevat."""

from collections.abc import Iterable
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from integratie.brp.schemas import BekendeDatum, OnvolledigeDatum, Persoon, PersoonBeperkt, Waarde

Boom = dict[str, Any]
"""Bestaande of gevraagde velden: naam → deelboom. Een lege boom is een enkele waarde, `*` een geheel dat nooit gedeeld wordt."""

VANZELF = ("inOnderzoek", "geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie")
"""Velden die automatisch meekomen en daarom niet gevraagd mogen worden."""

ALTIJD_HEEL = (BekendeDatum, OnvolledigeDatum, Waarde)
"""Soorten die als geheel komen, ook als een (niet bestaand) deel ervan gevraagd is."""

_HEEL: Boom = {"*": {}}
_BINNENLAND = {"verblijfplaatsBinnenland": "verblijfplaats", "adresseringBinnenland": "adressering"}
_BUITENLANDSE_VELDEN = ("regel1", "regel2", "regel3", "adresregel3", "land")


@cache
def bestaande_velden(model: type[BaseModel]) -> Boom:
    """De boom van velden die van een persoon gevraagd mogen worden."""
    boom = {
        veld.alias or naam: _van_soorten(_modellen(veld.annotation))
        for naam, veld in model.model_fields.items()
        if (veld.alias or naam) not in VANZELF
    }
    for alias, naam in _BINNENLAND.items():
        if naam in boom:
            boom[alias] = _zonder(boom[naam], _BUITENLANDSE_VELDEN)
    return boom


def _modellen(soort: Any) -> list[type[BaseModel]]:
    if isinstance(soort, type) and issubclass(soort, BaseModel):
        return [soort]
    return [model for deel in get_args(soort) for model in _modellen(deel)]


def _van_soorten(modellen: list[type[BaseModel]]) -> Boom:
    """De velden van alle vormen samen: een verblijfplaats kan een adres, locatie of buitenlands adres zijn."""
    if any(issubclass(model, ALTIJD_HEEL) for model in modellen):
        return _HEEL
    boom: Boom = {}
    for model in modellen:
        boom = _voeg_samen(boom, bestaande_velden(model))
    return boom


def _zonder(boom: Boom, namen: Iterable[str]) -> Boom:
    return {naam: _zonder(deel, namen) for naam, deel in boom.items() if naam not in namen}


def _voeg_samen(een: Boom, ander: Boom) -> Boom:
    samen = dict(een)
    for naam, deel in ander.items():
        samen[naam] = _voeg_samen(samen[naam], deel) if naam in samen else deel
    return samen


def toegestaan(*, beperkt: bool, met_gezag: bool = False) -> Boom:
    """De velden die een soort vraag kan geven: zoeken is beperkt, gezag alleen bij adresseerbaar object."""
    if not beperkt:
        return bestaande_velden(Persoon)
    velden = bestaande_velden(PersoonBeperkt)
    return velden if met_gezag else _zonder(velden, ["gezag"])


def bestaat(pad: str, boom: Boom) -> bool:
    """Of een pad (`naam.voornamen`) een veld uit de boom aanwijst."""
    for naam in pad.split("."):
        if "*" in boom:
            return True
        if naam not in boom:
            return False
        boom = boom[naam]
    return True


def gevraagd(paden: Iterable[str], boom: Boom) -> Boom:
    """De boom van gevraagde velden bij bestaande paden. Wie `naam` en `naam.voornamen` vraagt, krijgt de hele naam."""
    gekozen: Boom = {}
    for pad in paden:
        gekozen = _voeg_samen(gekozen, _tak(pad.split("."), boom))
    return gekozen


def _tak(namen: list[str], boom: Boom) -> Boom:
    if not namen or "*" in boom:
        return boom
    naam, *rest = namen
    return {_BINNENLAND.get(naam, naam): _tak(rest, boom[naam])}


def filter_persoon(persoon: dict[str, Any], boom: Boom) -> dict[str, Any]:
    """De gevraagde velden van een persoon, met wat vanzelf meekomt."""
    uit: dict[str, Any] = _kies(persoon, boom)
    for naam in VANZELF[1:]:
        if naam in persoon:
            uit[naam] = persoon[naam]
    if "verblijfplaats" not in boom and "adressering" not in boom:
        uit.pop("rni", None)  # het bestand kent alleen RNI-gegevens bij de verblijfplaats
        uit.pop("verificatie", None)
    return uit


def _kies(gegeven: Any, boom: Boom) -> Any:
    if isinstance(gegeven, list):
        return [_kies(deel, boom) for deel in gegeven]
    if not isinstance(gegeven, dict) or not boom or "*" in boom:
        return gegeven
    uit = {}
    for naam, deel in gegeven.items():
        if naam in ("type", "indicatieVastgesteldVerblijftNietOpAdres"):
            uit[naam] = deel
        elif naam in boom:
            gekozen = _kies(deel, boom[naam])
            if gekozen != {}:
                uit[naam] = gekozen
    vlaggen = _vlaggen(gegeven.get("inOnderzoek"), uit)
    return uit | {"inOnderzoek": vlaggen} if vlaggen else uit


def _vlaggen(onderzoek: Any, geleverd: dict[str, Any]) -> dict[str, Any]:
    """De onderzoeksvlaggen van wat geleverd wordt, met de begindatums; niets als er niets van in onderzoek is."""
    if not isinstance(onderzoek, dict):
        return {}
    vlaggen = {naam: True for naam, vlag in onderzoek.items() if vlag is True and naam in geleverd}
    datums = {naam: datum for naam, datum in onderzoek.items() if datum is not True}
    return vlaggen | datums if vlaggen else {}
