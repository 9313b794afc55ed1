"""Elke keuzelijst uit de officiële bestanden tegen onze declaraties, naar beide kanten: geen keuze te weinig en geen te veel.

Los van de vergelijking per operatie: hier telt elke plek waar een veld of parameter een lijst heeft, ook diep in een schema dat van soort
wisselt (de identificatie van een betrokkene of object).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from kit import Registratie
from kit.openapi import maak_document

STANDAARDEN = Path(__file__).parents[3] / "shared" / "standaarden" / "openapi"
BESTANDEN = {
    "zaken-1.7": "zaken",
    "zaken-1.5": "zaken",
    "catalogi-1.3": "catalogi",
    "documenten-1.7": "documenten",
    "documenten-1.4": "documenten",
    "besluiten-1.1": "besluiten",
    "autorisaties-1.1": "autorisaties",
    "notificaties-1.0": "notificaties",
}
GEEN_DECLARATIE = {
    "Content-Type",  # koppen doet het platform zelf
    "type",  # de vormen van GeoJSON, zie tests/integratie/registraties/zaken/test_zoeken.py
}
ALLEEN_HIER = {
    *("machtiging", "rol__machtiging", "ordering", "archiefnominatie__in", "archiefstatus__in"),
    *("objectinformatieobjecten__objectType", "objectinformatieobjecten_objectType"),
    *("identifierType", "role", "source"),  # authenticatieContext: in het bestand zonder keuzen
    *("status", "specversion", "doelgroep"),
}
"""Parameters en velden waar het bestand vrije tekst heeft, niet kent of de keuzen alleen als tekst noemt (afwijkingen.md)."""
NIEUWER = {"zaken-1.5": {"notitieType", "status"}}
"""Velden die een ouder bestand nog niet heeft."""
OOK: dict[str, set[str]] = {
    "aardRelatie": {"overig"},  # zoals Open Zaak
    "innRechtsvorm": {"europese_cooperatieve_vennootschap"},  # 1.5 heeft alleen de tikfout, 1.7 beide
}
Keuzen = dict[str, set[frozenset[str]]]


def keuzen_in(document: Mapping[str, Any]) -> Keuzen:
    """Per naam van een veld of parameter elke keuzelijst die het document daarvoor heeft."""
    uit: Keuzen = defaultdict(set)
    for naam, schema in _genoemd(document):
        keuzen = frozenset(_keuzen(document, schema, 0)) - {""}
        if keuzen:
            uit[naam].add(keuzen)
    return uit


def _genoemd(deel: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(deel, dict):
        velden = deel.get("properties")
        yield from velden.items() if isinstance(velden, dict) else ()
        if {"name", "in", "schema"} <= deel.keys():
            yield deel["name"], deel["schema"]
    for onder in deel.values() if isinstance(deel, dict) else deel if isinstance(deel, list) else ():
        yield from _genoemd(onder)


def _keuzen(document: Mapping[str, Any], schema: Any, diepte: int) -> Iterator[str]:
    schema = _volg(document, schema)
    if not isinstance(schema, dict) or diepte > 6:
        return
    yield from (keuze for keuze in (*schema.get("enum", ()), schema.get("const")) if keuze is not None)
    onder = [deel for soort in ("oneOf", "anyOf", "allOf") for deel in schema.get(soort, ())]
    for deel in (*onder, schema.get("items")):
        yield from _keuzen(document, deel, diepte + 1)


def _volg(document: Mapping[str, Any], schema: Any) -> Any:
    while isinstance(schema, dict) and str(schema.get("$ref", "")).startswith("#/"):
        doel: Any = document
        for stap in schema["$ref"].removeprefix("#/").split("/"):
            doel = doel[stap.replace("~1", "/").replace("~0", "~")]
        schema = doel
    return schema


def onze(api: str) -> Keuzen:
    module = import_module(f"registraties.{api}.bronnen")
    registratie = next(waarde for waarde in vars(module).values() if isinstance(waarde, Registratie))
    return keuzen_in(maak_document(registratie, "https://voorbeeld"))


@pytest.mark.skipif(not STANDAARDEN.exists(), reason="alleen waar de officiële bestanden staan")
@pytest.mark.parametrize("bestand", BESTANDEN)
def test_elke_keuze_en_geen_andere(bestand: str) -> None:
    hier = onze(BESTANDEN[bestand])
    daar = keuzen_in(yaml.load((STANDAARDEN / f"{bestand}.yaml").read_bytes(), Loader=yaml.CSafeLoader))
    namen = (set(hier) | set(daar)) - GEEN_DECLARATIE - NIEUWER.get(bestand, set())
    anders = {
        naam: (sorted(map(sorted, hier[naam])), sorted(map(sorted, daar[naam])))
        for naam in namen
        if not _gelijk(naam, _zonder(naam, hier[naam]), _zonder(naam, daar[naam]))
    }
    assert anders == {}


def _gelijk(naam: str, hier: set[frozenset[str]], daar: set[frozenset[str]]) -> bool:
    return hier >= daar if naam in ALLEEN_HIER else hier == daar


def _zonder(naam: str, lijsten: set[frozenset[str]]) -> set[frozenset[str]]:
    return {lijst - OOK.get(naam, set()) for lijst in lijsten}


def test_de_lijsten_zijn_gevonden() -> None:
    """Zonder officiële bestanden: de bekendste keuzelijsten zoals de standaard ze heeft."""
    zaken = onze("zaken")
    assert zaken["betalingsindicatie"] == {frozenset({"nvt", "nog_niet", "gedeeltelijk", "geheel"})}
    assert len(next(iter(zaken["vertrouwelijkheidaanduiding"]))) == 8
