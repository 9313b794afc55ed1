"""Wat een wijziging betekent voordat zij gepubliceerd is: welke dag telt, welke regels, welk zaaktype, en wat er bij een verzoek begint."""

import json
import tomllib
from datetime import date

import dmn
from processen.modelleren import Werkplaats
from processen.modelleren.gevolgen import gevolgen, regelgevolgen
from processen.modelleren.grondslagen import tabellen, verander_per
from processen.modelleren.peildatum import gebruik, zet
from processen.modelleren.starten import met_starts, starts
from tests.integratie.processen.modelleren.conftest import FEMKE, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster

DMN, BPMN = "beslissingen/tv-nachten.dmn", "processen/toeristische-verhuur-melding.bpmn"
VANAF = date(2027, 1, 1)
BANK = f"/beheer/pakketten/{PAKKET}"
MELDING = "toeristische-verhuur-melding"


def _zestig(plaats: Werkplaats) -> tuple[bytes, bytes]:
    oud = plaats.lees(PAKKET, DMN).inhoud or b""
    return oud, verander_per(oud, tabellen(oud)[0].regels[1].id, VANAF, ["60"], "Wie eerder komt, houdt dertig.")


def test_de_dag_die_telt_heen_en_terug(plaats: Werkplaats) -> None:
    bestanden = plaats.bestanden(PAKKET)
    (stap,) = gebruik(bestanden, bestanden[DMN])
    assert (stap.sleutel, stap.element, stap.peildatum) == (MELDING, "limiet-bepalen", "")
    assert set(stap.datums) == {"date(aankomst)", "date(vertrek)"}
    met = zet(bestanden[BPMN], stap.element, "date(aankomst)")
    assert gebruik({**bestanden, BPMN: met}, bestanden[DMN])[0].peildatum == "date(aankomst)"
    zonder = zet(met, stap.element, "")
    assert gebruik({**bestanden, BPMN: zonder}, bestanden[DMN])[0].peildatum == ""


def test_op_het_scherm(femke: Venster, plaats: Werkplaats) -> None:
    adres = f"{BANK}/beslissingen/tv-nachten/peildatum"
    stap = f"{MELDING}:limiet-bepalen"
    femke.naar(adres)
    assert "Limiet bepalen, in Melding toeristische verhuur" in femke.tekst
    femke.stuur(adres, stap=stap, **{"s1-dag": "anders", "s1-feel": ""})
    assert "Vul een uitdrukking in" in femke.tekst
    femke.stuur(adres, stap=stap, **{"s1-dag": "anders", "s1-feel": "date(("})
    assert "geen uitdrukking die een dag geeft" in femke.tekst
    femke.stuur(adres, stap=stap, **{"s1-dag": "date(aankomst)"})
    assert "Bewaard." in femke.tekst
    plaats.bewaar_samen(PAKKET, {DMN: _zestig(plaats)[1]}, wie=FEMKE, wat="zestig")
    femke.naar(f"{BANK}/publiceren")
    assert "de regels van de dag date(aankomst) tellen" in femke.tekst
    assert "vanaf 1 januari 2027" in femke.tekst
    assert "Wie eerder komt, houdt dertig." in femke.tekst
    assert "<rule" not in femke.tekst


def test_regels_die_veranderen(plaats: Werkplaats) -> None:
    oud, nieuw = _zestig(plaats)
    assert [(g.wat, g.regel.nummer) for g in regelgevolgen(oud, nieuw)] == [("anders", 2), ("nieuw", 3)]
    assert [(g.wat, g.regel.nummer) for g in regelgevolgen(nieuw, oud)] == [("anders", 2), ("weg", 3)]
    assert dmn.lees(nieuw).evalueer("nachtenlimiet", {"vergunning": False}, peildatum=VANAF).waarde == 60


def test_een_gepubliceerd_zaaktype_krijgt_een_nieuwe_versie(gemeente: Gemeente, plaats: Werkplaats) -> None:
    basis = plaats.basis(PAKKET)
    pad = next(p for p in basis if p.startswith("zaaktypen/") and b"TV-MELDING" in basis[p])
    anders = json.dumps({**json.loads(basis[pad]), "doorlooptijd": "P3W"}).encode()
    gevonden = gevolgen(gemeente.installatie, PAKKET, basis, {**basis, pad: anders}).zaaktypen
    assert [g.zaaktype for g in gevonden] == ["Melding toeristische verhuur"]
    assert gevonden[0].vanaf >= gemeente.installatie.klok.vandaag()
    assert gevolgen(gemeente.installatie, PAKKET, basis, basis).zaaktypen == []


def test_wat_er_bij_een_verzoek_begint(femke: Venster, plaats: Werkplaats) -> None:
    bestanden = plaats.bestanden(PAKKET)
    nu = starts(bestanden)
    assert nu[MELDING] == MELDING
    zonder = met_starts(bestanden["pakket.toml"], {**nu, MELDING: ""})
    assert starts({**bestanden, "pakket.toml": zonder})[MELDING] == ""
    assert tomllib.loads(zonder.decode())["teams"] == tomllib.loads(bestanden["pakket.toml"].decode())["teams"]
    femke.naar(f"{BANK}/proces")
    assert "Wat begint er bij een verzoek" in femke.tekst
    nummer = list(nu).index(MELDING)
    keuzes = {f"start{nr}": proces for nr, proces in enumerate(nu.values())}
    femke.stuur(f"{BANK}/proces/starts", **{**keuzes, f"start{nummer}": "toeristische-verhuur-registratie"})
    assert "Bewaard." in femke.tekst
    assert starts(plaats.bestanden(PAKKET))[MELDING] == "toeristische-verhuur-registratie"
