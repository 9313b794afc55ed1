"""De herkomst van regels in de werkbank, en een regel die per een datum verandert."""

from datetime import date

import pytest

import dmn
from dmn.controle import controleer
from dmn.herkomst import Herkomst, Vindplaats
from processen.modelleren import Werkplaats
from processen.modelleren.grondslagen import regel, tabellen, verander_per, zet_herkomst
from tests.integratie.processen.modelleren.conftest import PAKKET
from tests.schermhulp import Venster

PAD = "beslissingen/tv-nachten.dmn"
ADRES = f"/beheer/pakketten/{PAKKET}/beslissingen/tv-nachten/herkomst"
HERKOMST = Herkomst(
    (Vindplaats("Huisvestingsverordening", "3.5", "1", "https://lokaleregelgeving.example/1"),),
    date(2026, 1, 1),
    None,
    "Geen.",
)


@pytest.fixture
def inhoud(plaats: Werkplaats) -> bytes:
    return plaats.lees(PAKKET, PAD).inhoud or b""


def test_herkomst_gaat_heen_en_terug(inhoud: bytes) -> None:
    eerste = tabellen(inhoud)[0].regels[0]
    assert (eerste.als, eerste.dan[0][1]) == ((("Heeft een vergunning", "true"),), "60")
    nieuw = zet_herkomst(inhoud, eerste.id, HERKOMST)
    gevonden = regel(nieuw, eerste.id)
    assert gevonden is not None
    assert gevonden.herkomst == HERKOMST
    terug = regel(zet_herkomst(nieuw, eerste.id, Herkomst()), eerste.id)
    assert terug is not None
    assert terug.herkomst == Herkomst()
    with pytest.raises(KeyError):
        zet_herkomst(inhoud, "bestaat-niet", HERKOMST)


def test_een_regel_verandert_per_een_datum(inhoud: bytes) -> None:
    """Een besluit van voor de datum houdt de oude uitkomst, een van erna krijgt de nieuwe."""
    tweede = tabellen(inhoud)[0].regels[1]
    nieuw = verander_per(inhoud, tweede.id, date(2027, 1, 1), ["60"], "Wie eerder meldde, houdt dertig nachten.")
    model = dmn.lees(nieuw)
    assert controleer(model) == []
    uitslagen = [
        model.evalueer("nachtenlimiet", {"vergunning": False}, peildatum=dag)
        for dag in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert [uitslag.waarde for uitslag in uitslagen] == [30, 60]
    assert len(tabellen(nieuw)[0].regels) == 3
    with pytest.raises(ValueError, match="2027-01-01"):
        verander_per(nieuw, tweede.id, date(2027, 1, 1), ["90"], "")


def test_de_controle_kent_de_dagen_waarop_een_regel_geldt(inhoud: bytes) -> None:
    """Na elkaar is geen overlap; een dag waarop geen regel geldt is een gat."""
    eerste, tweede = tabellen(inhoud)[0].regels
    nieuw = verander_per(inhoud, tweede.id, date(2027, 1, 1), ["60"], "")
    korter = zet_herkomst(nieuw, tweede.id, Herkomst(tot=date(2026, 12, 1)))
    assert [p.nederlands for p in controleer(dmn.lees(korter))] == [
        "geen regel past bij Heeft een vergunning: false; peildatum: 2026-12-01"
    ]
    langer = zet_herkomst(nieuw, tweede.id, Herkomst(tot=date(2027, 2, 1)))
    assert [p.code for p in controleer(dmn.lees(langer))] == ["tabel.overlap"]
    assert eerste.herkomst == Herkomst()


def test_op_het_scherm(femke: Venster, plaats: Werkplaats, inhoud: bytes) -> None:
    tweede = tabellen(inhoud)[0].regels[1].id
    assert "Huisvestingsverordening, artikel 3.5, eerste lid" in femke.naar(ADRES).tekst
    femke.naar(f"{ADRES}/{tweede}")
    femke.stuur(
        f"{ADRES}/{tweede}",
        artikel="3.5",
        **{"van-dag": "2", "van-maand": "1", "van-jaar": "2026"},
        **{"tot-dag": "1", "tot-maand": "1", "tot-jaar": "2026"},
    )
    assert "Vul ook de wet of verordening in." in femke.tekst
    assert "Het einde ligt niet na het begin." in femke.tekst
    femke.stuur(f"{ADRES}/{tweede}", wet="Huisvestingsverordening", artikel="3.5", lid="1")
    assert "artikel 3.5, lid 1, Huisvestingsverordening" in femke.tekst
    per = {"per-dag": "1", "per-maand": "1", "per-jaar": "2027"}
    femke.stuur(f"{ADRES}/{tweede}/verandert", dan0="zestig nachten", **per)
    assert "Zet tekst tussen dubbele aanhalingstekens." in femke.tekst
    femke.stuur(
        f"{ADRES}/{tweede}/verandert", dan0="60", overgangsrecht="Wie eerder meldde, houdt dertig nachten.", **per
    )
    assert "tot 1 januari 2027" in femke.tekst
    assert "vanaf 1 januari 2027" in femke.tekst
    model = dmn.lees(plaats.lees(PAKKET, PAD).inhoud or b"")
    uitslag = model.evalueer("nachtenlimiet", {"vergunning": False}, peildatum=date(2027, 3, 1))
    assert uitslag.waarde == 60
    assert "artikel 3.5, lid 1, Huisvestingsverordening" in " ".join(uitslag.uitleg.zinnen("nl"))
    assert femke.naar(f"{ADRES}/bestaat-niet").status == 404
