"""Scenario's van een pakket: op de echte motor en registraties, met een leesbaar verschil als het anders gaat, en met dekking."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from dienstverlening.proefplaats import Proefplaats
from integratie.brp import Doelbinding, maak_brp_client
from processen import maak_motor
from processen.pakketten import PakketFout, lees_pakket
from processen.pakketten.beproeven import Uitslag, beproef
from processen.pakketten.dekking import Dekking
from processen.pakketten.nieuw import VOORBEELD
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.scenario import lees_scenarios
from processen.pakketten.vergelijken import verschillen

PAKKET = MEEGELEVERD / "toeristische-verhuur"
GOED = """
naam: Te laat
klok: 2026-03-02 10:00
verzoek:
  type: toeristische-verhuur-vergunning
  antwoorden: {woonsituatie: huur, corporatie: "ja", deelVanWoning: geheel, nachten: 90}
stappen:
  - taak: handmatig
    uitkomst: {besluit: aanvullen, vraag: Stuur een plattegrond}
    verwacht: {taken: [aanvulling], opgeschort: true}
  - wacht: P16D
verwacht: {staat: loopt, taken: [verlopen], statussen: [Ontvangen, In behandeling]}
"""
MIS = """
naam: Verkeerd verwacht
klok: 2026-03-02 10:00
verzoek:
  type: toeristische-verhuur-registratie
  antwoorden: {woonsituatie: koop, deelVanWoning: geheel}
stappen:
  - taak: handmatig
verwacht: {staat: klaar}
"""
ANDERS = MIS.replace("Verkeerd", "Anders").replace("stappen:\n  - taak: handmatig\n", "").replace(
    "{staat: klaar}", "{staat: loopt, statussen: [Ontvangen], resultaat: Verleend, producten: []}"
)  # fmt: skip

TWEE = """
naam: Twee verzoeken van twee mensen
klok: 2026-03-02 10:00
ook: [toeristische-verhuur]
verzoek: {type: toeristische-verhuur-registratie, antwoorden: {woonsituatie: koop, deelVanWoning: geheel}}
stappen:
  - verwacht: {staat: klaar, producten: [{status: actief}]}
  - verzoek:
      type: toeristische-verhuur-vergunning
      antwoorden: {woonsituatie: anders, deelVanWoning: geheel, nachten: 5, toelichting: "=eerste.zaaknummer", dag: "=vandaag"}
      indiener: {kvk: "90001354", email: proef@voorbeeld.test, soort: toeristische-verhuur}
    als: tweede
    verwacht: {staat: loopt, taken: [handmatig]}
  - actie: toeristische-verhuur-controle
    bij: eerste
    verwacht: {taken: [controleren]}
  - taak: controleren
    uitkomst: {oordeel: correctie, vraag: "=zaaknummer"}
  - klanttaak: corrigeren
    uitgevoerd: false
  - tot: 2026-03-05 09:00
  - signaal: {naam: niemand-wacht, inhoud: {zaak: "=zaak"}}
  - bericht: {naam: niemand-wacht, sleutel: "=eerste.zaak"}
  - taak: handmatig
    bij: tweede
    uitkomst: {besluit: weigeren, steuntOp: "nee", motivering: Nee.}
verwacht: {resultaat: Geweigerd, besluiten: [{type: ~Weigering}], berichten: [{sjabloon: tv-ontvangen, kanalen: [portaal, email]}, tv-besluit]}
verwacht_bij:
  eerste: {taken: [controleren], variabelen: {zaaknummer: ~ZAAK}}
  tweede: {staat: klaar}
"""
NAGEBOOTST = """
naam: Nagebootst
klok: 2026-03-02 10:00
bouwblokken:
  zaken.status-zetten: [{storing: even weg}, {}]
  nummers.uitgeven: {uitvoer: {nummer: TV-VAST}}
  producten.verstrekken: {storing: niets te verstrekken}
verzoek: {type: toeristische-verhuur-registratie, antwoorden: {woonsituatie: koop, deelVanWoning: geheel}}
stappen:
  - wacht: P2D
