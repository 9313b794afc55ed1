"""Twee pakketten naast elkaar: wat er bij komt, weggaat en verandert, in regels die een mens kan lezen."""

from collections.abc import Iterator
from typing import Any

import orjson

from processen.motor.fouten import ModelGeweigerd
from processen.motor.lezen import lees
from processen.motor.model import Element
from processen.pakketten.exporteren import als_bestanden
from processen.pakketten.formaat import Pakket

LANGSTE = 70


def verschil(oud: Pakket, nieuw: Pakket) -> list[str]:
    """Alle verschillen; leeg als de pakketten gelijk zijn."""
    oude, nieuwe = als_bestanden(oud), als_bestanden(nieuw)
    regels = [f"{naam}: komt erbij" for naam in nieuwe if naam not in oude]
    regels += [f"{naam}: gaat weg" for naam in oude if naam not in nieuwe]
    for naam in nieuwe:
        if naam in oude and oude[naam] != nieuwe[naam]:
            regels += [f"{naam}: {regel}" for regel in _inhoud(naam, oude[naam], nieuwe[naam])]
    return sorted(regels)


def _inhoud(naam: str, oud: bytes, nieuw: bytes) -> Iterator[str]:
    if naam.endswith(".json"):
        yield from _waarden("", orjson.loads(oud), orjson.loads(nieuw))
    elif naam.endswith(".bpmn"):
        yield from _modellen(oud, nieuw)
    else:
        yield from _tekst(oud.decode(), nieuw.decode())


def _waarden(plek: str, oud: Any, nieuw: Any) -> Iterator[str]:
    if isinstance(oud, dict) and isinstance(nieuw, dict):
        for naam in {**oud, **nieuw}:
            yield from _deel(f"{plek}.{naam}".strip("."), naam in oud, naam in nieuw, oud.get(naam), nieuw.get(naam))
    elif isinstance(oud, list) and isinstance(nieuw, list):
        for nr in range(max(len(oud), len(nieuw))):
            een, ander = (lijst[nr] if nr < len(lijst) else None for lijst in (oud, nieuw))
            yield from _deel(f"{plek}[{nr}]", nr < len(oud), nr < len(nieuw), een, ander)
    elif oud != nieuw:
        yield f"{plek}: {_kort(oud)} wordt {_kort(nieuw)}"


def _deel(plek: str, was: bool, wordt: bool, oud: Any, nieuw: Any) -> Iterator[str]:  # bestond het, bestaat het
    if was and wordt:
        yield from _waarden(plek, oud, nieuw)
    elif wordt:
        yield f"{plek} komt erbij: {_kort(nieuw)}"
    else:
        yield f"{plek} gaat weg: {_kort(oud)}"


def _modellen(oud: bytes, nieuw: bytes) -> Iterator[str]:
    """Elementen die erbij komen, weggaan of anders zijn; verschuiven in de tekening is geen verschil."""
    try:
        oude, nieuwe = _elementen(oud), _elementen(nieuw)
    except ModelGeweigerd:
        yield "veranderd"
        return
    yield from (f"{_noem(e)} komt erbij" for naam, e in nieuwe.items() if naam not in oude)
    yield from (f"{_noem(e)} gaat weg" for naam, e in oude.items() if naam not in nieuwe)
    anders = [naam for naam in nieuwe if naam in oude and _kenmerk(oude[naam]) != _kenmerk(nieuwe[naam])]
    yield from (f"{_noem(nieuwe[naam])} is veranderd" for naam in anders)
    if _stromen(oud) != _stromen(nieuw):
        yield "de pijlen of hun voorwaarden zijn veranderd"


def _elementen(bpmn: bytes) -> dict[str, Element]:
    return {element.id: element for _, element in lees(bpmn).bereik.alles()}


def _stromen(bpmn: bytes) -> set[tuple[str, str, str]]:
    bereik = lees(bpmn).bereik
    delen = [bereik, *(e.inhoud for _, e in bereik.alles() if e.inhoud is not None)]
    return {(s.van, s.naar, s.voorwaarde) for deel in delen for s in deel.stromen}


def _kenmerk(element: Element) -> tuple[Any, ...]:
    return (element.soort, element.naam, element.gebeurtenissen, element.zeebe, element.herhaald, element.onderbreekt)


def _noem(element: Element) -> str:
    return f"{element.id} ({element.naam})" if element.naam else element.id


def _tekst(oud: str, nieuw: str) -> Iterator[str]:
    oude, nieuwe = oud.splitlines(), nieuw.splitlines()
    yield from (f"gaat weg: {_kort(regel.strip())}" for regel in oude if regel.strip() and regel not in nieuwe)
    yield from (f"komt erbij: {_kort(regel.strip())}" for regel in nieuwe if regel.strip() and regel not in oude)


def _kort(waarde: Any) -> str:
    tekst = waarde if isinstance(waarde, str) else orjson.dumps(waarde).decode()
    return tekst if len(tekst) <= LANGSTE else f"{tekst[:LANGSTE]}…"
