"""Controle van modellen: overlap, gaten, dode en dubbele regels, typen, ongebruikte invoer; ook voor 500 regels snel."""

import time

import pytest

from dmn.controle import controleer
from tests.eenheid.dmn.modellen import beslissing, invoer, letterlijk, model, tabel

HANGT = 30  # seconden
Regels = list[tuple[list[str], list[str]]]


def codes(regels: Regels, *, beleid: str = "UNIQUE", soort: str = "number", uit: str = "<output/>") -> dict[str, str]:
    inhoud = tabel([("x", soort)], regels, beleid=beleid, uit=uit)
    gevonden = controleer(model(invoer("x", soort), beslissing("uit", inhoud, "i:x")))
    assert all(probleem.engels for probleem in gevonden)
    return {probleem.code: probleem.nederlands for probleem in gevonden}


@pytest.mark.parametrize(
    ("regels", "opties", "verwacht"),
    [
        ([(["< 5"], ["1"]), ([">= 5"], ["2"])], {}, {}),
        ([(["< 5"], ["1"]), (["> 5"], ["2"])], {}, {"tabel.gat": "geen regel past bij x: 5"}),
        ([(["< 5"], ["1"])], {}, {"tabel.gat": "geen regel past bij x: 5"}),
        ([(["<= 5"], ["1"]), ([">= 5"], ["2"])], {}, {"tabel.overlap": "de regels 1 en 2 passen soms allebei (UNIQUE)"}),
        ([(["<= 5"], ["1"]), ([">= 5"], ["1"])], {"beleid": "ANY"}, {}),
        ([(["-"], ["1"]), (["> 5"], ["2"])], {"beleid": "FIRST"},
         {"tabel.dood": "regel 2 komt nooit aan de beurt: regel 1 past dan altijd al",
          "tabel.overlap": ""}),
        ([(["1"], ["1"]), (["1"], ["1"]), (["not(1)"], ["2"])], {}, {"tabel.dubbel": "regel 2 is dezelfde als regel 1"}),
        ([(["[5..1]"], ["1"]), (["-"], ["2"])], {"beleid": "FIRST"}, {"tabel.onmogelijk": "regel 1 kan nooit passen: zie “x”"}),
        ([(["true"], ["1"])], {"soort": "boolean"}, {"tabel.gat": "geen regel past bij x: false"}),
        ([(["true"], ["1"]), (["false"], ["2"])], {"soort": "boolean"}, {}),
        ([(['"a"'], ["1"])], {"soort": "string"}, {"tabel.gat": "geen regel past bij x: een andere waarde"}),
        ([(['"a"'], ["1"]), (["-"], ["1"])], {"beleid": "FIRST"},
         {"tabel.type": "regel 1: “x” is een number, maar de cel vraagt een string"}),
        ([(["-"], ['"tekst"'])], {"uit": "<output typeRef='number'/>"},
         {"tabel.uittype": "regel 1: de uitvoer is een string, gevraagd is een number",
          "tabel.kolom": "de kolom “x” doet niets: elke cel is een streepje"}),
        ([(["> y"], ["1"])], {}, {"naam.onbekend": "de naam “y” is onbekend"}),
    ],
)  # fmt: skip
def test_bevindingen(regels: Regels, opties: dict[str, str], verwacht: dict[str, str]) -> None:
    verwacht = {code: tekst for code, tekst in verwacht.items() if tekst}
    assert codes(regels, **opties) == verwacht


def test_een_gat_over_twee_kolommen_heeft_een_voorbeeld() -> None:
    regels = [(["< 18", "-"], ["1"]), ([">= 18", "true"], ["2"])]
    inhoud = tabel([("leeftijd", "number"), ("woont hier", "boolean")], regels)
    delen = [invoer("leeftijd"), invoer("woont hier")]
    (gat,) = controleer(model(*delen, beslissing("uit", inhoud, "i:leeftijd", "i:woont hier")))
    assert gat.nederlands == "geen regel past bij leeftijd: 18; woont hier: false"
    assert gat.ernst == "waarschuwing"


def test_toegestane_waarden_en_standaarduitvoer_maken_een_tabel_volledig() -> None:
    inhoud = tabel([("x", "string")], [(['"a"'], ["1"]), (['"b"'], ["2"])])
    waarden = '</inputExpression><inputValues><text>"a", "b"</text></inputValues>'
    volledig = inhoud.replace("</inputExpression>", waarden)
    assert controleer(model(invoer("x"), beslissing("uit", volledig, "i:x"))) == []
    standaard = inhoud.replace("<output/>", "<output><defaultOutputEntry><text>0</text></defaultOutputEntry></output>")
    assert controleer(model(invoer("x"), beslissing("uit", standaard, "i:x"))) == []


def test_ongebruikte_eis() -> None:
    gelezen = model(invoer("x"), invoer("y"), beslissing("uit", letterlijk("x + 1"), "i:x", "i:y"))
    (probleem,) = controleer(gelezen)
    assert (probleem.code, probleem.plek) == ("eis.ongebruikt", "uit")
    assert "“y”" in probleem.nederlands


def test_onbekende_namen_krijgen_een_suggestie_met_plaats() -> None:
    tekst = "inkomen +\n  inkmen + string lenght(naam) + count(lijst[veld > 1])"
    delen = [invoer(naam) for naam in ("inkomen", "naam", "lijst")]
    gevonden = controleer(model(*delen, beslissing("uit", letterlijk(tekst), "i:inkomen", "i:naam", "i:lijst")))
    assert [(p.code, p.regel, p.kolom) for p in gevonden] == [("naam.onbekend", 2, 3), ("naam.onbekend", 2, 12)]
    assert "bedoelde u “inkomen”?" in gevonden[0].nederlands
    assert "did you mean “string length”?" in gevonden[1].engels


def test_vijfhonderd_regels_zijn_snel_nagekeken() -> None:
    regels = [([f"[{n}..{n + 1})", f'"t{n % 9}"', "< 5000"], [str(n)]) for n in range(500)]
    regels.append((["[100..102)", '"t1"', "-"], ["9"]))
    inhoud = tabel([("a", "number"), ("b", "string"), ("c", "number")], regels)
    gelezen = model(invoer("a"), invoer("b"), invoer("c"), beslissing("uit", inhoud, "i:a", "i:b", "i:c"))
    begin = time.perf_counter()
    gevonden = controleer(gelezen)
    assert time.perf_counter() - begin < HANGT
    assert {probleem.code for probleem in gevonden} == {"tabel.overlap", "tabel.gat"}
    assert "de regels 101 en 501" in next(p.nederlands for p in gevonden if p.code == "tabel.overlap")