verwacht: {staat: loopt, statussen: [], producten: [], variabelen: {registratienummer: TV-VAST}, incidenten: [product-verstrekken]}
"""
ONBESTAANBAAR = NAGEBOOTST.replace("Nagebootst", "Kan het blok niet").replace("{uitvoer: {nummer: TV-VAST}}", "{fout: weg}").replace(
    "producten.verstrekken: {storing", "draak: {storing"
)  # fmt: skip
ONMOGELIJK = """
naam: Kan niet
klok: 2026-03-02 10:00
verzoek: {type: toeristische-verhuur-registratie, antwoorden: {woonsituatie: koop, deelVanWoning: geheel}}
stappen: [{tot: 2026-03-01 10:00}]
"""


def _pakket(map_: Path, **scenarios: str) -> Path:
    shutil.copytree(PAKKET, map_, ignore=shutil.ignore_patterns("scenarios"))
    (map_ / "scenarios").mkdir()
    for naam, tekst in scenarios.items():
        (map_ / "scenarios" / f"{naam}.yaml").write_text(tekst)
    return map_


@pytest.fixture(scope="module")
def verslag(lege_plaats: Proefplaats, tmp_path_factory: pytest.TempPathFactory) -> tuple[Uitslag, list[str]]:
    map_ = tmp_path_factory.mktemp("scenario")
    regels: list[str] = []
    pakket = _pakket(map_ / "pakket", a=GOED, b=MIS, c=ANDERS, d=TWEE, e=ONMOGELIJK, f=NAGEBOOTST, g=ONBESTAANBAAR)
    return beproef(pakket, lege_plaats, maak_motor, regels.append), regels


def test_goed_en_mislukt_met_het_verschil(verslag: tuple[Uitslag, list[str]]) -> None:
    uitslag, regels = verslag
    assert (uitslag.geslaagd, uitslag.mislukt) == (3, 4)
    assert uitslag.per_scenario["Te laat"] == []
    (fout,) = uitslag.per_scenario["Verkeerd verwacht"]
    assert fout == "stap 1: er is geen open taak handmatig; wel: geen"
    anders = uitslag.per_scenario["Anders verwacht"]
    assert {fout.split(":")[0] for fout in anders} == {
        f"verwacht.{n}" for n in ("staat", "statussen", "resultaat", "producten")
    }
    assert "(02-03-2026 10:00)" in anders[0]
    assert uitslag.per_scenario["Kan niet"] == ["stap 1: de klok kan niet terug naar 01-03-2026 10:00"]
    assert any(regel.strip().startswith("mislukt") for regel in regels)


def test_meer_verzoeken_in_een_scenario(verslag: tuple[Uitslag, list[str]]) -> None:
    """Twee verzoeken van twee indieners, elk met een eigen zaak: taken zoeken, kijken en verwijzen per verzoek."""
    assert verslag[0].per_scenario["Twee verzoeken van twee mensen"] == []


def test_bouwblokken_nabootsen(verslag: tuple[Uitslag, list[str]]) -> None:
    """Uitvoer, een storing die herhaald wordt en een incident: wat nagebootst is raakt geen registratie."""
    assert verslag[0].per_scenario["Nagebootst"] == []
    fouten = verslag[0].per_scenario["Kan het blok niet"]
    assert any(
        fout.startswith("bouwblokken.nummers.uitgeven: nummers.uitgeven geeft nooit fout weg") for fout in fouten
    )
    assert "bouwblokken.draak: dit bouwblok bestaat niet" in fouten


def test_dekking_noemt_wat_geen_scenario_raakt(verslag: tuple[Uitslag, list[str]]) -> None:
    uitslag, regels = verslag
    assert regels[-2].strip().startswith("Elementen: ")
    assert ("toeristische-verhuur-vergunning", "handmatig") in uitslag.dekking.geraakt
    assert "element toeristische-verhuur-vergunning: v-besluit" in uitslag.dekking.gemist()
    assert "regel bezwaren: 2" in uitslag.dekking.gemist()
    assert "regel bezwaren: 1" not in uitslag.dekking.gemist()


def test_alle_meegeleverde_pakketten_hebben_scenarios() -> None:
    for kop in MEEGELEVERD.glob("*/pakket.toml"):
        assert len(lees_scenarios(kop.parent)) >= 5, kop.parent.name
        assert Dekking.van(lees_pakket(kop.parent)).elementen


def test_extra_inwoners_in_de_brp(lege_plaats: Proefplaats) -> None:
    plaats = lege_plaats
    moment = datetime.fromisoformat("2026-03-02T10:00+01:00")
    plaats.richt_in(moment, lambda _installatie: None)
    persoon = {
        "bsn": "999990019", "voornamen": "Proef", "geslachtsnaam": "Scenario", "geslacht": "V", "geboren": "1980-01-01",
        "toelichting": "voor een scenario",
    }  # fmt: skip
    with plaats.kopie(moment, {"brp": {"personen": [persoon]}}) as installatie:
        gevonden = maak_brp_client(installatie).persoon("999990019", ["naam.volledigeNaam"], Doelbinding("test"))
        assert gevonden is not None
        assert installatie.klok.vandaag().isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("tekst", "deel"),
    [
        ("naam: [", "geen geldige YAML"),
        (GOED.replace("klok: 2026-03-02 10:00", "klok: morgen"), "klok"),
        (GOED.replace("wacht: P16D", "wachtt: P16D"), "wachtt"),
        (GOED.replace("  - wacht: P16D", "  - wacht: P16D\n    actie: x"), "kies één van"),
        (GOED.replace("staat: loopt", "stand: loopt"), "stand"),
    ],
)
def test_een_onleesbaar_scenario_zegt_waar(tmp_path: Path, tekst: str, deel: str) -> None:
    with pytest.raises(PakketFout) as fout:
        lees_scenarios(_pakket(tmp_path / "p", a=tekst))
    assert "scenarios/a.yaml" in str(fout.value)
    assert deel in str(fout.value)


@pytest.mark.parametrize(
    ("verwacht", "gekregen", "anders"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, 0), ({"a": 1}, {"a": 2}, 1), ([1, 2], [1, 2], 0), ([1], [1, 2], 1), ("~bel", "belastingen", 0),
        ("bel", "belastingen", 1), (True, 1, 1), (None, None, 0), ({"a": [{"b": "~x"}]}, {"a": [{"b": "xyz", "c": 1}]}, 0),
        ({"a": 1}, None, 1), (1, 1.0, 0),
    ],
)  # fmt: skip
def test_vergelijken(verwacht: object, gekregen: object, anders: int) -> None:
    assert len(verschillen("x", verwacht, gekregen)) == anders


@pytest.mark.traag
@pytest.mark.parametrize(
    "map_", [VOORBEELD, *sorted(kop.parent for kop in MEEGELEVERD.glob("*/pakket.toml"))], ids=lambda m: m.name
)
def test_elk_pakket_slaagt_en_raakt_alles(lege_plaats: Proefplaats, map_: Path) -> None:
    regels: list[str] = []
    uitslag = beproef(map_, lege_plaats, maak_motor, regels.append)
    assert uitslag.mislukt == 0, "\n".join(regels)
    assert uitslag.dekking.gemist() == []
