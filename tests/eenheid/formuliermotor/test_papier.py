"""Een leeg formulier op papier, uit dezelfde definitie als het scherm."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from formuliermotor import Formulierdefinitie, Pdfstijl, lees_definitie
from formuliermotor.inwoorden import Woorden
from formuliermotor.papier import _Papier, bij_code, leeg_formulier, papiercode
from huisstijl.taal import in_taal, kies
from plugins.kaart import Kaart
from processen.pakketten.opdrachten import MEEGELEVERD

STIJL = Pdfstijl("Gemeente Voorbeeldstad")
RETOUR = "Postbus 1, 0000 AA Voorbeeldstad"


def _lees(pad: Path) -> Formulierdefinitie:
    return lees_definitie(_zonder_lijsten(json.loads(pad.read_text())), {"kaart": Kaart()})


def _zonder_lijsten(deel: object) -> object:
    """Keuzes uit een referentielijst vult de inrichting in; hier één keuze."""
    if isinstance(deel, dict):
        if deel.get("lijst"):
            keuzes = [{"value": "a", "label": {"nl": "Eerste", "en": "First"}}]
            deel = {naam: waarde for naam, waarde in deel.items() if naam != "lijst"}
            deel |= {"data": {"values": keuzes}} if deel["type"] == "select" else {"values": keuzes}
        return {naam: _zonder_lijsten(waarde) for naam, waarde in deel.items()}
    return [_zonder_lijsten(waarde) for waarde in deel] if isinstance(deel, list) else deel


ALLE = {pad.stem: pad for pad in sorted(MEEGELEVERD.glob("*/formulieren/*.json")) if '"verzoektype"' in pad.read_text()}


def _tekst(pdf: bytes) -> str:
    return " ".join(" ".join(blad.extract_text() for blad in pypdf.PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("slug", ALLE)
def test_elk_formulier_staat_helemaal_op_papier(slug: str) -> None:
    """De structuur (titel, taal, tags, koppen) keurt `leeg_formulier` zelf; hier of alles erop staat."""
    definitie = _lees(ALLE[slug])
    lezer = pypdf.PdfReader(BytesIO(leeg_formulier(definitie, "nl", STIJL, RETOUR)))
    bladen = [" ".join(blad.extract_text().split()) for blad in lezer.pages]
    tekst = "".join(" ".join(bladen).split())
    assert all(papiercode(slug) in blad for blad in bladen)
    for nummer, vraag in _Papier(definitie).nummers.values():
        with in_taal("nl"):
            assert "".join(f"{nummer}. {kies(vraag.label)}".split()) in tekst
    assert "".join(RETOUR.split()) in tekst
    wortel: Any = lezer.root_object
    assert wortel["/MarkInfo"]["/Marked"]


def test_engels() -> None:
    tekst = _tekst(leeg_formulier(_lees(ALLE["evenement"]), "en", STIJL, RETOUR))
    assert "Only fill this in if" in tekst
    assert "Alleen invullen" not in tekst


def test_geen_twee_formulieren_met_dezelfde_code() -> None:
    assert len({papiercode(slug) for slug in ALLE}) == len(ALLE)
    for slug in ALLE:
        code = papiercode(slug)
        assert bij_code(f" {code[:3].lower()}-{code[3:].lower()} ", ALLE) == slug
    assert bij_code("bestaat niet", ALLE) is None


VRAGEN = {
    "slug": "proef", "naam": {"nl": "Proef"},
    "stappen": [{"naam": "a", "titel": {"nl": "A"}, "componenten": [
        {"type": "radio", "key": "partner", "label": {"nl": "Partner?"}, "values": [{"value": "ja", "label": {"nl": "Ja"}}, {"value": "nee", "label": {"nl": "Nee"}}]},
        {"type": "number", "key": "bezoekers", "label": {"nl": "Bezoekers"}},
        {"type": "checkbox", "key": "akkoord", "label": {"nl": "Akkoord"}},
        {"type": "selectboxes", "key": "soort", "label": {"nl": "Soort"}, "values": [{"value": "x", "label": {"nl": "Ix"}}]},
    ]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("feel", "zin"),
    [
        ('partner = "ja"', "u bij vraag 1 “Ja” koos"),
        ('not(partner = "ja")', "u bij vraag 1 iets anders dan “Ja” koos"),
        ('partner != "ja"', "u bij vraag 1 iets anders dan “Ja” koos"),
        ("partner = null", "u vraag 1 niet invulde"),
        ("bezoekers > 250", "uw antwoord op vraag 2 meer is dan 250"),
        ("not(bezoekers > 250)", "uw antwoord op vraag 2 250 of minder is"),
        ("akkoord", "u vraag 3 aankruiste"),
        ("akkoord = false", "u vraag 3 niet aankruiste"),
        ('list contains(soort, "x")', "u bij vraag 4 “Ix” koos"),
        ('list contains(["ja", "nee"], partner)', "u bij vraag 1 “Ja” of “Nee” koos"),
        ('partner = "ja" and bezoekers >= 5', "u bij vraag 1 “Ja” koos en uw antwoord op vraag 2 5 of meer is"),
        ('not(partner = "ja" or akkoord)', "u bij vraag 1 iets anders dan “Ja” koos en u vraag 3 niet aankruiste"),
        ('aanmelding.soort = "ondernemer"', "u dit voor een onderneming invult"),
        ('not(aanmelding.soort = "ondernemer")', "u dit niet voor een onderneming invult"),
        ("elders = 3", None),
        ("bezoekers + 1 > 3", None),
    ],
)
def test_een_voorwaarde_in_woorden(feel: str, zin: str | None) -> None:
    with in_taal("nl"):
        assert Woorden(_Papier(lees_definitie(VRAGEN)).nummers).van(feel) == zin
