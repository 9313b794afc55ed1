"""De meegeleverde pakketten samen in één gemeente, zoals in de demo: van elk speelt het eerste scenario. De rest is `make pakketten`."""

from datetime import datetime
from pathlib import Path

import pytest

from dienstverlening.proefplaats import Proefplaats
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket, staat_er_al
from processen.pakketten.opdrachten import MEEGELEVERD
from processen.pakketten.scenario import lees_scenarios
from processen.pakketten.spelen import Spel

MAPPEN = sorted(kop.parent for kop in MEEGELEVERD.glob("*/pakket.toml"))
ELDERS = "toeristische-verhuur"  # speelt al in de reis en in de andere toetsen


def _installeer_alles(installatie: Installatie) -> None:
    gelezen = [lees_pakket(map_) for map_ in MAPPEN]
    for pakket in sorted(gelezen, key=lambda pakket: len(pakket.kop.afhankelijk)):  # wat een ander nodig heeft eerst
        assert not staat_er_al(installatie, pakket)
        installeer(installatie, maak_motor(installatie), pakket)
        assert staat_er_al(installatie, pakket)
        kop = pakket.kop.model_copy(update={"versie": "99.0.0"})
        assert not staat_er_al(installatie, pakket.model_copy(update={"kop": kop}))


@pytest.fixture(scope="module")
def plaats(lege_plaats: Proefplaats) -> Proefplaats:
    lege_plaats.richt_in(datetime.fromisoformat("2026-03-02T09:00+01:00"), _installeer_alles)
    return lege_plaats


@pytest.mark.parametrize("map_", [map_ for map_ in MAPPEN if map_.name != ELDERS], ids=lambda m: m.name)
def test_het_eerste_scenario(plaats: Proefplaats, map_: Path) -> None:
    scenario = lees_scenarios(map_)[0]
    with plaats.kopie(scenario.begin, scenario.bronnen) as installatie:
        assert Spel(installatie, maak_motor(installatie), scenario).speel() == []
