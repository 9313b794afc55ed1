"""Nakijken of een pakket klopt, vóór er iets verandert: bestaat alles waar het naar verwijst, en kan elk model draaien?"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, lees_definitie
from formuliermotor.kantoor import controleer_sjabloon
from integratie.configuratie import LijstOntbreekt, met_lijsten
from processen.motor import ModelGeweigerd, Motor
from processen.pakketten.afhankelijk import modellen_van, processen_van
from processen.pakketten.controle_mens import tegenstrijdig, zonder_mens
from processen.pakketten.controle_ontvangst import zonder_bevestiging
from processen.pakketten.controle_verwijzingen import verwijzingen
from processen.pakketten.formaat import Lijstdeel, Pakket
from processen.pakketten.variabelen import variabelen


def controleer(pakket: Pakket, motor: Motor) -> list[str]:
    """Alle bevindingen, elk met de plek; leeg als het pakket geïnstalleerd kan worden."""
    delen = (
        _bouwblokken(pakket, motor),
        _starts(pakket),
        _toezicht(pakket),
        _formulieren(pakket, motor),
        _modellen(pakket, motor),
        verwijzingen(pakket, frozenset(processen_van(pakket, motor))),
        zonder_mens(pakket),
        zonder_bevestiging(pakket),
        tegenstrijdig(pakket),
        _sjablonen(pakket),
        _variabelen(pakket, motor),
    )
    return [bevinding for deel in delen for bevinding in deel]


def _bouwblokken(pakket: Pakket, motor: Motor) -> Iterator[str]:
    for sleutel, versie in pakket.kop.bouwblokken.items():
        blok = motor.bouwblokken.get(sleutel)
        if blok is None:
            yield f"pakket.toml: bouwblok {sleutel} is hier niet; installeer de plugin die het levert"
        elif blok.versie < versie:
            yield f"pakket.toml: bouwblok {sleutel} heeft hier versie {blok.versie}, het pakket vraagt {versie}"


def _starts(pakket: Pakket) -> Iterator[str]:
    verzoektypen = {deel.naam for deel in pakket.verzoektypen}
    for start in pakket.kop.starts:
        if start.verzoektype not in verzoektypen:
            yield f"pakket.toml: verzoektype {start.verzoektype} bestaat niet in dit pakket"
    genoemd = [start.proces for start in pakket.kop.starts] + [actie.proces for actie in pakket.kop.acties]
    yield from (
        f"pakket.toml: proces {naam} bestaat niet in dit pakket" for naam in genoemd if naam not in pakket.processen
    )
    zaaktypen = {deel.identificatie for deel in pakket.zaaktypen}
    van_acties_en_teams = [
        *(actie.zaaktype for actie in pakket.kop.acties),
        *(team.zaaktype for team in pakket.kop.teams),
        *(regel.zaaktype for regel in pakket.kop.termijnen),
        *(regel.zaaktype for regel in pakket.kop.besluiten),
        *(regel.zaaktype for regel in pakket.kop.papier),
    ]
    for zaaktype in van_acties_en_teams:
        if zaaktype not in zaaktypen:
            yield f"pakket.toml: zaaktype {zaaktype} bestaat niet in dit pakket"


def _toezicht(pakket: Pakket) -> Iterator[str]:
    producten = {product.code for product in pakket.producten}
    genoemd = [code for regel in pakket.kop.toezicht for code in (regel.producttype, *regel.erbij)]
    yield from (
        f"pakket.toml: producttype {code} bestaat niet in dit pakket" for code in genoemd if code not in producten
    )


def _formulieren(pakket: Pakket, motor: Motor) -> Iterator[str]:
    lijsten = {naam: _altijd(lijst) for naam, lijst in pakket.referentielijsten.items()}
    veldtypen = veldtypen_van(motor.installatie)
    for sleutel, definitie in pakket.formulieren.items():
        try:
            lees_definitie(met_lijsten(definitie, lijsten.get, date.max), veldtypen)
        except LijstOntbreekt as fout:
            yield f"formulieren/{sleutel}.json: {fout}; lever haar mee in referentielijsten/"
        except DefinitieFout as fout:
            yield from (f"formulieren/{sleutel}.json: {regel}" for regel in str(fout).splitlines())


def _altijd(lijst: Lijstdeel) -> dict[str, Any]:
    """De lijst met alle waarden, ook die nu niet gelden."""
    return {"waarden": [{"code": waarde.code, "naam": waarde.naam} for waarde in lijst.waarden]}


def _modellen(pakket: Pakket, motor: Motor) -> Iterator[str]:
    beslissingen = [inhoud.decode() for inhoud in pakket.beslissingen.values()]
    for naam, model in pakket.processen.items():
        try:
            bevindingen = motor.controleer(model, beslissingen)
        except ModelGeweigerd as fout:
            yield f"processen/{naam}.bpmn: {fout}"
        else:
            yield from (f"processen/{naam}.bpmn: {bevinding}" for bevinding in bevindingen)


def _variabelen(pakket: Pakket, motor: Motor) -> Iterator[str]:
    lijsten = {naam: _altijd(lijst) for naam, lijst in pakket.referentielijsten.items()}
    formulieren, veldtypen = {}, veldtypen_van(motor.installatie)
    for sleutel, definitie in pakket.formulieren.items():
        with suppress(LijstOntbreekt, DefinitieFout):  # dat meldt de controle van de formulieren
            formulieren[sleutel] = lees_definitie(met_lijsten(definitie, lijsten.get, date.max), veldtypen)
    return variabelen(pakket, motor, formulieren, modellen_van(pakket, motor))


def _sjablonen(pakket: Pakket) -> Iterator[str]:
    for sleutel, sjabloon in pakket.sjablonen.items():
        yield from (f"sjablonen/{sleutel}.json: {probleem}" for probleem in controleer_sjabloon(sjabloon.model_dump()))
    for regel in pakket.verzendregels:
        if regel.sjabloon not in pakket.sjablonen:
            yield f"verzendregels.json: {regel.sleutel}: sjabloon {regel.sjabloon} bestaat niet in dit pakket"
