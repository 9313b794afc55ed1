"""Proefdraaien: een werkversie stap voor stap op een installatie van haar zelf, en daarna bewaren als scenario."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
import yaml
from psycopg import sql
from sqlalchemy import make_url

from dienstverlening.proefplaats import LEEG, Proefplaats, proefplaats_naast
from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from kern.klok import NEDERLAND, VerzetbareKlok
from processen import maak_motor
from processen.modelleren import Werkplaats
from processen.modelleren.proefdraaien import NogBezig, Proefruns, zet_klaar
from processen.modelleren.proeven import zet_neer
from processen.pakketten.exporteren import als_bestanden, lees_geinstalleerd
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.scenario import Scenario, Stap
from tests.integratie.processen.modelleren.conftest import FEMKE, JAN, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster

ADRES = f"/beheer/pakketten/{PAKKET}/proefdraaien"
INWONER = "999000007"
BEGIN = datetime(2026, 3, 2, 9, tzinfo=NEDERLAND)
AFWIJZEN = {"besluit": "weigeren", "steuntOp": "nee", "motivering": "Een corporatiewoning mag u niet verhuren."}


@pytest.fixture(scope="module")
def runs(gemeente: Gemeente) -> Iterator[Proefruns]:
    """Eén installatie voor alle tests hier: klaarzetten kost het meest, en een nieuwe proef begint toch opnieuw."""
    runs = Proefruns(gemeente.installatie)
    yield runs
    runs.stop(PAKKET, FEMKE)
    gemeente.werk()


def scenario_van(plaats: Werkplaats, naam: str) -> Scenario:
    return Scenario.model_validate(yaml.safe_load(plaats.bestanden(PAKKET)[f"scenarios/{naam}.yaml"]))


def test_van_scenario_tot_scenario(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns, femke: Venster) -> None:
    """Tot het einde spelen: de beslissing uitgelegd, brief en bericht zoals ze de deur uit gaan, en bewaren als scenario."""
    femke.naar(ADRES)
    assert "Vul zelf een formulier in" in femke.tekst
    femke.stuur(f"{ADRES}/scenario", naam="04-weigering", tot="einde")
    assert "Bezig met de volgende stap" in femke.tekst
    gemeente.werk()
    femke.naar(ADRES)
    assert "Geweigerd" in femke.tekst
    assert "De uitkomst van “beoordeling” is: " in femke.tekst
    assert "past regel 1, want Woonsituatie is huur" in femke.tekst
    assert "We gebruikten deze gegevens: woonsituatie: huur; corporatie: ja;" in femke.tekst
    assert "Wij hebben uw aanvraag voor een vergunning voor toeristische verhuur ontvangen" in femke.tekst
    brief = re.search(rf"{ADRES}/brief/(\d+)", femke.tekst)
    assert brief is not None
    assert femke.naar(brief[0]).antwoord.content.startswith(b"%PDF")
    femke.naar(ADRES).stuur(f"{ADRES}/bewaren", naam="Zelf geprobeerd")
    bewaard = bewaard_scenario(plaats, "zelf-geprobeerd")
    assert bewaard.verwacht.resultaat == "Geweigerd"
    assert [stap.taak for stap in bewaard.stappen] == ["handmatig"]


def bewaard_scenario(plaats: Werkplaats, naam: str) -> Scenario:
    (pad,) = [pad for pad in plaats.bestanden(PAKKET) if pad.endswith(f"{naam}.yaml")]
    return Scenario.model_validate(yaml.safe_load(plaats.bestanden(PAKKET)[pad]))


@pytest.mark.traag
def test_stap_voor_stap(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns, femke: Venster) -> None:
    """Indienen, een taak doen, de klok vooruit, een stap terug, en het bewaarde scenario spelen."""
    femke.naar(ADRES).stuur(f"{ADRES}/scenario", naam="04-weigering", tot="aanvraag")
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
    assert "Geweigerd" in femke.naar(ADRES).tekst
    femke.stuur(f"{ADRES}/stap", soort="dagen", dagen="7")
    gemeente.werk()
    assert "9 maart 2026" in femke.naar(ADRES).tekst
    femke.stuur(f"{ADRES}/terug")
    gemeente.werk()
    assert "2 maart 2026" in femke.naar(ADRES).tekst
    femke.stuur(f"{ADRES}/bewaren", naam="Stap voor stap")
    assert [stap.taak for stap in bewaard_scenario(plaats, "stap-voor-stap").stappen] == ["handmatig"]
    femke.naar(f"/beheer/pakketten/{PAKKET}/scenarios").stuur(
        f"/beheer/pakketten/{PAKKET}/scenarios/spelen", alleen="Stap voor stap"
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


def test_invullen_als_een_verzonnen_inwoner(
    gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns, femke: Venster
) -> None:
    """De bronnen van de proef vullen in, een bestand komt in de Documenten API van de proef, en de echte inwoner merkt niets."""
    del plaats
    formulier = f"/beheer/pakketten/{PAKKET}/formulier/{PAKKET}-vergunning/voorbeeld"
    femke.naar(ADRES).stuur(f"{ADRES}/invullen", formulier=f"{PAKKET}-vergunning", persoon=INWONER)
    assert "U vult dit in als Jan Willem de Vries" in femke.tekst
    assert 'value="Jan Willem de Vries"' in femke.tekst
    antwoorden = {
        "woonsituatie": "huur",
        "corporatie": "ja",
        "hoofdverblijf": "ja",
        "deelVanWoning": "geheel",
        "nachten": "90",
    }
    femke.stuur(f"{formulier}/gegevens", actie="verder", naam="Jan Willem de Vries")
    femke.stuur(
        f"{formulier}/woning", actie="verder", **{"woning-postcode": "9999 ZA", "woning-huisnummer": "1"}, **antwoorden
    )
    assert femke.pad.endswith("/documenten"), femke.tekst
    _stuur_bestand(femke, f"{formulier}/documenten", "groot.pdf", b"%PDF" + b" " * 500_000)
    assert "groot.pdf is te groot voor een proef" in femke.tekst
    _stuur_bestand(femke, f"{formulier}/documenten", "huurcontract.pdf", b"%PDF-1.7\n%%EOF")
    femke.stuur(f"{formulier}/contact", actie="verder", digitaal="ja", email="jan@voorbeeld.example")
    assert "huurcontract.pdf" in femke.tekst
    femke.stuur(f"{ADRES}/formulier/{PAKKET}-vergunning")
    gemeente.werk()
    run = runs.van(PAKKET, FEMKE)
    assert run is not None
    assert run.melding == ""
    assert run.beeld["verzoeken"][0]["taken"] == ["handmatig"]
    assert run.scenario["verzoek"]["antwoorden"]["bijlagen"][0]["naam"] == "huurcontract.pdf"
    (bijlage,) = run.beeld["verzoeken"][0]["bijlagen"]
    assert bijlage == "huurcontract.pdf"
    assert femke.naar(f"{ADRES}").tekst.count("huurcontract.pdf") >= 1


def _stuur_bestand(wie: Venster, pad: str, naam: str, inhoud: bytes) -> None:
    velden = {"csrf_token": wie.token, "actie": "verder"}
    wie.antwoord = wie.http.post(pad, data=velden, files={"bijlagen": (naam, inhoud, "application/pdf")})


def test_na_een_wijziging_staat_er_wat_er_nu_in_staat(gemeente: Gemeente, plaats: Werkplaats, tmp_path: Path) -> None:
    """Wat een nieuwe versie helemaal vervangt komt over de vorige heen."""
    was = _zonder_scenarios(plaats.bestanden(PAKKET))
    nu = {pad: _anders(pad, inhoud) for pad, inhoud in was.items()}
    assert {pad.partition("/")[0] for pad in was if nu[pad] != was[pad]} == set(ANDERS)
    with proefplaats_naast(gemeente.installatie) as proef:
        assert _klaargezet(proef, was, tmp_path) == was
        _zet_merk(gemeente.installatie)
        assert _klaargezet(proef, nu, tmp_path) == nu
        assert _heeft_merk(gemeente.installatie)
        proef.vergeet(PAKKET)


@pytest.mark.traag
def test_verandert_er_meer_dan_begint_het_opnieuw(gemeente: Gemeente, plaats: Werkplaats, tmp_path: Path) -> None:
    was = _zonder_scenarios(plaats.bestanden(PAKKET))
    regels = was["verzendregels.json"].replace(b'"sleutel": "', b'"sleutel": "nieuw-', 1)
    with proefplaats_naast(gemeente.installatie) as proef:
        assert _klaargezet(proef, was, tmp_path / "was") == was
        for nr, nu in enumerate(
            ({**was, "verzendregels.json": regels}, {**was, "sjablonen/nog-een.json": was["sjablonen/tv-gemeld.json"]})
        ):
            _zet_merk(gemeente.installatie)
            assert _klaargezet(proef, nu, tmp_path / str(nr)) == nu
            assert not _heeft_merk(gemeente.installatie)
        proef.vergeet(PAKKET)


@pytest.mark.traag
def test_de_werkversie_wint_van_wat_een_ander_pakket_meebrengt(gemeente: Gemeente, tmp_path: Path) -> None:
    """Verhuur brengt de meegeleverde bouwstenen mee; wie bouwstenen proefdraait ziet toch zijn eigen producten."""
    map_ = MEEGELEVERD / "bouwstenen"
    bestanden = {str(pad.relative_to(map_)): pad.read_bytes() for pad in map_.rglob("*") if pad.is_file()}
    product = orjson.loads(bestanden["producten/algemene-aanvraag.json"]) | {"code": "nog-een-aanvraag"}
    bestanden["producten/nog-een.json"] = orjson.dumps(product)
    zet_neer(bestanden, tmp_path)
    with proefplaats_naast(gemeente.installatie) as proef:
        zet_klaar(proef, tmp_path, bestanden, BEGIN.date(), [PAKKET])
        with proef.kopie(BEGIN, {}) as installatie:
            assert ProducttypenClient(installatie, namens="processen").producttype("nog-een-aanvraag") is not None
        proef.vergeet("bouwstenen")


def _zonder_scenarios(bestanden: Mapping[str, bytes]) -> dict[str, bytes]:
    return {pad: inhoud for pad, inhoud in bestanden.items() if not pad.startswith("scenarios/")}


ANDERS = {
    "processen": (b'name="', b'name="Nieuw: '),
    "beslissingen": (b'label="', b'label="Nieuw: '),
    "formulieren": (b'"nl": "', b'"nl": "Nieuw: '),
    "sjablonen": (b'"nl": "', b'"nl": "Nieuw: '),
}
"""Per soort deel wat er in elk bestand één keer verandert."""


def _anders(pad: str, inhoud: bytes) -> bytes:
    oud, nieuw = ANDERS.get(pad.partition("/")[0], (b"", b""))
    return inhoud.replace(oud, nieuw, 1) if oud else inhoud


def _klaargezet(proef: Proefplaats, bestanden: dict[str, bytes], map_: Path) -> dict[str, bytes]:
    """Wat er na het klaarzetten van deze bestanden geïnstalleerd is; scenario's tellen daarbij niet."""
    zet_neer(bestanden, map_)
    zet_klaar(proef, map_, bestanden, BEGIN.date(), ())
    with proef.kopie(BEGIN, {}) as installatie:
        return _zonder_scenarios(als_bestanden(lees_geinstalleerd(installatie, maak_motor(installatie), PAKKET)))


