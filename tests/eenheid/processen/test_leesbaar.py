"""Wat een mens in het besluitdossier van de gegevens leest."""

from typing import Any

import pytest

from processen.behandelen.leesbaar import leesbaar, zinnen_zonder_verwijzingen

ZAAK = "https://zaken.voorbeeld.nl/zaken/api/v1/zaken/0b6a6a3e-6f0a-4a31-9c7f-2d2a7c1f9e55"
NUMMER = "0b6a6a3e-6f0a-4a31-9c7f-2d2a7c1f9e55"


@pytest.mark.parametrize(
    ("zin", "gelezen"),
    [
        (
            f"We gebruikten deze gegevens: zaak: {ZAAK}; nachten: 20; zending: {NUMMER}.",
            ["We gebruikten deze gegevens: nachten: 20."],
        ),
        (f"We gebruikten deze gegevens: zaak: {ZAAK}; documenten: {ZAAK}, {ZAAK}.", []),
        (f"In “x” past regel 1, want zaak is {ZAAK}.", []),
        (
            "De uitkomst van “bezwaren” is: Dat mag niet worden., U wilt langer verhuren..",
            ["De uitkomst van “bezwaren” is: Dat mag niet worden, U wilt langer verhuren."],
        ),
        (
            "Regel 1 past niet: x is 9, maar gevraagd is [1..5].",
            ["Regel 1 past niet: x is 9, maar gevraagd is [1..5]."],
        ),
    ],
)
def test_zinnen(zin: str, gelezen: list[str]) -> None:
    assert list(zinnen_zonder_verwijzingen([zin])) == gelezen


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        (ZAAK, ""),
        (NUMMER, ""),
        ([ZAAK, ZAAK], ""),
        ({"zaak": ZAAK, "van": "Jan"}, "van: Jan"),
        (None, "–"),
        (True, "ja"),
        ([], "niets"),
        ({"$feel": "date", "waarde": "2026-11-03"}, "3 november 2026"),
    ],
)
def test_waarde(waarde: Any, tekst: str) -> None:
    assert leesbaar(waarde) == tekst
