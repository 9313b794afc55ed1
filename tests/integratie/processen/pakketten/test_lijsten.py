"""Referentielijsten: een pakket levert ze mee, formulieren en taken geven er keuzes uit, en een gemeente houdt ze bij."""

from datetime import date
from pathlib import Path

import orjson
import pytest

from contracten import veldtypen_van
from formuliermotor import lees_definitie
from integratie.configuratie import REFERENTIELIJST, Configuratie, LijstOntbreekt, met_lijsten
from integratie.klanttaken import formulierdefinitie
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import PakketFout, installeer, lees_pakket
from processen.pakketten.controle import controleer
from processen.pakketten.exporteren import lees_geinstalleerd
from processen.pakketten.nieuw import maak_nieuw
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.verschil import verschil
from processen.pakketten.verwijderen import verwijder

NAAM = "melding-openbare-ruimte"
LIJST = f"{NAAM}-categorie"
CODES = ["afval", "wegen", "groen", "verlichting", "water", "overlast", "anders"]
WAARDEN = [
    {"code": "oud", "naam": {"nl": "Oud", "en": "Old"}, "einde": "2026-03-01"},
    {"code": "nu", "naam": {"nl": "Nu", "en": "Now"}, "uitleg": {"nl": "Uitleg", "en": "Explanation"}},
    {"code": "straks", "naam": {"nl": "Straks", "en": "Later"}, "begin": "2026-04-01"},
]


def _codes(installatie: Installatie, definitie: object, vraag: str) -> list[str]:
    gelezen = lees_definitie(definitie, veldtypen_van(installatie))
    return [keuze.value for keuze in gelezen.onderdelen[vraag].keuzes]  # type: ignore[attr-defined]  # een keuzevraag


def test_van_pakket_naar_formulier_en_weer_weg(installatie: Installatie) -> None:
    motor, pakket = maak_motor(installatie), lees_pakket(MEEGELEVERD / NAAM)
    installeer(installatie, motor, pakket)
    client = Configuratie(installatie, namens="processen")
    formulier = client.formulier(NAAM)
    assert formulier is not None
    assert _codes(installatie, formulier["definitie"], "categorie") == CODES
    lijst = client.haal(REFERENTIELIJST, LIJST)
    assert lijst is not None
    lijst["waarden"].append({"code": "dieren", "naam": {"nl": "Dieren", "en": "Animals"}})
    client.bewaar(REFERENTIELIJST, LIJST, lijst)  # een beheerder voegt er een toe
    assert _codes(installatie, formulierdefinitie(installatie, NAAM, namens="processen"), "categorie") == [
        *CODES,
        "dieren",
    ]
    (regel,) = verschil(lees_geinstalleerd(installatie, motor, NAAM), pakket)
    assert regel.startswith(f"referentielijsten/{LIJST}.json: waarden[7] gaat weg")
    installeer(installatie, motor, pakket)
    assert verschil(lees_geinstalleerd(installatie, motor, NAAM), pakket) == []
    assert f"referentielijst {LIJST}" in verwijder(installatie, motor, NAAM)
    assert client.haal(REFERENTIELIJST, LIJST) is None


def test_een_lijst_die_ontbreekt_staat_in_de_controle(installatie: Installatie) -> None:
    pakket = lees_pakket(MEEGELEVERD / NAAM)
    kaal = pakket.model_copy(update={"referentielijsten": {}})
    fouten = controleer(kaal, maak_motor(installatie))
    assert (
        f"formulieren/{NAAM}.json: referentielijst {LIJST} bestaat niet; lever haar mee in referentielijsten/" in fouten
    )


def test_een_nieuw_pakket_krijgt_eigen_lijsten(installatie: Installatie, tmp_path: Path) -> None:
    nieuw = lees_pakket(maak_nieuw("wijkmelding", tmp_path / "w", voorbeeld=MEEGELEVERD / NAAM))
    assert list(nieuw.referentielijsten) == ["wijkmelding-categorie"]
    assert controleer(nieuw, maak_motor(installatie)) == []


def test_alleen_wat_vandaag_geldt() -> None:
    definitie = {"componenten": [{"type": "select", "key": "soort", "lijst": "soorten"}]}
    lijsten = {"soorten": {"waarden": WAARDEN}, "leeg": {"waarden": WAARDEN[:1]}}
    (vraag,) = met_lijsten(definitie, lijsten.get, date(2026, 3, 1))["componenten"]
    keuze = {"value": "nu", "label": {"nl": "Nu", "en": "Now"}, "description": {"nl": "Uitleg", "en": "Explanation"}}
    assert vraag == {"type": "select", "key": "soort", "data": {"values": [keuze]}}
    definitie["componenten"][0]["lijst"] = "leeg"
    with pytest.raises(LijstOntbreekt, match="geen waarden"):
        met_lijsten(definitie, lijsten.get, date(2026, 3, 1))


def test_dubbele_codes_worden_geweigerd(tmp_path: Path) -> None:
    map_ = maak_nieuw("dubbel", tmp_path / "d")
    (map_ / "referentielijsten").mkdir()
    inhoud = {"titel": {"nl": "Proef", "en": "Trial"}, "waarden": [WAARDEN[1], WAARDEN[1]]}
    (map_ / "referentielijsten" / "proef.json").write_bytes(orjson.dumps(inhoud))
    with pytest.raises(PakketFout, match=r"referentielijsten/proef.json.*: nu"):
        lees_pakket(map_)
