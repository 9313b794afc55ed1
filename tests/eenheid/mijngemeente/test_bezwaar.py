"""Wat er tegen een besluit openstaat: bezwaar of beroep, tot welke dag, en waar."""

from datetime import date
from typing import Any

import pytest

from integratie.besluiten.schemas import BesluitUit
from mijngemeente.bezwaar import Rechtsmiddel, oordeeladres, rechtsmiddel

LAATSTE = date(2026, 4, 13)
VANDAAG = date(2026, 3, 2)


def besluit(**anders: Any) -> BesluitUit:
    velden = {
        "url": "https://x/b/1",
        "identificatie": "BESLUIT-2026-AB",
        "besluittype": "https://x/t/1",
        "datum": VANDAAG,
    }
    vast = {"verantwoordelijke_organisatie": "999990639", "ingangsdatum": VANDAAG, "uiterlijke_reactiedatum": LAATSTE}
    return BesluitUit.model_validate({**velden, **vast, **anders})


@pytest.mark.parametrize(
    ("vandaag", "generiek", "formulier", "verwacht"),
    [
        (VANDAAG, "", True, Rechtsmiddel("bezwaar", LAATSTE, False, "/formulieren/bezwaar?kenmerk=BESLUIT-2026-AB")),
        (LAATSTE, "", False, Rechtsmiddel("bezwaar", LAATSTE, False)),
        (date(2026, 4, 14), "", False, Rechtsmiddel("bezwaar", LAATSTE, True)),
        (VANDAAG, "Beslissing op bezwaar", True, Rechtsmiddel("beroep", LAATSTE, False)),
        (VANDAAG, "Afwijzing kwijtschelding", True, Rechtsmiddel("administratief beroep", LAATSTE, False)),
    ],
)  # fmt: skip
def test_rechtsmiddel(vandaag: date, generiek: str, formulier: bool, verwacht: Rechtsmiddel) -> None:
    assert rechtsmiddel(besluit(), generiek, vandaag, formulier=formulier) == verwacht


def test_zonder_bekendmaking_is_er_nog_geen_laatste_dag() -> None:
    assert rechtsmiddel(besluit(uiterlijke_reactiedatum=None), "", VANDAAG, formulier=True) is None


@pytest.mark.parametrize(
    ("toelichting", "adres"),
    [
        ("Het mag.\n\nMandaat: Register\nAutomatisch: ja", "/formulieren/menselijk-oordeel?kenmerk=BESLUIT-2026-AB"),
        ("Het mag.\n\nMandaat: Register", ""),
        ("Het mag.\n\nMandaat: Register\nAutomatisch: ja\nVervangen door: BESLUIT-2026-AC", ""),
    ],
)
def test_een_mens_laten_kijken_kan_bij_een_automatisch_besluit(toelichting: str, adres: str) -> None:
    assert oordeeladres(besluit(toelichting=toelichting)) == adres
