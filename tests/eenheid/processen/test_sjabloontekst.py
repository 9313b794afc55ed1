"""Rond de editor van sjablonen: leesbaarheid, lengte van een sms, verschil tussen versies, en alle teksten ook in het Engels."""

from pathlib import Path

import pytest

import processen.sjablonen
from formuliermotor.sjablonen.lengte import smslengte
from huisstijl.taal import EIGEN, teksten_in
from processen.sjablonen import TEKSTEN
from processen.sjablonen.editor import veldnaam
from processen.sjablonen.leesbaarheid import leesbaarheid
from processen.sjablonen.verschil import verschil, verschillen


@pytest.mark.parametrize(
    ("tekst", "tekens", "per_deel", "delen"),
    [
        ("x" * 160, 160, 160, 1), ("x" * 161, 161, 153, 2), ("x" * 307, 307, 153, 3), ("€" * 80, 160, 160, 1), ("é" * 160, 160, 160, 1),
        ("ë" + "x" * 69, 70, 70, 1), ("ë" + "x" * 70, 71, 67, 2), ("😀" * 35, 70, 70, 1), ("", 0, 160, 1),
    ],
)  # fmt: skip
def test_een_sms_telt_zoals_het_netwerk(tekst: str, tekens: int, per_deel: int, delen: int) -> None:
    lengte = smslengte(tekst)
    assert (lengte.tekens, lengte.per_deel, lengte.delen) == (tekens, per_deel, delen)


def test_leesbaarheid_noemt_wat_moeilijk_is() -> None:
    leest = leesbaarheid(
        "<p>Indien u {{ bedrag * 2 }} euro betaalt, krijgt u bericht.</p><p>Uw aanvraag wordt door ons beoordeeld.</p>"
        "<p>Dit is een zin die wij expres veel te lang maken zodat hij zeker meer dan vijftien woorden heeft.</p>"
        "<p>De huisvestingsverordening geldt.</p>"
    )
    assert leest.moeilijk == (("indien", "als"),)
    assert len(leest.lijdend) == 1
    assert "wordt door ons beoordeeld" in leest.lijdend[0]
    assert [zin[:12] for zin in leest.lange_zinnen] == ["Dit is een z"]
    assert leest.lange_woorden == ("huisvestingsverordening",)
    assert not leest.te_lang
    assert leesbaarheid("").woorden_per_zin == 0


def test_verschil_per_woord() -> None:
    assert verschil("<p>U betaalt {{ a }} euro.</p>", "<p>U betaalt {{ b }} euro.</p>") == [
        ("gelijk", "<p>U betaalt "), ("weg", "{{ a }}"), ("erbij", "{{ b }}"), ("gelijk", " euro.</p>"),
    ]  # fmt: skip
    oud = {"onderwerp": {"nl": "A"}, "inhoud": {"nl": "B"}}
    nieuw = {"onderwerp": {"nl": "A"}, "inhoud": {"nl": "B", "en": "C"}, "bestand": {"naam": "x.odt", "inhoud": ""}}
    assert list(verschillen(oud, nieuw)) == [
        ("inhoud", "en", [("erbij", "C")]), ("bestand", "", [("weg", "–"), ("erbij", "x.odt")]),
    ]  # fmt: skip


def test_velden_hebben_een_nederlandse_naam() -> None:
    assert [veldnaam(naam) for naam in ("bezwaarTot", "aanhef", "aantal_nachten")] == [
        "Bezwaar tot", "Aanhef", "Aantal nachten",
    ]  # fmt: skip


def test_alle_teksten_hebben_een_vertaling() -> None:
    assert EIGEN.met(TEKSTEN).ontbrekend(teksten_in(Path(processen.sjablonen.__file__).parent)) == set()
