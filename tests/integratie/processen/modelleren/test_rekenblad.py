"""Een beslistabel in de werkbank: downloaden als rekenblad, en weer inlezen na een verslag."""

import re
from html import unescape

from processen.modelleren import Werkplaats
from processen.modelleren.grondslagen import tabellen
from tests.integratie.processen.modelleren.conftest import FEMKE, PAKKET
from tests.schermhulp import Venster

PAD = "beslissingen/tv-nachten.dmn"
ADRES = f"/beheer/pakketten/{PAKKET}/beslissingen/tv-nachten/rekenblad"
BLAD = re.compile(r"<textarea name=\"blad\"[^>]*>\n?(.*?)</textarea>", re.DOTALL)
VERSIE = re.compile(r'name="versie" value="(\d+)"')


def _cellen(femke: Venster, tabel: str) -> str:
    csv = femke.http.get(f"{ADRES}/{tabel}.csv").content.decode("utf-8-sig")
    return csv.replace(";", "\t")


def _tabel(femke: Venster) -> str:
    femke.naar(ADRES)
    gevonden = re.search(r'<option value="([^"]+)"', femke.antwoord.text)
    assert gevonden
    return gevonden[1]


def test_downloaden_wijzigen_en_inlezen(femke: Venster, plaats: Werkplaats) -> None:
    oud, tabel = plaats.lees(PAKKET, PAD), _tabel(femke)
    for soort in ("xlsx", "ods", "csv"):
        antwoord = femke.http.get(f"{ADRES}/{tabel}.{soort}")
        assert f"tv-nachten-{tabel}.{soort}" in antwoord.headers["Content-Disposition"]
    cellen = _cellen(femke, tabel)
    femke.stuur(ADRES, tabel=tabel, cellen=cellen)
    assert "gelijk aan de tabel" in femke.tekst
    femke.naar(ADRES)
    femke.stuur(ADRES, tabel=tabel, cellen=cellen.replace("\t60\t", "\t75\t"))
    assert "Er is nog niets veranderd" in femke.tekst
    assert plaats.lees(PAKKET, PAD) == oud
    blad, versie = unescape(BLAD.findall(femke.antwoord.text)[0]), VERSIE.findall(femke.antwoord.text)[0]
    femke.stuur(f"{ADRES}/bevestigen", tabel=tabel, versie=versie, blad=blad)
    assert "De tabel is bijgewerkt" in femke.tekst
    assert tabellen(plaats.lees(PAKKET, PAD).inhoud or b"")[0].regels[0].dan[0][1] == "75"
    femke.naar(ADRES)
    femke.stuur(f"{ADRES}/bevestigen", tabel=tabel, versie=versie, blad=blad)
    assert "lees uw rekenblad nog eens in" in femke.tekst


def test_wat_niet_kan_verandert_niets(femke: Venster, plaats: Werkplaats) -> None:
    oud, tabel = plaats.lees(PAKKET, PAD), _tabel(femke)
    cellen = _cellen(femke, tabel)
    femke.stuur(ADRES, tabel=tabel, cellen=cellen.replace("\t60\t", "\t=60*2\t"))
    assert (femke.status, "Hier staat een formule" in femke.tekst) == (422, True)
    assert re.search(r"Cel [A-Z]\d+", femke.tekst)
    femke.naar(ADRES).stuur(ADRES, tabel=tabel, cellen=cellen.replace("\t60\t", "\tonbekende naam hier\t"))
    assert femke.status == 422
    femke.naar(ADRES).stuur(ADRES, tabel=tabel, cellen="")
    assert "Kies een bestand, of plak de cellen." in femke.tekst
    femke.naar(ADRES)
    femke.antwoord = femke.http.post(
        ADRES, data={"csrf_token": femke.token, "tabel": tabel}, files={"bestand": ("brief.pdf", b"%PDF")}
    )
    assert ".xlsx, .ods of .csv" in femke.tekst
    assert femke.naar(f"{ADRES}/bestaat-niet.csv").status == 404
    assert plaats.lees(PAKKET, PAD) == oud
    assert plaats.open(PAKKET, FEMKE).heeft_wijzigingen is False
