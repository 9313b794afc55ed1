"""Een beslistabel als rekenblad: heen en terug precies gelijk, en wat er verandert of niet kan staat in het verslag."""

import re
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import odfdo
import openpyxl
import pytest

import processen.procespakketten
from processen.modelleren.rekenblad import (
    Bladfout,
    Tabelblad,
    Verslag,
    lees,
    namen_in,
    pas_toe,
    schrijf,
    tabelbladen,
    vergelijk,
)
from processen.modelleren.rekenblad.bestanden import geplakt, rijen
from processen.modelleren.rekenblad.cellen import adres, als_csv, uit_tekst

PAKKETTEN = Path(next(iter(processen.procespakketten.__path__)))
MODEL = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:d="urn:dienstverlening:dmn:1" id="m" name="m" namespace="urn:m">
  <inputData id="i1" name="aantal nachten"/>
  <decision id="limiet" name="limiet">
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="k1" label="Nachten"><inputExpression typeRef="number"><text>aantal nachten</text></inputExpression></input>
      <input id="k2" label="Sinds"><inputExpression typeRef="date"><text>sinds</text></inputExpression></input>
      <output id="u1" label="Mag" typeRef="string"/>
      <annotation name="Bron"/>
      <rule id="r1"><description>- eerst</description><extensionElements><d:vindplaats wet="Wet A" artikel="4.1" lid="2" url="https://a.example"/><d:vindplaats wet="Wet B"/><d:geldig van="2026-01-01" tot="2027-01-01"/><d:overgangsrecht>Wie al mocht.</d:overgangsrecht></extensionElements><inputEntry id="a"><text>[0.5..12.5]</text></inputEntry><inputEntry id="b"><text>&lt; date("2026-03-01")</text></inputEntry><outputEntry id="c"><text>"ja"</text></outputEntry><annotationEntry><text>=1+1</text></annotationEntry></rule>
      <rule id="r2"><inputEntry id="e"><text>12,5</text></inputEntry><inputEntry id="f"><text>-</text></inputEntry><outputEntry id="g"><text>1.5</text></outputEntry><annotationEntry><text>'t 3.5
tweede regel</text></annotationEntry></rule>
      <rule id="r3"><inputEntry id="h"><text>-3</text></inputEntry><inputEntry id="i"><text>@"2026-03-01"</text></inputEntry><outputEntry id="j"><text>aantal nachten + 1</text></outputEntry><annotationEntry><text>4.1</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


@cache
def _tabel() -> Tabelblad:
    return tabelbladen(MODEL)[0]


def _plak(*regels: str) -> str:
    return "\n".join(regels)


def _verslag(tekst: str) -> Verslag:
    return vergelijk(_tabel(), lees(tekst.encode(), "plak"), namen_in(MODEL))


@pytest.mark.parametrize("soort", ["xlsx", "ods", "csv"])
def test_elke_meegeleverde_tabel_gaat_precies_heen_en_terug(soort: str) -> None:
    aantal = 0
    for pad in PAKKETTEN.rglob("*.dmn"):
        inhoud = pad.read_bytes()
        for tabel in tabelbladen(inhoud):
            verslag = vergelijk(tabel, lees(schrijf(tabel, soort), soort), namen_in(inhoud))
            assert (verslag.problemen, verslag.regels, verslag.beleid) == ((), tabel.regels, tabel.beleid), pad
            assert verslag.gelijk
            assert pas_toe(inhoud, tabel.sleutel, verslag) == inhoud
            aantal += 1
    assert aantal == 33


@pytest.mark.parametrize("soort", ["xlsx", "ods", "csv"])
def test_lastige_cellen_gaan_precies_heen_en_terug(soort: str) -> None:
    verslag = vergelijk(_tabel(), lees(schrijf(_tabel(), soort), soort), namen_in(MODEL))
    assert (verslag.problemen, verslag.regels) == ((), _tabel().regels)


