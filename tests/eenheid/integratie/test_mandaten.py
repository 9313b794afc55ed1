"""Wie een besluit mag ondertekenen: functie, soort besluit, bedrag, geldigheid, ondermandaat en vervanging."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from integratie.mandaten import GeenMandaat, Mandaat, Ondertekening, Vervanging, functies, toets

COLLEGE = "Het college van burgemeester en wethouders"
OP = date(2026, 6, 1)
HOOFD = Mandaat(
    "hoofd", COLLEGE, "Hoofd Vergunningen", date(2026, 1, 1), ("Vergunning",), tot_bedrag=Decimal(10000),
    ondermandaat_toegestaan=True,
)  # fmt: skip
ONDER = Mandaat("teamleider", COLLEGE, "Teamleider", date(2026, 3, 1), ("Vergunning",), ondermandaat_van="hoofd")
VRAAG = Ondertekening(COLLEGE, "Vergunning", "Hoofd Vergunningen", OP)


def code(register: list[Mandaat], vraag: Ondertekening) -> str:
    with pytest.raises(GeenMandaat) as fout:
        toets(register, vraag)
    return fout.value.code


def test_wie_het_mandaat_heeft_mag_tekenen() -> None:
    assert toets([HOOFD], VRAAG) == HOOFD
    assert toets([HOOFD], replace(VRAAG, bestuursorgaan="college van  burgemeester en wethouders")) == HOOFD


def test_zonder_regel_voor_dit_besluit_is_er_niets_te_toetsen() -> None:
    assert toets([], VRAAG) is None
    assert toets([HOOFD], replace(VRAAG, besluittype="Iets anders")) is None
    assert toets([HOOFD], replace(VRAAG, bestuursorgaan="De burgemeester")) is None


@pytest.mark.parametrize(
    ("register", "vraag", "verwacht"),
    [
        ([HOOFD], replace(VRAAG, functie="Baliemedewerker"), "geen-mandaat"),
        ([HOOFD], replace(VRAAG, op=date(2025, 12, 31)), "niet-geldig"),
        ([replace(HOOFD, einde=date(2026, 5, 31))], VRAAG, "niet-geldig"),
        ([HOOFD], replace(VRAAG, bedrag=Decimal("10000.01")), "bedrag"),
        ([ONDER], replace(VRAAG, functie="Teamleider"), "ondermandaat"),
        ([ONDER, replace(HOOFD, ondermandaat_toegestaan=False)], replace(VRAAG, functie="Teamleider"), "ondermandaat"),
        ([ONDER, HOOFD], replace(VRAAG, functie="Teamleider", bedrag=Decimal(10001)), "bedrag"),
        ([ONDER, replace(HOOFD, einde=date(2026, 5, 1))], replace(VRAAG, functie="Teamleider"), "niet-geldig"),
        ([replace(HOOFD, ondermandaat_van="hoofd")], VRAAG, "ondermandaat"),
    ],
)
def test_wie_niet_mag_hoort_waarom(register: list[Mandaat], vraag: Ondertekening, verwacht: str) -> None:
    assert code(register, vraag) == verwacht


def test_ondermandaat_en_bedrag_tot_en_met() -> None:
    assert toets([ONDER, HOOFD], replace(VRAAG, functie="Teamleider", bedrag=Decimal(10000))) == ONDER


def test_een_vervanger_mag_tijdens_de_vervanging() -> None:
    ziek = replace(HOOFD, vervanging=(Vervanging("Hoofd Handhaving", date(2026, 5, 1), date(2026, 6, 1)),))
    assert toets([ziek], replace(VRAAG, functie="Hoofd Handhaving")) == ziek
    assert code([ziek], replace(VRAAG, functie="Hoofd Handhaving", op=date(2026, 6, 2))) == "geen-mandaat"


def test_register_heen_en_terug() -> None:
    heel = replace(
        HOOFD, einde=date(2027, 1, 1), vervanging=(Vervanging("X", OP, OP),), grondslag="Mandaatbesluit 2026"
    )
    assert Mandaat.lees({"sleutel": "hoofd", **heel.als_gegevens()}) == heel


def test_wie_er_op_een_dag_mag_tekenen_om_uit_te_kiezen() -> None:
    vervanger = replace(HOOFD, vervanging=(Vervanging("Adjunct", date(2026, 6, 1), date(2026, 6, 30)),))
    assert functies([vervanger, ONDER], ["Vergunning"], OP) == ["Adjunct", "Hoofd Vergunningen", "Teamleider"]
    assert functies([vervanger, ONDER], ["Vergunning"], date(2026, 2, 1)) == ["Hoofd Vergunningen"]
    assert functies([HOOFD], ["Iets anders"], OP) == []
    assert functies([replace(HOOFD, besluittypen=())], ["Iets anders"], OP) == ["Hoofd Vergunningen"]
