"""Een plek voor scenario's, op de motoren van deze testloop."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import make_url

from dienstverlening.proefplaats import Proefplaats
from kern.installatie import Installatie
from kern.motoren import Motoren
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket, staat_er_al
from processen.pakketten.opdrachten import MEEGELEVERD

MAPPEN = sorted(kop.parent for kop in MEEGELEVERD.glob("*/pakket.toml"))


@pytest.fixture(scope="module")
def lege_plaats(
    motoren: Motoren, maak_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Proefplaats:
    """Een proefplaats die niet zelf hoeft te migreren."""
    sjabloon = make_url(maak_database()).database
    assert sjabloon
    return Proefplaats(motoren, tmp_path_factory.mktemp("plaats"), sjabloon)


def _installeer_alles(installatie: Installatie) -> None:
    gelezen = [lees_pakket(map_) for map_ in MAPPEN]
    for pakket in sorted(gelezen, key=lambda pakket: len(pakket.kop.afhankelijk)):  # wat een ander nodig heeft eerst
        assert not staat_er_al(installatie, pakket)
        installeer(installatie, maak_motor(installatie), pakket)
        assert staat_er_al(installatie, pakket)
        kop = pakket.kop.model_copy(update={"versie": "99.0.0"})
        assert not staat_er_al(installatie, pakket.model_copy(update={"kop": kop}))


@pytest.fixture(scope="module")
def alles(motoren: Motoren, maak_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Proefplaats:
    """Een gemeente met alle meegeleverde pakketten, zoals in de demo."""
    sjabloon = make_url(maak_database()).database
    assert sjabloon
    lege_plaats = Proefplaats(motoren, tmp_path_factory.mktemp("alles"), sjabloon)
    lege_plaats.richt_in(datetime.fromisoformat("2026-03-02T09:00+01:00"), _installeer_alles)
    return lege_plaats