def test_een_leeg_gemaakte_tabel_wordt_uit_het_rekenblad_weer_dezelfde() -> None:
    zonder = re.sub(rb"<rule id=\"r[23]\">.*?</rule>", b"", MODEL, flags=re.DOTALL)
    over = tabelbladen(zonder)[0]
    verslag = vergelijk(over, lees(schrijf(_tabel(), "ods"), "ods"), namen_in(MODEL))
    assert len(verslag.erbij) == 2
    terug = tabelbladen(pas_toe(zonder, "t", verslag))[0]
    assert [regel.als for regel in terug.regels] == [regel.als for regel in _tabel().regels]
    assert [(r.dan, r.bij, r.herkomst) for r in terug.regels] == [(r.dan, r.bij, r.herkomst) for r in _tabel().regels]


def test_csv_voert_niets_uit_en_is_nederlands() -> None:
    csv = schrijf(_tabel(), "csv").decode("utf-8-sig")
    assert "'=1+1" in csv
    assert ";1,5;" in csv  # een getal met een komma
    assert ";'12,5;" in csv  # twelf of vijf: geen getal
    assert "'- eerst" in csv
    for gevaar in ("=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\t=1"):
        assert als_csv(gevaar, is_feel=False).startswith("'")
    assert (als_csv("-", is_feel=True), als_csv("-5", is_feel=True)) == ("-", "-5")


def test_geplakte_cellen() -> None:
    """Aanhalingstekens van FEEL blijven; die om een cel met een regeleinde niet."""
    assert geplakt('a\t"ja"\r\n"een\nmet ""twee"""\t"a","b"\n\tx\n') == [
        ["a", '"ja"'], ['een\nmet "twee"', '"a","b"'], ["", "x"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("getikt", "feel"),
    [
        ("12,5", "12.5"), ("1-3-2026", 'date("2026-03-01")'), ("WAAR", "true"), ("ONWAAR", "false"), ("<= 12,5", "<= 12.5"), (">1-3-2026", '> date("2026-03-01")'),
        ("'12,5", "12,5"), ("31-2-2026", "31-2-2026"), ('"tekst"', '"tekst"'), ("007", "7"),
    ],
)  # fmt: skip
def test_zoals_een_nederlands_rekenblad_het_schrijft(getikt: str, feel: str) -> None:
    assert uit_tekst(0, 0, getikt).als_feel().lstrip("0") == feel
    assert adres(6, 27) == "AB7"


def test_het_verslag_noemt_wat_verandert() -> None:
    blad = rijen(_tabel())
    begin = next(nr for nr, rij in enumerate(blad) if rij[:1] == ["Regel"])
    kop = blad[begin]
    een, twee = list(blad[begin + 3]), list(blad[begin + 4])
    een[3], een[4], een[kop.index("Geldig tot")] = '"nee"', "bron", "1-7-2027"
    nieuw = ["", "> 20", "-", '"nooit"', "erbij"]
    verslag = _verslag(_plak(*("\t".join(rij).replace("\n", " ") for rij in (kop, twee, een, nieuw))))
    assert verslag.problemen == ()
    assert [regel.als for regel in verslag.erbij] == [("> 20", "-")]
    assert [regel.id for regel in verslag.weg] == ["r3"]
    assert verslag.andere_volgorde
    kolommen = {kolom: (was, wordt) for kolom, was, wordt in verslag.gewijzigd[-1].kolommen}
    assert kolommen["Dan: Mag"] == ('"ja"', '"nee"')
    assert kolommen["Geldig tot"] == ("01-01-2027", "01-07-2027")
    na = tabelbladen(pas_toe(MODEL, "t", verslag))[0]
    assert [regel.id for regel in na.regels[:2]] == ["r2", "r1"]
    assert na.regels[2].dan == ('"nooit"',)


def test_geplakt_zonder_regelnaam_telt_op_de_voorwaarden() -> None:
    """Wat er niet bij staat (aantekening, herkomst) blijft bij een regel die blijft."""
    verslag = _verslag(_plak("Als: Nachten\tAls: Sinds\tDan: Mag", "'12,5\t-\t2", '-3\t\'@"2026-03-01"\t3'))
    assert [(w.regel.id, w.kolommen) for w in verslag.gewijzigd] == [
        ("r2", (("Dan: Mag", "1.5", "2"),)), ("r3", (("Dan: Mag", "aantal nachten + 1", "3"),)),
    ]  # fmt: skip
    assert verslag.regels[1].bij == ("4.1",)


@pytest.mark.parametrize(
    ("regels", "plek", "tekst"),
    [
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag\tKleur", "r1\t1\t-\t1\trood"], "E1", "Kleur"),
        (["Regel\tAls: Nachten\tDan: Mag", "r1\t1\t1"], "A1", "Als: Sinds"),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag", "r1\t[1..\t-\t1"], "B2", "[1.."),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag", "r1\t1\t-\t=A1+1"], "D2", "formule"),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag", "r1\t1\t-\t1", "r1\t2\t-\t1"], "A3", "twee keer"),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag\tGeldig tot", "r1\t1\t-\t1\tmorgen"], "E2", "geen datum"),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag", "Uitdrukking\tiets anders\tsinds\t", "r1\t1\t-\t1"], "B2", "niet te wijzigen"),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag", "r1\t1\t-\t"], "D2", "uitkomst ontbreekt"),
        (["Trefbeleid\tLAATSTE", "Regel\tAls: Nachten\tAls: Sinds\tDan: Mag", "r1\t1\t-\t1"], "B1", "LAATSTE"),
        (["zomaar\tiets"], "", "koppen"),
        (["Regel\tAls: Nachten\tAls: Sinds\tDan: Mag"], "", "geen regels"),
    ],
)  # fmt: skip
def test_wat_niet_kan_heeft_een_celadres(regels: list[str], plek: str, tekst: str) -> None:
    verslag = _verslag(_plak(*regels))
    assert any(probleem.plek == plek and tekst in probleem.tekst for probleem in verslag.problemen), verslag.problemen
    with pytest.raises(ValueError, match=r".+"):
        pas_toe(MODEL, "t", verslag)


