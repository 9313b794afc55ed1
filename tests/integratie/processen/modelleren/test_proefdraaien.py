"""Proefdraaien: een werkversie stap voor stap op een installatie van haar zelf, en daarna bewaren als scenario."""

import re
from collections.abc import Iterator

import pytest
import yaml

from kern.installatie import Installatie
from processen.modelleren import Werkplaats
from processen.modelleren.proefdraaien import NogBezig, Proefruns
from processen.pakketten.scenario import Scenario, Stap
from tests.integratie.processen.modelleren.conftest import FEMKE, JAN, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster

ADRES = f"/beheer/pakketten/{PAKKET}/proefdraaien"
AFWIJZEN = {"besluit": "weigeren", "steuntOp": "nee", "motivering": "Een corporatiewoning mag u niet verhuren."}


@pytest.fixture
def runs(gemeente: Gemeente, plaats: Werkplaats) -> Iterator[Proefruns]:
    del plaats
    runs = Proefruns(gemeente.installatie)
    yield runs
    runs.stop(PAKKET, FEMKE)


def scenario_van(plaats: Werkplaats, naam: str) -> Scenario:
    return Scenario.model_validate(yaml.safe_load(plaats.bestanden(PAKKET)[f"scenarios/{naam}.yaml"]))


def test_van_scenario_tot_scenario(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns, femke: Venster) -> None:
    """Indienen, een taak doen, de klok vooruit, een stap terug, de brief lezen, en wat eruit kwam als scenario bewaren."""
    femke.naar(ADRES)
    assert "Vul zelf een formulier in" in femke.tekst
    femke.stuur(f"{ADRES}/scenario", naam="04-weigering", tot="aanvraag")
    assert "Bezig met de volgende stap" in femke.tekst
    gemeente.werk()
    femke.naar(ADRES)
    assert "Naar dat moment" in femke.tekst
    taak = re.search(rf"{ADRES}/taak/0/handmatig", femke.tekst)
    assert taak is not None
    femke.naar(taak[0])
    assert 'name="besluit"' in femke.tekst
    femke.stuur(taak[0], actie="verder", **AFWIJZEN)
    assert femke.pad == ADRES, femke.tekst
    gemeente.werk()
    femke.naar(ADRES)
    assert "Geweigerd" in femke.tekst
    assert "U huurt van een woningcorporatie" in femke.tekst
    brief = re.search(rf"{ADRES}/brief/(\d+)", femke.tekst)
    assert brief is not None
    assert femke.naar(brief[0]).antwoord.content.startswith(b"%PDF")
    femke.naar(ADRES).stuur(f"{ADRES}/stap", soort="dagen", dagen="7")
    gemeente.werk()
    assert "9 maart 2026" in femke.naar(ADRES).tekst
    femke.stuur(f"{ADRES}/terug")
    gemeente.werk()
    assert "2 maart 2026" in femke.naar(ADRES).tekst
    femke.stuur(f"{ADRES}/bewaren", naam="Zelf geprobeerd")
    (pad,) = [pad for pad in plaats.bestanden(PAKKET) if pad.endswith("zelf-geprobeerd.yaml")]
    bewaard = Scenario.model_validate(yaml.safe_load(plaats.bestanden(PAKKET)[pad]))
    assert bewaard.verwacht.resultaat == "Geweigerd"
    assert [stap.taak for stap in bewaard.stappen] == ["handmatig"]
    femke.naar(f"/beheer/pakketten/{PAKKET}/scenarios").stuur(
        f"/beheer/pakketten/{PAKKET}/scenarios/spelen", alleen="Zelf geprobeerd"
    )
    gemeente.werk()
    assert "Alles zoals verwacht." in femke.naar(f"/beheer/pakketten/{PAKKET}/scenarios").tekst


def test_een_stap_die_niet_kan_verandert_niets(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns) -> None:
    runs.begin(PAKKET, FEMKE, scenario_van(plaats, "04-weigering").model_copy(update={"stappen": []}))
    with pytest.raises(NogBezig):
        runs.zet(PAKKET, FEMKE, Stap(wacht="P1D"))
    gemeente.werk()
    eerst = runs.van(PAKKET, FEMKE)
    assert eerst is not None
    assert eerst.beeld["verzoeken"][0]["taken"] == ["handmatig"]
    runs.zet(PAKKET, FEMKE, Stap(taak="bestaat-niet"))
    gemeente.werk()
    daarna = runs.van(PAKKET, FEMKE)
    assert daarna is not None
    assert "er is geen open taak bestaat-niet" in daarna.melding
    assert (daarna.staat, daarna.stappen, daarna.beeld) == ("klaar", [], eerst.beeld)
    assert runs.van(PAKKET, JAN) is None


def test_er_blijft_niets_achter(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns) -> None:
    """Per pakket hoogstens één klaargezette installatie; kopieën zijn weg zodra de stap gespeeld is."""
    runs.bereid_voor(PAKKET)
    gemeente.werk()
    eerste = _databases(gemeente.installatie)
    assert len(eerste) == 1
    deel = plaats.lees(PAKKET, "scenarios/04-weigering.yaml")
    plaats.bewaar(PAKKET, deel.pad, (deel.inhoud or b"") + b"\n", versie=deel.versie, wie=FEMKE, wat="regel erbij")
    runs.begin(PAKKET, FEMKE, scenario_van(plaats, "04-weigering").model_copy(update={"stappen": []}))
    gemeente.werk()
    daarna = _databases(gemeente.installatie)
    assert len(daarna) == 1
    assert daarna != eerste
    runs.stop(PAKKET, FEMKE)
    gemeente.werk()
    assert _databases(gemeente.installatie) == []


def _databases(installatie: Installatie) -> list[str]:
    vraag = "SELECT datname FROM pg_database WHERE starts_with(datname, 'proef_')"
    with installatie.db.lezen() as verbinding:
        return [str(naam) for naam in verbinding.exec_driver_sql(vraag).scalars()]
