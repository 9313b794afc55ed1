"""Een pakket beginnen, als zip installeren, en de schema's van het formaat."""

import tomllib
import zipfile
from pathlib import Path

import orjson
import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from dienstverlening.pakket import pakket as opdrachten
from dienstverlening.proefplaats import Proefplaats
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import PakketFout, installeer, lees_pakket
from processen.pakketten.beproeven import beproef
from processen.pakketten.controle import controleer
from processen.pakketten.exporteren import lees_geinstalleerd, schrijf
from processen.pakketten.formaat import Kop
from processen.pakketten.invoeren import VERSLAG, samenvatting, voer_in
from processen.pakketten.nieuw import VOORBEELD, maak_nieuw
from processen.pakketten.openen import MEEGELEVERD, geopend
from processen.pakketten.scenario import lees_scenarios
from processen.pakketten.schemas import schemas
from processen.pakketten.verschil import verschil

TV = MEEGELEVERD / "toeristische-verhuur"
CAMUNDA = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
<process id="proef" isExecutable="true"><startEvent id="begin"/><userTask id="u" name="Kijken" camunda:candidateGroups="team"/>
<serviceTask id="dienst" name="Doe iets" camunda:expression="${bean.doe(execution)}"/><endEvent id="einde"/>
<sequenceFlow id="f1" sourceRef="begin" targetRef="u"/><sequenceFlow id="f2" sourceRef="u" targetRef="dienst"/>
<sequenceFlow id="f3" sourceRef="dienst" targetRef="einde"/></process></definitions>"""


def test_nieuw_pakket_is_meteen_goed_en_speelt(
    installatie: Installatie, lege_plaats: Proefplaats, tmp_path: Path
) -> None:
    """Van niets naar een pakket dat te installeren is en waarvan een scenario slaagt (alle: in de trage test)."""
    map_ = maak_nieuw("buurtfeest", tmp_path / "buurtfeest", titel="Subsidie buurtfeest")
    gelezen = lees_pakket(map_)
    assert (gelezen.kop.naam, gelezen.kop.titel) == ("buurtfeest", "Subsidie buurtfeest")
    assert gelezen.zaaktypen[0].identificatie == "BUURTFEEST"
    assert controleer(gelezen, maak_motor(installatie)) == []
    regels: list[str] = []
    uitslag = beproef(map_, lege_plaats, maak_motor, regels.append, lees_scenarios(map_)[1].naam)
    assert (uitslag.geslaagd, uitslag.mislukt) == (1, 0), "\n".join(regels)


def test_nieuw_uit_een_voorbeeld_hernoemt_alles(installatie: Installatie, tmp_path: Path) -> None:
    map_ = maak_nieuw("kamerverhuur", tmp_path / "k", voorbeeld=TV)
    nieuw, oud = lees_pakket(map_), lees_pakket(TV)
    assert controleer(nieuw, maak_motor(installatie)) == []
    for soort in ("formulieren", "processen", "sjablonen"):
        assert not getattr(nieuw, soort).keys() & getattr(oud, soort).keys()
        assert len(getattr(nieuw, soort)) == len(getattr(oud, soort))
    soorten = {"registratie", "vergunning", "melding"}
    assert {z.identificatie for z in nieuw.zaaktypen} == {f"KAMERVERHUUR-TV-{soort.upper()}" for soort in soorten}
    assert {s.verzoek.type for s in lees_scenarios(map_)} == {f"kamerverhuur-{soort}" for soort in soorten}
    bpmn = nieuw.processen["kamerverhuur-vergunning"].decode()
    assert 'value="kamerverhuur-tv-besluit"' in bpmn
    assert 'bpmnElement="kamerverhuur-vergunning"' in bpmn


@pytest.mark.parametrize("naam", ["Hoofdletter", "spatie erin", "../weg", "", "x" * 41])
def test_nieuw_met_een_onbruikbare_naam(tmp_path: Path, naam: str) -> None:
    with pytest.raises(PakketFout, match="een naam"):
        maak_nieuw(naam, tmp_path / "x")


def test_nieuw_schrijft_nergens_overheen(tmp_path: Path) -> None:
    (tmp_path / "iets").write_text("x")
    with pytest.raises(PakketFout, match="bestaat al"):
        maak_nieuw("goed", tmp_path)


def test_installeren_uit_een_zip_en_weer_exporteren(installatie: Installatie, tmp_path: Path) -> None:
    motor = maak_motor(installatie)
    schrijf(lees_pakket(maak_nieuw("buurtfeest", tmp_path / "b")), tmp_path / "b.zip")
    with geopend(tmp_path / "b.zip") as map_:
        gelezen = lees_pakket(map_)
    installeer(installatie, motor, gelezen)
    terug = lees_geinstalleerd(installatie, motor, "buurtfeest")
    assert verschil(gelezen, terug) == []
    assert terug.scenarios == gelezen.scenarios
    schrijf(terug, tmp_path / "terug.zip")
    with geopend(tmp_path / "terug.zip") as map_:
        assert lees_pakket(map_) == terug


def test_bouwblok_dat_er_niet_is_of_te_oud(installatie: Installatie, tmp_path: Path) -> None:
    gelezen = lees_pakket(maak_nieuw("x", tmp_path / "x"))
    kop = gelezen.kop.model_copy(update={"bouwblokken": {"niet.hier": 1, "zaken.zaak-aanmaken": 99}})
    fouten = controleer(gelezen.model_copy(update={"kop": kop}), maak_motor(installatie))
    assert fouten[0] == "pakket.toml: bouwblok niet.hier is hier niet; installeer de plugin die het levert"
    assert fouten[1].endswith("het pakket vraagt 99")


# --- onveilige en kapotte zips ---------------------------------------------------------------------------------------------------


def zip_met(pad: Path, *namen: str, inhoud: bytes = b"x", rechten: int = 0o644) -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam in namen:
            deel = zipfile.ZipInfo(naam)
            deel.external_attr = rechten << 16
            deel.compress_type = zipfile.ZIP_DEFLATED
            zip_.writestr(deel, inhoud)
    return pad


@pytest.mark.parametrize(
    ("namen", "reden"),
    [
        (("../weg.json",), "buiten het pakket"), (("/etc/passwd",), "buiten het pakket"), (("a/../../b",), "buiten het pakket"),
        (("C:/x",), "buiten het pakket"), (("a\\..\\b",), "buiten het pakket"), (("a/b/c/d/e.json",), "diepe mappen"),
        (("p/pakket.toml", "p/PAKKET.toml"), "twee keer"), (("p/iets.json",), "geen pakket.toml"),
        (("p/pakket.toml", "q/pakket.toml"), "meer dan één"), (tuple(f"p/{nr}" for nr in range(1001)), "meer dan 1000"),
    ],
)  # fmt: skip
def test_een_onveilige_zip_wordt_geweigerd(tmp_path: Path, namen: tuple[str, ...], reden: str) -> None:
    with pytest.raises(PakketFout, match=reden), geopend(zip_met(tmp_path / "p.zip", *namen)):
        pass
    assert not (tmp_path / "weg.json").exists()


def test_een_koppeling_in_een_zip_wordt_geweigerd(tmp_path: Path) -> None:
    with (
        pytest.raises(PakketFout, match="symlink"),
        geopend(zip_met(tmp_path / "p.zip", "p/pakket.toml", rechten=0o120777)),
    ):
        pass


def test_een_zip_die_enorm_uitpakt_stopt_op_tijd(tmp_path: Path) -> None:
    """Elf megabyte nullen in een paar kilobyte: gestopt aan de grens, ook als er veel van zijn."""
    zip_pad = zip_met(tmp_path / "bom.zip", "p/pakket.toml", inhoud=bytes(11 * 1024 * 1024))
    assert zip_pad.stat().st_size < 100_000
    with pytest.raises(PakketFout, match="groter dan 10 MB"), geopend(zip_pad):
        pass


def test_geen_zip(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(b"dit is geen zip")
    with pytest.raises(PakketFout, match="geen leesbare zip"), geopend(tmp_path / "p.zip"):
        pass


def test_kapotte_toml_is_een_nette_melding(tmp_path: Path) -> None:
    (tmp_path / "pakket.toml").write_text("naam = ")
    with pytest.raises(PakketFout, match="geen geldige TOML"):
        lees_pakket(tmp_path)


# --- schema's -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "map_", [VOORBEELD, *sorted(kop.parent for kop in MEEGELEVERD.glob("*/pakket.toml"))], ids=lambda m: m.name
)
def test_elk_meegeleverd_deel_past_op_zijn_schema(map_: Path) -> None:
    alle = {naam.removesuffix(".schema.json"): Draft202012Validator(orjson.loads(s)) for naam, s in schemas().items()}
    mappen = {"zaaktypen": "zaaktype", "verzoektypen": "verzoektype", "producten": "product", "formulieren": "formulier", "sjablonen": "sjabloon"}  # fmt: skip
    for map_naam, soort in mappen.items():
        for bestand in (map_ / map_naam).glob("*.json"):
            assert list(alle[soort].iter_errors(orjson.loads(bestand.read_bytes()))) == [], bestand
    kop = Kop.model_validate(tomllib.loads((map_ / "pakket.toml").read_text()))
    assert list(alle["pakket"].iter_errors(kop.model_dump(mode="json", by_alias=False))) == []
    for bestand in (map_ / "scenarios").glob("*.yaml"):
        scenario = orjson.loads(orjson.dumps(yaml.safe_load(bestand.read_text()), default=str))
        assert list(alle["scenario"].iter_errors(scenario)) == [], bestand


def test_opdrachten_op_de_opdrachtregel(tmp_path: Path) -> None:
    loper = CliRunner()
    uitkomst = loper.invoke(opdrachten, ["nieuw", "buurtfeest", str(tmp_path / "b")])
    assert (uitkomst.exit_code, "pakket controleer" in uitkomst.output) == (0, True)
    assert loper.invoke(opdrachten, ["nieuw", "buurtfeest", str(tmp_path / "b")]).exit_code == 1
    assert loper.invoke(opdrachten, ["schema", str(tmp_path / "s")]).exit_code == 0
    assert {p.name for p in (tmp_path / "s").iterdir()} == set(schemas())


# --- importeren --------------------------------------------------------------------------------------------------------------


def test_een_gzac_model_met_beslissing_en_koppeling_invoeren(installatie: Installatie, tmp_path: Path) -> None:
    """BPMN, DMN en process links komen in de map van het pakket, met een verslag dat zegt wat het draaien nog belet."""
    (tmp_path / "p.bpmn").write_bytes(CAMUNDA)
    (tmp_path / "d.dmn").write_bytes((VOORBEELD / "beslissingen" / "aanvraag.dmn").read_bytes())
    link = {"activityId": "u", "processLinkType": "form", "formDefinitionName": "intake"}
    (tmp_path / "p.process-link.json").write_bytes(orjson.dumps([link]))
    bestanden = [tmp_path / "p.bpmn", tmp_path / "d.dmn", tmp_path / "p.process-link.json"]
    uit = voer_in(bestanden, tmp_path / "uit", maak_motor(installatie))["p.bpmn"]
    assert not uit.kan_draaien
    assert (tmp_path / "uit" / "processen" / "proef.bpmn").read_bytes() == uit.bpmn
    assert (tmp_path / "uit" / "beslissingen" / "d.dmn").exists()
    verslag = (tmp_path / "uit" / VERSLAG).read_text()
    assert "dienst (Doe iets): Bouwblok (geen) bestaat niet." in verslag
    assert "Het formulier intake is gekoppeld." in verslag
    assert samenvatting("p.bpmn", uit).endswith("1 die het draaien beletten")


@pytest.mark.parametrize(
    ("naam", "inhoud", "deel"),
    [
        ("x.bpmn", b"<!DOCTYPE x><x/>", "DOCTYPE"), ("x.dmn", b"<x/>", "x.dmn"), ("x.json", b"[", "geen geldige JSON"),
        ("x.txt", b"x", "geen BPMN-bestand"),
    ],
)  # fmt: skip
def test_een_onbruikbaar_bestand_schrijft_niets(tmp_path: Path, naam: str, inhoud: bytes, deel: str) -> None:
    (tmp_path / naam).write_bytes(inhoud)
    with pytest.raises(PakketFout, match=deel):
        voer_in([tmp_path / naam], tmp_path / "uit")
    assert not (tmp_path / "uit").exists()


GZAC = Path(__file__).resolve().parents[5] / "shared" / "gegevens" / "gzac"


@pytest.mark.skipif(not GZAC.is_dir(), reason="de modellen zijn hier niet")
def test_de_voorbeelden_van_gzac_met_hun_beslissingen(tmp_path: Path) -> None:
    uit = voer_in(sorted(GZAC.iterdir()), tmp_path / "uit")
    assert len(uit) == 3
    assert len(list((tmp_path / "uit" / "beslissingen").iterdir())) == 3
