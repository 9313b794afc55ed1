"""Clients van een oudere versie blijven werken: alles wat hun bestand beschrijft, is er nog zoals het daar staat.

Wat de nieuwste standaard zelf veranderde of erbij deed telt niet, en wat in afwijkingen.md staat ook niet.
"""

from pathlib import Path

import pytest
import yaml

from tools.feiten import feiten_uit, pak_uit
from tools.vergelijk import FEITEN, Feiten, Verschil, afwijkingen, eigen, standaard, verschillen

OUDER = FEITEN / "ouder"
VERSIES = {"zaken-1.5": "zaken", "documenten-1.4": "documenten"}
STANDAARDEN = Path(__file__).parents[3] / "shared" / "standaarden" / "openapi"


def onverklaard(api: str, oud: Feiten) -> list[Verschil]:
    """Wat anders is dan in het oudere bestand, zonder dat de nieuwste versie of onze uitleg dat zegt."""
    vernieuwd = set(verschillen(api, oud, standaard(api)))
    uitgelegd = afwijkingen()
    return sorted(
        verschil
        for verschil in set(verschillen(api, oud, eigen(api))) - vernieuwd
        if not any(afwijking.past(verschil) for afwijking in uitgelegd)
    )


@pytest.mark.parametrize("versie", VERSIES)
def test_client_van_een_oudere_versie(versie: str) -> None:
    oud = pak_uit(OUDER / f"{versie}.json")
    assert not set(oud["operaties"]) - set(eigen(VERSIES[versie])["operaties"])
    gevonden = onverklaard(VERSIES[versie], oud)
    assert not gevonden, "\n".join(f"| {v.api} | {v.operatie} | {v.plek} | {v.feit} |" for v in gevonden)


@pytest.mark.parametrize("versie", VERSIES)
@pytest.mark.skipif(not STANDAARDEN.exists(), reason="de officiële bestanden staan hier niet")
def test_feiten_komen_uit_het_officiele_bestand(versie: str) -> None:
    vers = feiten_uit(yaml.load((STANDAARDEN / f"{versie}.yaml").read_text(), Loader=yaml.CSafeLoader))
    assert pak_uit(OUDER / f"{versie}.json") == {"versie": vers["versie"], "operaties": vers["operaties"]}
