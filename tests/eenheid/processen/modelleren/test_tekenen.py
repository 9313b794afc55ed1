"""Wat de modelleur van een pakket krijgt: sjablonen met keuzelijsten, variabelen, en een model om mee te beginnen."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import dmn
from contracten import Bouwblokken
from feel import Functies
from huisstijl import middelen
from kern.instellingen import laad_instellingen
from kern.plugins import laad_plugins
from processen.modelleren.beslissen import alleen_lezen, kijk_beslissing_na
from processen.modelleren.inhoud import namen
from processen.modelleren.modellen import BESLISSINGEN, PROCESSEN, leeg
from processen.modelleren.tekenen import sjablonen, variabelen
from processen.motor.lezen import lees

PAKKET = Path(__file__).parents[4] / "processen" / "procespakketten" / "toeristische-verhuur"


@pytest.fixture(scope="module")
def bestanden() -> dict[str, bytes]:
    return {str(pad.relative_to(PAKKET)): pad.read_bytes() for pad in PAKKET.rglob("*.*")}


@pytest.fixture(scope="module")
def blokken() -> Bouwblokken:
    return Bouwblokken(laad_plugins(laad_instellingen(omgeving="demo")).verzamel("bouwblokken"))


def _eigenschap(sjabloon: dict[str, Any], sleutel: str) -> dict[str, Any]:
    return next(deel for deel in sjabloon["properties"] if deel.get("id") == sleutel)


def test_elk_bouwblok_is_te_kiezen_met_wat_het_pakket_heeft(bestanden: dict[str, bytes], blokken: Bouwblokken) -> None:
    alle = {deel["id"]: deel for deel in sjablonen(blokken, namen(bestanden), {"zaak-afsluiten": "Zaak afsluiten"})}
    assert {f"nl.dienstverlening.{sleutel}" for sleutel in blokken} <= alle.keys()
    statustype = _eigenschap(alle["nl.dienstverlening.zaken.status-zetten"], "configuratie-statustype")
    assert statustype["type"] == "Dropdown"
    assert "In behandeling" in {keuze["value"] for keuze in statustype["choices"]}
    formulier = _eigenschap(alle["nl.dienstverlening.taak.inwoner"], "formulier")
    assert "toeristische-verhuur-aanvulling" in {keuze["value"] for keuze in formulier["choices"]}
    beslissing = _eigenschap(alle["nl.dienstverlening.beslissing"], "beslissing")
    assert "nachtenlimiet" in {keuze["value"] for keuze in beslissing["choices"]}
    assert alle["nl.dienstverlening.proces.zaak-afsluiten"]["elementType"] == {"value": "bpmn:CallActivity"}
    assert all(deel["icon"]["contents"].startswith("data:image/svg+xml;base64,") for deel in alle.values())


def test_variabelen_van_het_begin_zijn_de_gegevens_van_het_verzoek(bestanden: dict[str, bytes]) -> None:
    gevonden = {deel["naam"]: deel["soort"] for deel in variabelen(bestanden, "toeristische-verhuur-vergunning")}
    assert {"verzoek", "zaak", "woonsituatie", "nachten"} <= gevonden.keys()
    assert {deel["naam"] for deel in variabelen(bestanden, "ander")} == {"verzoek", "zaak", "zaaknummer"}


def test_half_af_is_ook_te_lezen() -> None:
    kapot = {"pakket.toml": b"[", "zaaktypen/a.json": b"{", "beslissingen/b.dmn": b"<x/>", "formulieren/c.json": b"{}"}
    assert namen(kapot)["formulier"] == {"c"}
    assert namen(kapot)["statustype"] == namen(kapot)["beslissing"] == set()
    assert len(list(variabelen(kapot, "x"))) == 3


def test_een_leeg_model_klopt() -> None:
    proces = lees(leeg(PROCESSEN, "hond", "Hond & baas"))
    assert (proces.id, proces.naam) == ("hond", "Hond & baas")
    inhoud = leeg(BESLISSINGEN, "korting", "Korting <van>")
    assert dmn.lees(inhoud).beslissingen == ("korting",)
    assert [deel for deel in kijk_beslissing_na(inhoud, Functies({})) if deel["ernst"] == "fout"] == []


def test_nieuwere_dmn_wordt_alleen_getoond() -> None:
    inhoud = leeg(BESLISSINGEN, "korting", "Korting")
    assert alleen_lezen(inhoud) == ""
    assert "nieuwere versie van DMN" in alleen_lezen(inhoud.replace(b"20191111", b"20230324"))


def test_een_fout_in_een_tabel_noemt_de_tabel() -> None:
    inhoud = leeg(BESLISSINGEN, "korting", "Korting").replace(b"<text>gegeven</text>", b"<text>gegeven +</text>")
    assert {(deel["plek"], deel["ernst"]) for deel in kijk_beslissing_na(inhoud, Functies({}))} >= {
        ("korting:", "fout")
    }
    assert kijk_beslissing_na(b"geen xml", Functies({}))[0]["ernst"] == "fout"


def test_de_modelleur_blijft_onder_700_kb() -> None:
    """Zo groot gaat zij over de lijn: script, stijl en tekenlettertype samen."""
    manifest = json.loads((middelen.GEBOUWD / "manifest.json").read_bytes())
    delen = [middelen.GEBOUWD / f"{manifest[naam]}.br" for naam in ("modelleur.js", "modelleur.css")]
    letters = list(middelen.GEBOUWD.glob("bpmn-*.woff2")) + list(middelen.GEBOUWD.glob("dmn-*.woff2"))
    assert sum(pad.stat().st_size for pad in [*delen, *letters]) <= 700_000
    assert gzip.decompress((middelen.GEBOUWD / f"{manifest['modelleur.js']}.gz").read_bytes())
