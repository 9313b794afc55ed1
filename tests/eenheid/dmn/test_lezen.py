"""Lezen: gehard tegen vijandige XML, met problemen op de goede regel."""

import pytest

import dmn
from tests.eenheid.dmn.modellen import beslissing, bestand, letterlijk, model

GOED = bestand(beslissing("uit", letterlijk("1")))


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + GOED, "xml.doctype"),
        (GOED.decode().replace("<definitions", "<!DOCTYPE x><definitions").encode("utf-16"), "xml.doctype"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + GOED, "xml.doctype"),
        (GOED + b" " * 1_000_000, "xml.groot"),
        (b"<definitions>", "xml.vorm"),
        (b"", "xml.vorm"),
        (b"<definitions xmlns='urn:x'/>", "dmn.vorm"),
        (b"<a>" * 400 + b"</a>" * 400, "xml.vorm"),
        (GOED.replace(b"<literalExpression>", b"<decisionTable hitPolicy='X'/><literalExpression>"), "tabel.beleid"),
    ],
)
def test_wat_niet_mag_is_een_fout(xml: bytes, code: str) -> None:
    with pytest.raises(dmn.DmnFout) as gevangen:
        dmn.lees(xml)
    assert gevangen.value.problemen[0].code == code
    assert gevangen.value.problemen[0].engels


@pytest.mark.parametrize("versie", ["20151101/dmn.xsd", "20180521/MODEL/"])
def test_oude_versies(versie: str) -> None:
    xml = GOED.replace(
        b"https://www.omg.org/spec/DMN/20230324/MODEL/", f"http://www.omg.org/spec/DMN/{versie}".encode()
    )
    assert dmn.lees(xml).evalueer("uit", {}).waarde == 1


def test_een_leesfout_in_een_expressie_staat_op_haar_regel() -> None:
    gelezen = model(beslissing("goed", letterlijk("1")), "\n\n", beslissing("fout", letterlijk("1 +\n  if x tehn 2")))
    (probleem,) = gelezen.problemen
    assert (probleem.plek, probleem.regel, probleem.kolom) == ("fout", 4, 8)
    assert "bedoelde u “then”" in probleem.nederlands
    assert gelezen.evalueer("goed", {}).waarde == 1
    assert gelezen.evalueer("fout", {}).redenen[0].code == "feel.fout"


def test_een_losse_verwijzing_is_een_probleem() -> None:
    assert {p.code for p in model(beslissing("uit", letterlijk("x"), "i:x")).problemen} == {"verwijzing"}


def test_een_gelezen_model_houdt_zijn_diagram() -> None:
    diagram = "<d:DMNDI xmlns:d='https://www.omg.org/spec/DMN/20230324/DMNDI/'><d:DMNDiagram/></d:DMNDI>"
    xml = bestand(beslissing("uit", letterlijk("1")), diagram)
    assert dmn.lees(xml).xml() == xml
