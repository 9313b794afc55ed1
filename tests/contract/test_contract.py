"""Elke registratie tegen de feiten uit het officiële OpenAPI-bestand: geen enkel verschil zonder uitleg."""

from pathlib import Path

import pytest
import yaml

from tools.dekking import DOEL, dekking
from tools.feiten import comprimeer, feiten_uit, pak_uit
from tools.vergelijk import FEITEN, afwijkingen, alle_apis, eigen, gevonden

STANDAARDEN = Path(__file__).parents[3] / "shared" / "standaarden" / "openapi"
BESTANDEN = {
    "autorisaties": "autorisaties-1.1",
    "besluiten": "besluiten-1.1",
    "catalogi": "catalogi-1.3",
    "documenten": "documenten-1.7",
    "notificaties": "notificaties-1.0",
    "referentielijsten": "referentielijsten-selectielijst",
    "zaken": "zaken-1.7",
}


@pytest.mark.parametrize("api", alle_apis())
def test_geen_verschil_zonder_uitleg(api: str) -> None:
    """Wat anders is dan de standaard staat met een reden in docs/standaarden/afwijkingen.md."""
    uitgelegd = afwijkingen()
    onverklaard = [
        verschil for verschil in gevonden(api) if not any(afwijking.past(verschil) for afwijking in uitgelegd)
    ]
    regels = [f"| {v.api} | {v.operatie} | {v.plek} | {v.feit} |" for v in onverklaard]
    assert not regels, "\n".join(regels)


def test_elke_afwijking_bestaat_en_heeft_een_reden() -> None:
    verschillen = [verschil for api in alle_apis() for verschil in gevonden(api)]
    overbodig = [rij for rij in afwijkingen() if not any(rij.past(verschil) for verschil in verschillen)]
    assert overbodig == []
    assert all(len(rij.reden) > 10 for rij in afwijkingen())


def test_dekking_is_bijgewerkt() -> None:
    """Zo niet: `python tools/dekking.py`."""
    assert DOEL.read_text() == dekking()


@pytest.mark.parametrize("api", alle_apis())
@pytest.mark.skipif(not STANDAARDEN.exists(), reason="de officiële bestanden staan hier niet")
def test_feiten_komen_uit_het_officiele_bestand(api: str) -> None:
    bron = STANDAARDEN / f"{BESTANDEN.get(api, api)}.yaml"
    vers = feiten_uit(yaml.load(bron.read_text(), Loader=yaml.CSafeLoader))  # de veilige lader, in C
    assert pak_uit(FEITEN / f"{api}.json") == {"versie": vers["versie"], "operaties": vers["operaties"]}
    assert comprimeer(vers)["operaties"].keys() == vers["operaties"].keys()


def test_eigen_document_is_volledig() -> None:
    """Elke operatie heeft een antwoord en elke fout de vorm van de standaard."""
    for api in alle_apis():
        for naam, operatie in eigen(api)["operaties"].items():
            assert any(status.startswith("2") for status in operatie["antwoorden"]), naam
