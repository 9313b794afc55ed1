"""Twee pakketten hebben elk een catalogus met een documenttype van dezelfde naam: elk formulier gebruikt dat van zijn eigen pakket."""

from pathlib import Path

from formuliermotor import lees_definitie
from integratie.catalogi import CatalogiClient
from integratie.configuratie import Configuratie
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket
from processen.pakketten.nieuw import maak_nieuw
from processen.pakketten.openen import MEEGELEVERD

NAAM = "Ingediend formulier"


def test_elk_formulier_zijn_eigen_catalogus(installatie: Installatie, tmp_path: Path) -> None:
    motor = maak_motor(installatie)
    installeer(installatie, motor, lees_pakket(MEEGELEVERD / "toeristische-verhuur"))
    installeer(installatie, motor, lees_pakket(maak_nieuw("buurtfeest", tmp_path / "b")))
    catalogi, configuratie = (
        CatalogiClient(installatie, namens="processen"),
        Configuratie(installatie, namens="processen"),
    )
    rsin, vandaag = installatie.instellingen.bronorganisatie, installatie.klok.vandaag()
    gevonden = {}
    for slug, domein in (("buurtfeest", "BEGIN"), ("toeristische-verhuur-vergunning", "WONEN")):
        bewaard = configuratie.formulier(slug)
        assert bewaard is not None
        gegevens = lees_definitie(bewaard["definitie"]).gegevens
        assert gegevens["catalogus"] == domein
        soort = catalogi.documenttype_in(domein, rsin, gegevens["documenttype"], vandaag)
        catalogus = catalogi.catalogus(domein, rsin)
        assert soort is not None
        assert catalogus is not None
        assert soort.catalogus == catalogus.url
        gevonden[domein] = soort.url
    assert gevonden["BEGIN"] != gevonden["WONEN"]
    zonder = catalogi.documenttype_in("", rsin, NAAM, vandaag)
    assert zonder is not None
    assert zonder.url in gevonden.values()
