"""Wat de server een tekenvlak geeft: bouwblokken in de taal van het scherm, en de controle terwijl er getekend wordt."""

import re
from typing import Any

from processen.modelleren import Werkplaats
from tests.integratie.processen.modelleren.conftest import FEMKE, PAKKET
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


def test_een_verwijzing_die_nergens_heen_wijst_staat_bij_het_element(femke: Venster, plaats: Werkplaats) -> None:
    naam = f"processen/{PAKKET}-vergunning.bpmn"
    goed = plaats.bestanden(PAKKET)[naam].decode()
    assert _controle(femke, goed) == []
    sjabloon = re.search(r'key="sjabloon" value="([^"]+)"', goed)
    assert sjabloon is not None
    stuk = goed.replace(sjabloon[1], "bestaat-niet")
    bevindingen = _controle(femke, stuk)
    assert bevindingen
    assert {(b["code"], b["tekst"]) for b in bevindingen} == {
        ("verwijzing", "sjabloon bestaat-niet bestaat niet in dit pakket")
    }
    assert all(f'id="{b["element"]}"' in goed for b in bevindingen)
    assert bevindingen[0]["remedie"].endswith("op het tabblad Brieven en berichten.")
    assert _controle(femke, stuk, "en")[0]["tekst"] == "template bestaat-niet does not exist in this package"
    femke.http.get(f"/beheer/pakketten/{PAKKET}/", params={"taal": "nl"})
    plaats.bewaar_samen(PAKKET, {"pakket.toml": b"= half"}, wie=FEMKE, wat="stuk")
    assert _controle(femke, stuk) == []  # het overzicht zegt dat het pakket niet te lezen is


def _controle(femke: Venster, bpmn: str, taal: str = "nl") -> list[dict[str, str]]:
    femke.naar(f"/beheer/pakketten/{PAKKET}/proces?taal={taal}")
    koppen = {"X-CSRFToken": femke.token, "Content-Type": "text/plain; charset=utf-8"}
    antwoord = femke.http.post(f"/beheer/pakketten/{PAKKET}/controle/proces", content=bpmn.encode(), headers=koppen)
    bevindingen: list[dict[str, str]] = antwoord.json()
    return bevindingen
