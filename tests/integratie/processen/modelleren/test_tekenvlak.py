"""Wat de server een tekenvlak geeft: bouwblokken in de taal van het scherm, en de controle terwijl er getekend wordt."""

from typing import Any

from tests.integratie.processen.modelleren.conftest import PAKKET
from tests.schermhulp import Venster

SJABLONEN = f"/beheer/pakketten/{PAKKET}/proces/sjablonen.json"


def _sjablonen(femke: Venster, taal: str) -> dict[str, dict[str, Any]]:
    return {deel["id"]: deel for deel in femke.http.get(SJABLONEN, params={"taal": taal}).json()}


def test_bouwblokken_volgen_de_taal_van_het_scherm(femke: Venster) -> None:
    nl, en = _sjablonen(femke, "nl"), _sjablonen(femke, "en")
    assert nl.keys() == en.keys()
    taak = "nl.dienstverlening.taak.medewerker"
    assert (nl[taak]["name"], nl[taak]["category"]["name"]) == ("Taak voor een medewerker", "Taken")
    assert (en[taak]["name"], en[taak]["category"]["name"]) == ("Task for an employee", "Tasks")
    notitie = "nl.dienstverlening.zaken.notitie"
    assert [deel["label"] for deel in en[notitie]["groups"]] == ["Settings", "Input", "Output", "On a failure"]
    waarden = {deel["id"]: deel["description"] for deel in en[notitie]["properties"] if deel.get("description")}
    assert waarden["uitvoer-notitie"] == "URL of the note. Which variable does this go into?"


def test_de_taal_verandert_alleen_teksten(femke: Venster) -> None:
    nl, en = _sjablonen(femke, "nl"), _sjablonen(femke, "en")
    for sleutel, sjabloon in nl.items():
        vast = [[(e["binding"], e.get("value")) for e in s["properties"]] for s in (sjabloon, en[sleutel])]
        assert vast[0] == vast[1], sleutel
