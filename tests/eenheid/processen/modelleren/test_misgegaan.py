"""Wat een beheerder leest als er in een proefrun iets misgaat."""

import pytest

from integratie.basis import ApiFout, NietBereikbaar
from processen.modelleren.misgegaan import UITLEG, lees_melding, melding_van, soort_van_incident
from processen.motor.fouten import UitdrukkingFout
from processen.pakketten.bijlagen import ScenarioFout
from processen.pakketten.formaat import PakketFout


@pytest.mark.parametrize(
    ("fout", "soort", "rest"),
    [
        (ApiFout(400, "invalid", "mag niet"), "geweigerd", "400 invalid mag niet"),
        (NietBereikbaar(503, "weg"), "onbereikbaar", "503 weg"),
        (PakketFout(["een", "twee"]), "pakket", "een\ntwee"),
        (ScenarioFout("er is geen open taak horen"), "stap", "er is geen open taak horen"),
        (UitdrukkingFout("bedrag bestaat niet"), "uitdrukking", "bedrag bestaat niet"),
    ],
)
def test_elke_fout_heeft_uitleg(fout: Exception, soort: str, rest: str) -> None:
    assert lees_melding(melding_van(fout)) == (soort, rest)
    assert soort in UITLEG


def test_een_melding_zonder_soort_legt_zichzelf_uit() -> None:
    assert lees_melding("De gebruiker mag geen databases maken.") == ("", "De gebruiker mag geen databases maken.")


@pytest.mark.parametrize(
    ("soort", "fout", "verwacht"),
    [
        ("bouwblok", "NietBereikbaar: 503", "onbereikbaar"),
        ("bouwblok", "ApiFout: 400 invalid", "geweigerd"),
        ("bouwblok", "ValueError: x", "bouwblok"),
        ("geen-pad", "Geen voorwaarde klopt.", "geen-pad"),
        ("iets-nieuws", "x", "anders"),
    ],
)
def test_een_incident_zegt_wat_er_is(soort: str, fout: str, verwacht: str) -> None:
    assert soort_van_incident(soort, fout) == verwacht
    assert verwacht in UITLEG