def test_formules_in_een_bestand_worden_geweigerd_en_getallen_gelezen() -> None:
    boek = openpyxl.load_workbook(BytesIO(schrijf(_tabel(), "xlsx")))
    vel = boek.worksheets[0]
    rij = next(nr for nr in range(1, vel.max_row + 1) if vel.cell(nr, 1).value == "r2")
    vel.cell(rij, 2).value, vel.cell(rij, 4).value = 7.25, "=SOM(A1:A3)"
    uit = BytesIO()
    boek.save(uit)
    verslag = vergelijk(_tabel(), lees(uit.getvalue(), "xlsx"), namen_in(MODEL))
    assert [probleem.plek for probleem in verslag.problemen] == [f"D{rij}"]
    assert verslag.regels[1].als[0] == "7.25"
    document = odfdo.Document(BytesIO(schrijf(_tabel(), "ods")))
    blad = document.body.get_table(0)
    cel = blad.get_cell((3, rij - 1))
    cel.formula = "of:=1+1"
    blad.set_cell((3, rij - 1), cel)
    blad.set_cell((1, rij - 1), odfdo.Cell(Decimal("7.25")))
    uit = BytesIO()
    document.save(uit)
    verslag = vergelijk(_tabel(), lees(uit.getvalue(), "ods"), namen_in(MODEL))
    assert [probleem.plek for probleem in verslag.problemen] == [f"D{rij}"]
    assert verslag.regels[1].als[0] == "7.25"


@pytest.mark.parametrize("soort", ["xlsx", "ods"])
def test_wat_geen_rekenblad_is(soort: str) -> None:
    for inhoud in (b"", b"PK\x03\x04rommel", schrijf(_tabel(), "xlsx" if soort == "ods" else "ods")):
        with pytest.raises(Bladfout):
            lees(inhoud, soort)
