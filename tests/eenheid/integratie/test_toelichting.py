"""De toelichting van een besluit heen en terug, en een toelichting die iemand anders schreef."""

import pytest

from integratie.besluiten.toelichting import Toelichting

VERANTWOORDING = (("Grondslag", "Huisvestingswet 2014, artikel 23c"), ("Ondertekenaar", "Hoofd team Wonen"))


@pytest.mark.parametrize("motivering", ["", "Het mag.", "Eerste alinea.\n\nTweede: met een dubbele punt."])
@pytest.mark.parametrize("verantwoording", [(), VERANTWOORDING])
def test_heen_en_terug(motivering: str, verantwoording: tuple[tuple[str, str], ...]) -> None:
    toelichting = Toelichting(motivering, verantwoording)
    assert Toelichting.lees(toelichting.als_tekst()) == toelichting


def test_toelichting_van_een_ander_blijft_heel() -> None:
    tekst = "Wij vinden dit goed.\n\nGrondslag: de wet\nen nog wat."
    assert Toelichting.lees(tekst) == Toelichting(tekst)