def _zet_merk(installatie: Installatie) -> None:
    with _in_het_voorbeeld(installatie) as verbinding:
        verbinding.execute("CREATE TABLE merk ()")


def _heeft_merk(installatie: Installatie) -> bool:
    with _in_het_voorbeeld(installatie) as verbinding:
        return verbinding.execute("SELECT 1 FROM pg_tables WHERE tablename = 'merk'").fetchone() is not None


def _in_het_voorbeeld(installatie: Installatie) -> "psycopg.Connection[Any]":
    (naam,) = _databases(installatie)
    url = make_url(installatie.instellingen.database_url).set(database=naam, drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


@pytest.mark.traag
def test_er_blijft_niets_achter(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns) -> None:
    """Per pakket hoogstens één klaargezette installatie; kopieën zijn weg zodra de stap gespeeld is."""
    runs.bereid_voor(PAKKET, 1)
    gemeente.werk()
    eerste = _databases(gemeente.installatie)
    assert len(eerste) == 1
    deel = plaats.lees(PAKKET, f"processen/{PAKKET}-controle.bpmn")
    plaats.bewaar(PAKKET, deel.pad, (deel.inhoud or b"") + b"\n", versie=deel.versie, wie=FEMKE, wat="regel erbij")
    runs.begin(PAKKET, FEMKE, scenario_van(plaats, "04-weigering").model_copy(update={"stappen": []}))
    gemeente.werk()
    daarna = _databases(gemeente.installatie)
    assert len(daarna) == 1
    assert daarna != eerste
    runs.stop(PAKKET, FEMKE)
    gemeente.werk()
    assert _resten(gemeente.installatie) == []


def test_wat_bleef_liggen_verdwijnt(gemeente: Gemeente, plaats: Werkplaats, runs: Proefruns) -> None:
    """Een omgevallen worker laat een kopie achter; de volgende stap ruimt haar op, en na een dag zonder stap is alles weg."""
    runs.begin(PAKKET, FEMKE, scenario_van(plaats, "04-weigering").model_copy(update={"stappen": []}))
    gemeente.werk()
    rest = _laat_kopie_achter(gemeente.installatie)
    assert len(_resten(gemeente.installatie)) == 4, _resten(gemeente.installatie)
    runs.zet(PAKKET, FEMKE, Stap(wacht="P1D"))
    gemeente.werk()
    assert not [naam for naam in _resten(gemeente.installatie) if rest in naam]
    _laat_kopie_achter(gemeente.installatie)
    klok = gemeente.installatie.klok
    assert isinstance(klok, VerzetbareKlok)
    klok.verzet(timedelta(days=1, minutes=2))
    gemeente.werk()
    assert runs.van(PAKKET, FEMKE) is None
    assert _resten(gemeente.installatie) == []


def _laat_kopie_achter(installatie: Installatie) -> str:
    """Wat er staat als een worker midden in een stap omvalt: een database, een map en sleutels in Redis."""
    (voorbeeld,) = _databases(installatie)
    kopie = f"{voorbeeld}_{'0' * 8}"
    with psycopg.connect(installatie.instellingen.database_url.replace("+psycopg", ""), autocommit=True) as verbinding:
        verbinding.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(kopie)))
    (_map(installatie) / kopie).mkdir(parents=True)
    installatie.redis.set(f"{kopie}:sessie", "x")
    return kopie


def _map(installatie: Installatie) -> Path:
    return installatie.instellingen.data.absolute() / "proefplaats"


def _resten(installatie: Installatie) -> list[str]:
    """Databases, mappen en sleutels in Redis van proefruns; de lege basis van de installatie is van geen proef."""
    mappen = [pad.name for pad in _map(installatie).glob("proef_*")]
    redis = [
        sleutel for voor in _eigen(installatie) for sleutel in installatie.redis.scan_iter(f"*{voor}*", count=1000)
    ]
    return [*_databases(installatie), *mappen, *map(str, redis)]


def _databases(installatie: Installatie) -> list[str]:
    with installatie.db.lezen() as verbinding:
        namen = verbinding.exec_driver_sql("SELECT datname FROM pg_database").scalars()
        return [str(naam) for naam in namen if naam.startswith(_eigen(installatie))]


def _eigen(installatie: Installatie) -> tuple[str, ...]:
    """Hoe namen van proefruns van deze installatie beginnen: andere testprocessen draaien op dezelfde motoren ook proef."""
    plaats = Proefplaats(installatie.instellingen, _map(installatie))
    return plaats._voor(PAKKET), plaats._voor(LEEG)
